import { z } from 'zod';

/**
 * What a person may do in Bulkhead besides calling tools. Each is an action of the policy schema
 * (src-gateway/policy/schema.ts), so who has which is the company's policy to say; nothing is granted by default.
 */
export const Right = z.enum([
  /** Add, arm, suspend and revoke client apps. Suspending and revoking is everyone's. */
  'manage-client-apps',
  'manage-connectors',
  /** Accept a tool whose definition changed. */
  'review-tools',
  'read-ledger',
  'export-ledger',
  /** Read what calls asked and which records came of it. Each reading is recorded. */
  'read-bodies',
  /** Destroy a customer's key, and with it everything that is kept under it. */
  'destroy-keys',
  /** Let AI calls run again after all were stopped. Stopping them is everyone's. */
  'resume-ai',
]);
export type Right = z.infer<typeof Right>;

/** The same, of one customer each. */
export const CustomerRight = z.enum([
  /** Make it the bound customer. */
  'bind',
  /** Let an AI work on it together with others. */
  'cross',
]);
export type CustomerRight = z.infer<typeof CustomerRight>;
