import { z } from 'zod';
import { ToolName } from './ids.ts';
import { Risk } from './risk.ts';

/**
 * A tool as a connector declares it and as everything else knows it: plain data, so that a definition can be hashed,
 * pinned and compared. What fetches and narrows stays in the worker.
 */
export const ToolDefinition = z.strictObject({
  name: ToolName,
  title: z.string().min(1).max(80),
  description: z.string().min(20).max(1200),
  connector: z.string(),
  risk: Risk,
  /**
   * `one` reads or changes a single record by id: a foreign id answers exactly like a missing one. `scan` is a list that
   * the vendor cannot filter by customer: how many rows were left out says how large the others are, so it is not told.
   */
  returns: z.enum(['list', 'scan', 'one']),
  /** Whose the records are: the bound customer's, or nobody's (a price list). */
  records: z.enum(['customer', 'catalogue']),
  /** Whether calling twice is the same as calling once. */
  isIdempotent: z.boolean(),
  /** JSON Schema 2020-12 of the arguments, `customer` included. */
  inputSchema: z.record(z.string(), z.unknown()),
  /** JSON Schema 2020-12 of one record of the answer. */
  recordSchema: z.record(z.string(), z.unknown()),
  /**
   * Milliseconds and bytes one call may take; and milliseconds that it may take to look up what a call acts on, where it
   * names any record.
   */
  limits: z.strictObject({
    deadlineMs: z.int().positive(),
    maxBytes: z.int().positive(),
    lookUpMs: z.int().positive().optional(),
  }),
});
export type ToolDefinition = z.infer<typeof ToolDefinition>;
