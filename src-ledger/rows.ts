/** Entries as they lie in the file. The file may have been tampered with, so a row is what SQLite found and no more. */
import { z } from 'zod';
import { type Found, toHex } from '../src-shared/merkle/chain.ts';

export interface Row {
  readonly seq: number;
  readonly at: unknown;
  readonly kind: unknown;
  readonly customer: unknown;
  readonly principal: unknown;
  readonly text: unknown;
  readonly leaf: unknown;
}

export const rowColumns = 'entry.seq, at, kind, customer, principal, text, leaf';

/** What a row holds: what the chain needs, what bodies need, and what open calls need. */
export interface Read extends Found {
  readonly kind: string;
  readonly customer: string | null;
  readonly hasBody: boolean;
  readonly params: unknown;
  /** The entry it answers. */
  readonly ref: number | undefined;
}

/** What a row holds, or what is wrong with it on its own. */
export function readRow(row: Row, tenant: string): Read | string {
  const members = Members.safeParse(fromJson(row.text)).data;
  if (typeof row.text !== 'string' || !(row.leaf instanceof Uint8Array) || !members)
    return `Entry ${row.seq} is not readable.`;
  const { seq, at, prev } = members;
  if (seq !== row.seq) return `In the place of entry ${row.seq} is entry ${seq}: entries were reordered or changed.`;
  if (members.tenant !== tenant) return `Entry ${seq} is of another tenant's ledger.`;
  const isAlike =
    row.at === at &&
    row.kind === members.kind &&
    row.customer === members.customer &&
    row.principal === members.principal.id;
  if (!isAlike) return `Entry ${seq} was changed: its columns do not repeat what it says.`;
  const { kind, customer, params } = members;
  const ref = typeof members.ref === 'number' ? members.ref : undefined;
  const hasBody = members.body !== undefined;
  return { text: row.text, leaf: toHex(row.leaf), seq, at, prev, kind, customer, hasBody, params, ref };
}

/** The entry as the contract gives it: its members and its leaf. Undefined when the row is not readable. */
export function entryOf(row: Pick<Row, 'text' | 'leaf'>): object | undefined {
  const members = fromJson(row.text);
  if (typeof members !== 'object' || members === null || !(row.leaf instanceof Uint8Array)) return undefined;
  return { ...members, leaf: toHex(row.leaf) };
}

const Members = z.looseObject({
  seq: z.int(),
  at: z.string(),
  prev: z.string(),
  tenant: z.string(),
  kind: z.string(),
  customer: z.string().nullable(),
  principal: z.looseObject({ id: z.string() }),
  body: z.unknown().optional(),
  params: z.unknown().optional(),
  ref: z.unknown().optional(),
});

function fromJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
