// Someone who can write the ledger's file takes the calls that a crash cut short off its list of open ones: nobody would be told of
// them. Every entry in it is whole.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ledgerControl } from '../../src-shared/contract/ledger.ts';
import { makeFolder } from '../ledger/folder.ts';
import { tamper } from '../ledger/forge.ts';
import { draft } from '../ledger/fork-ledger.ts';
import { openForTest } from '../ledger/open-for-test.ts';

const signal = new AbortController().signal;

/** A closed ledger: call 1 has its outcome, 2 was denied, 4 and 5 were cut short. `later` entries follow that are no calls. */
async function writeLedger(later = 0): Promise<string> {
  const file = join(makeFolder(), 'ledger.db');
  const { ledger } = openForTest(file);
  await ledger.append(draft('answered'));
  await ledger.append(draft('denied'));
  await ledger.append(draft('answered', { kind: 'call.outcome', ref: 1 }));
  await ledger.append(draft('cut_short'));
  await ledger.append(draft('cut_short'));
  await ledger.append(draft('denied', { kind: 'call.denied', ref: 2 }));
  await ledger.append(draft('denied again', { kind: 'call.denied', ref: 2 }));
  await ledger.append(draft('of what is yet to come', { kind: 'call.denied', ref: 9 }));
  await Promise.all(Array.from({ length: later }, () => ledger.append(draft('', { kind: 'alert' }))));
  ledger.close();
  return file;
}

const attacks = [
  [
    'empties the list',
    'DELETE FROM open_intent',
    4,
    'The call of entry 4 has no outcome and is not among the open ones.',
  ],
  [
    'takes one off',
    'DELETE FROM open_intent WHERE seq = 5',
    5,
    'The call of entry 5 has no outcome and is not among the open ones.',
  ],
  [
    'puts one on that has its outcome',
    'INSERT INTO open_intent VALUES (1)',
    1,
    'The call of entry 1 is over and among the open ones.',
  ],
  [
    'puts one on that was denied',
    'INSERT INTO open_intent VALUES (2)',
    2,
    'The call of entry 2 is over and among the open ones.',
  ],
  ['puts on what is no call', 'INSERT INTO open_intent VALUES (3)', 3, 'Entry 3 is among the open calls and is none.'],
  [
    'puts on what is not there',
    'INSERT INTO open_intent VALUES (99999)',
    99999,
    'Entry 99999 is among the open calls and is none.',
  ],
  [
    'puts on what can be no entry',
    'INSERT INTO open_intent VALUES (-9223372036854775808)',
    0,
    'Entry 0 is among the open calls and is none.',
  ],
] as const;

describe('the list of open calls, when someone', () => {
  it('leaves it alone, is as the entries say', async () => {
    const file = await writeLedger();
    const { ledger } = openForTest(file);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 8 });
    expect(ledger.interrupted).toEqual([4, 5]);
  });

  it.each(attacks)('%s, is named by a verification and refused by a writer', async (_, sql, seq, problem) => {
    const file = await writeLedger();
    tamper(file, sql);
    const { ledger } = openForTest(file, { readOnly: true });
    const { entries, interrupted, isCut } = ledger;
    expect(ledgerControl.open.output.safeParse({ entries, interrupted, isCut }).success).toBe(true);
    expect((await ledger.verify(signal)).firstBad).toEqual({ seq, problem });
    expect(() => openForTest(file)).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED', message: problem }));
  });

  it('empties it of calls of long ago, is named by a verification', async () => {
    const file = await writeLedger(1500);
    tamper(file, 'DELETE FROM open_intent');
    const { ledger } = openForTest(file); // Which looks at the last thousand.
    const problem = 'The call of entry 4 has no outcome and is not among the open ones.';
    expect((await ledger.verify(signal)).firstBad).toEqual({ seq: 4, problem });
  });
});

describe('a verification while calls begin and end', () => {
  it('finds nothing amiss: it is of what there was when it began', async () => {
    const { ledger } = openForTest(join(makeFolder(), 'ledger.db'));
    await Promise.all(Array.from({ length: 600 }, () => ledger.append(draft('x'))));
    const verified = ledger.verify(signal);
    const closed = [1, 300, 600].map((ref) => ledger.append(draft('x', { kind: 'call.outcome', ref })));
    await Promise.all([...closed, ledger.append(draft('x'))]);
    expect(await verified).toEqual({ ok: true, entries: 600 });
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 604 });
  });
});
