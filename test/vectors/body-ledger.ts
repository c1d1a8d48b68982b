/** A closed ledger with bodies of two customers, for whoever can write its file. Entries 1 to 3 are Meridian's, 4 to 6 Harbor's. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { OpenedBody, Verdict } from '../../src-shared/contract/ledger.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { makeFolder } from '../ledger/folder.ts';
import { draft } from '../ledger/fork-ledger.ts';
import { keySource } from '../ledger/key-source.ts';
import { openForTest } from '../ledger/open-for-test.ts';

export const meridian = CustomerId.parse('meridian');
export const harbor = CustomerId.parse('harbor');
const signal = new AbortController().signal;

export async function bodyLedger(contentOf = (seq: number): Record<string, unknown> => ({ params: { asked: seq } })) {
  const file = join(makeFolder(), 'ledger.db');
  const broker = await keySource();
  const { ledger } = openForTest(file);
  ledger.sealWith(broker.source);
  for (let seq = 1; seq <= 6; seq += 1) {
    const [under, customer] = seq <= 3 ? [meridian, 'MERI-7'] : [harbor, 'HARB-1'];
    await ledger.append(draft('x', { customer, body: { under, content: contentOf(seq) } }));
  }
  ledger.close();

  /** What an administrator of the machine can do while Bulkhead is not running. */
  function tamper(sql: string): void {
    const db = new Database(file);
    db.exec(sql);
    db.close();
  }
  async function reading<T>(read: (reader: ReturnType<typeof openForTest>['ledger']) => Promise<T>): Promise<T> {
    const { ledger: reader } = openForTest(file, { readOnly: true });
    reader.sealWith(broker.source);
    try {
      return await read(reader);
    } finally {
      reader.close();
    }
  }
  return {
    ...broker,
    file,
    tamper,
    bodies: (): Promise<OpenedBody[]> => reading((reader) => reader.bodiesOf([1, 2, 3, 4, 5, 6], signal)),
    verify: (): Promise<Verdict> => reading((reader) => reader.verify(signal)),
    entries: (): Promise<Entry[]> =>
      reading(async (reader) => (await reader.page({ limit: 100, filter: {} }, signal)).entries),
  };
}

/** Of each body the number it asked with, or why it does not open. */
export const askedOf = (bodies: readonly OpenedBody[]): unknown[] =>
  bodies.map(({ body, why }) => why ?? (body?.['params'] as { asked?: number } | undefined)?.asked);
