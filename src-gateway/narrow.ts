import { catalogueOwner, type WorkerAnswer } from '../src-shared/contract/worker.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';

/** What of an answer may leave: records every one of whose owners is the bound customer, and how many may not. */
export interface Narrowed {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly dropped: number;
}

/**
 * The second judge of ownership. The worker has already removed what is not its customer's; here each record's own label,
 * the owners the vendor's data names, is compared with the owner the *supervisor* mapped. Either check alone is enough
 * for rows that name their owner; a row that hangs on a record carries that record's label, which the worker alone proves.
 * A record of nobody passes only for a tool that was declared to return such, and nothing else passes for that one.
 */
export function narrow(
  answer: Extract<WorkerAnswer, { status: 'ok' }>,
  owner: string,
  { records: whose }: Pick<ToolDefinition, 'records'>,
): Narrowed {
  const wanted = whose === 'catalogue' ? catalogueOwner : owner;
  const kept = answer.records.filter(({ owners }) => owners.length > 0 && owners.every((named) => named === wanted));
  return {
    records: kept.map(({ record }) => record),
    dropped: answer.dropped + answer.records.length - kept.length,
  };
}
