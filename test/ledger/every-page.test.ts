// Whichever page of its file is damaged, a ledger says so: at its opening, in its verification, or when the body there is opened. It never ends in an error without a name.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeySource } from '../../src-ledger/body-keys.ts';
import type { OpenLedger } from '../../src-ledger/open-ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { signNote } from '../merkle/export-fixture.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { keySource } from './key-source.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
const pageSize = 4096;
const under = CustomerId.parse('meridian');

/** The file of a closed ledger, and who opens its bodies. */
async function writeLedger() {
  const { source } = await keySource();
  const file = join(makeFolder(), 'ledger.db');
  const { ledger } = openForTest(file);
  ledger.sealWith(source);
  ledger.signWith(async (body) => signNote(body));
  for (let at = 0; at < 120; at += 1) {
    await ledger.append(draft('x', { body: { under, content: { at } }, ...(at % 5 ? {} : { kind: 'alert' }) }));
    if (at % 30 === 0) await ledger.checkpoint();
  }
  await ledger.append(draft('x', { body: { under, content: { long: 'x'.repeat(20_000) } } })); // Of several pages.
  await ledger.append(draft('x', { kind: 'retention.tombstone' }));
  await ledger.checkpoint();
  ledger.close();
  return { whole: readFileSync(file), source, entries: 122 };
}

/** What a ledger with such a page answers to everything it can be asked: faults, and what is found first. */
async function ask(damaged: Buffer, { source, entries }: { source: KeySource; entries: number }, readOnly: boolean) {
  const file = join(makeFolder(), 'ledger.db');
  writeFileSync(file, damaged);
  let ledger: OpenLedger;
  try {
    ({ ledger } = openForTest(file, { readOnly }));
  } catch (thrown) {
    return { isNamed: true, thrown: [thrown] };
  }
  ledger.sealWith(source);
  const thrown: unknown[] = [];
  const hear = async (question: () => unknown): Promise<void> => {
    try {
      await question();
    } catch (error) {
      thrown.push(error);
    }
  };
  const verdict = await ledger.verify(signal);
  await hear(() => ledger.entries);
  await hear(() => ledger.openIntents());
  await hear(() => ledger.checkpoint());
  await hear(() => ledger.page({ limit: 1000, filter: {} }, signal));
  await hear(() => ledger.outline({ filter: {}, spans: 10 }, signal, () => {}));
  await hear(() => ledger.countCalls('2026-01-01T00:00:00.000Z', signal));
  await hear(() => ledger.tallyCalls('2026-01-01T00:00:00.000Z', signal));
  let isBodyBad = false; // What is in a body shows when it is opened.
  await hear(async () => {
    const bodies = await ledger.bodiesOf([1, entries - 1], signal);
    isBodyBad = bodies.some(({ why }) => why === 'damaged');
  });
  await hear(() => ledger.bodiesHeld(signal));
  await hear(() => ledger.prove({ size: entries, seqs: [1, entries], earlier: [entries >> 1] }, signal));
  if (!readOnly) await hear(() => ledger.append(draft('y')));
  ledger.close();
  return { isNamed: isBodyBad || (!verdict.ok && verdict.firstBad !== undefined), thrown };
}

/** The file of a ledger in which most tables and indexes are empty. */
async function writeBare() {
  const file = join(makeFolder(), 'ledger.db');
  const { ledger } = openForTest(file);
  for (let at = 0; at < 3; at += 1) await ledger.append(draft('x', { kind: 'alert' }));
  ledger.close();
  return { whole: readFileSync(file), source: (await keySource()).source, entries: 3 };
}

describe('a ledger with a damaged page', () => {
  it.each([
    ['reading', 'all kinds of rows', true, ['LEDGER_DAMAGED']],
    ['writing', 'all kinds of rows', false, ['LEDGER_DAMAGED', 'LEDGER_UNWRITABLE']],
    ['reading', 'entries alone', true, ['LEDGER_DAMAGED']],
    ['writing', 'entries alone', false, ['LEDGER_DAMAGED', 'LEDGER_UNWRITABLE']],
  ])(
    'is named as that when it is opened for %s, with %s in it, whichever page it is',
    async (_, rows, readOnly, named) => {
      const isBare = rows === 'entries alone';
      const { whole, ...more } = await (isBare ? writeBare() : writeLedger());
      const pages = Array.from({ length: whole.length / pageSize }, (_each, page) => page);
      expect(pages.length).toBeGreaterThan(isBare ? 8 : 40);
      const silent: number[] = [];
      for (const page of pages) {
        const damaged = Buffer.from(whole).fill(0xff, page * pageSize, (page + 1) * pageSize);
        const { isNamed, thrown } = await ask(damaged, more, readOnly);
        const codes = thrown.map((each) => (each instanceof Fault ? each.code : each));
        expect([page, codes.filter((code) => !named.includes(String(code)))]).toEqual([page, []]);
        if (!isNamed) silent.push(page);
      }
      expect(silent).toEqual([]);
    },
  );
});
