/** Ledgers to search, and short ways to ask them. */
import { join } from 'node:path';
import type { OpenLedger } from '../../src-ledger/open-ledger.ts';
import type { LedgerFilter, Outline } from '../../src-shared/contract/ledger.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

export const signal = new AbortController().signal;
export const anna = {
  kind: 'technician',
  id: 'anna@northway.example',
  name: 'Anna Berg',
  client: 'claude-code',
} as const;
export const hugo = { ...anna, id: 'hugo@northway.example', name: 'Hugo Lind', client: 'operator' } as const;
/** Who goes by the name that is another's id. */
export const impostor = { ...anna, id: 'x@northway.example', name: 'hugo@northway.example' } as const;
/** Who, run together, reads as anna does. */
export const ann = { ...anna, name: 'Anna Ber', client: 'gclaude-code' } as const;
export const no = [{ gate: 'policy', ok: false, code: 'POLICY_DENIED', ms: 0.1 }] as const;
export const start = Date.UTC(2026, 10, 21);

/** A ledger of these entries, a second for each; of many, some are of the same instant. */
export async function ledgerOf(drafts: readonly EntryDraft[]) {
  const file = join(makeFolder(), 'ledger.db');
  let now = start;
  const { ledger } = openForTest(file, { now: () => now });
  const together = Math.ceil(drafts.length / 60);
  for (let at = 0; at < drafts.length; at += together) {
    now = start + (at + 1) * 1000;
    await Promise.all(drafts.slice(at, at + together).map((each) => ledger.append(each)));
  }
  return { file, ledger };
}

export const many = (count: number, more: (seq: number) => Partial<EntryDraft> = () => ({})): EntryDraft[] =>
  Array.from({ length: count }, (_, at) => draft('x', more(at + 1)));

export const outline = (ledger: OpenLedger, filter: LedgerFilter, spans = 10): Promise<Outline> =>
  ledger.outline({ filter, spans }, signal, () => {});

export const seqsOf = async (ledger: OpenLedger, question: object): Promise<number[]> =>
  (await ledger.page({ limit: 1000, filter: {}, ...question }, signal)).entries.map(({ seq }) => seq);
