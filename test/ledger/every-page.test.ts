// Whichever page of its file is damaged, a ledger says so: at its opening, or in its verification. It never ends in an error without a name.
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
  await ledger.append(draft('x', { kind: 'retention.tombstone' }));
  await ledger.checkpoint();
  ledger.close();
  return { whole: readFileSync(file), source };
}

/** What a ledger with such a page answers to everything it can be asked: faults, and what is found first. */
async function ask(damaged: Buffer, source: KeySource, readOnly: boolean) {
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
  await hear(() => ledger.bodiesOf([1, 60, 120], signal));
  await hear(() => ledger.bodiesHeld(signal));
  await hear(() => ledger.prove({ size: 121, seqs: [1, 60, 121], earlier: [31] }, signal));
  if (!readOnly) await hear(() => ledger.append(draft('y')));
  ledger.close();
  return { isNamed: !verdict.ok && verdict.firstBad !== undefined, thrown };
}

describe('a ledger with a damaged page', () => {
  it.each([
    ['reading', true, ['LEDGER_DAMAGED']],
    ['writing', false, ['LEDGER_DAMAGED', 'LEDGER_UNWRITABLE']],
  ])('is named as that when it is opened for %s, whichever page it is', async (_, readOnly, named) => {
    const { whole, source } = await writeLedger();
    const pages = Array.from({ length: whole.length / pageSize }, (_each, page) => page);
    expect(pages.length).toBeGreaterThan(40);
    const silent: number[] = [];
    for (const page of pages) {
      const damaged = Buffer.from(whole).fill(0xff, page * pageSize, (page + 1) * pageSize);
      const { isNamed, thrown } = await ask(damaged, source, readOnly);
      const codes = thrown.map((each) => (each instanceof Fault ? each.code : each));
      expect([page, codes.filter((code) => !named.includes(String(code)))]).toEqual([page, []]);
      if (!isNamed) silent.push(page);
    }
    expect(silent).toEqual([]);
  });
});
