import type { Entry } from './entry.ts';

/** What an entry put in force. */
export interface Applied {
  readonly version: number;
  /** Of the signed text. Entries of before have none. */
  readonly sha256?: unknown;
}

/** What an entry put in force; undefined for one that put no policy in force. */
export function appliedBy({ members: { kind, customer, params } }: Entry): Applied | undefined {
  const { version } = (params ?? {}) as Partial<Applied>;
  const isPolicy = kind === 'policy.applied' && customer === null && typeof version === 'number';
  return isPolicy ? (params as Applied) : undefined;
}
