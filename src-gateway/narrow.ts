import type { WorkerAnswer } from '../src-shared/contract/worker.ts';

/** What of an answer may leave: records every one of whose owners is the bound customer, and how many may not. */
export interface Narrowed {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly dropped: number;
}

/**
 * The second judge of ownership. The worker has already removed what is not its customer's; here each record's own label,
 * the owners the vendor's data names, is compared with the owner the *supervisor* mapped. Either check alone is enough.
 */
export function narrow(answer: Extract<WorkerAnswer, { status: 'ok' }>, owner: string): Narrowed {
  const kept = answer.records.filter(({ owners }) => owners.length > 0 && owners.every((named) => named === owner));
  return {
    records: kept.map(({ record }) => record),
    dropped: answer.dropped + answer.records.length - kept.length,
  };
}
