// What the tests of bodies share: drafts that have one, and a ledger with a broker that makes keys for it.
import { join } from 'node:path';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { keySource } from './key-source.ts';
import { openForTest } from './open-for-test.ts';

export const signal = new AbortController().signal;
export const meridian = CustomerId.parse('meridian');
export const harbor = CustomerId.parse('harbor');
const { params: _, ...bare } = draft('ticket_list');
export const asks = (content: Record<string, unknown>, more: Partial<EntryDraft> = {}): EntryDraft => ({
  ...bare,
  body: { under: meridian, content },
  ...more,
});
export const inName = (under: CustomerId | null, customer: string | null): Partial<EntryDraft> => ({
  customer,
  body: { under, content: { params: { for: customer } } },
});
export const tombstone = (because: string, customer: string | null = 'MERI-7'): EntryDraft => ({
  kind: 'retention.tombstone',
  principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'supervisor' },
  customer,
  params: { because },
});

/** A ledger that seals, with its broker. */
export async function opened(file = join(makeFolder(), 'ledger.db'), more: Parameters<typeof openForTest>[1] = {}) {
  const broker = await keySource();
  const { ledger } = openForTest(file, more);
  ledger.sealWith(broker.source);
  const why = async (...seqs: number[]) => (await ledger.bodiesOf(seqs, signal)).map((each) => each.why);
  const entry = async (seq: number) => (await ledger.page({ after: seq - 1, limit: 1, filter: {} }, signal)).entries[0];
  return { ...broker, ledger, file, why, entry };
}
