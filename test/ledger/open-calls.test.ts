// Which calls are open is kept twice, in the file and in memory. Whatever fails, the two say the same.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openToWrite } from '../../src-ledger/database.ts';
import { OpenCalls } from '../../src-ledger/open-calls.ts';
import { fc } from '../fast-check.ts';
import { makeFolder } from './folder.ts';

function openCalls() {
  const db = openToWrite(join(makeFolder(), 'ledger.db'));
  onTestFinished(() => void db.close());
  const inFile = (): number[] => db.prepare<[], number>('SELECT seq FROM open_intent ORDER BY seq').pluck().all();
  return { db, calls: new OpenCalls(db), inFile };
}

describe('open calls', () => {
  it('are written when they are flushed, and found by whoever opens the file next', () => {
    const { db, calls, inFile } = openCalls();
    for (const seq of [1, 2, 3]) calls.open(seq);
    expect([inFile(), calls.close(2), calls.close(2), calls.close(9)]).toEqual([[], true, false, false]);
    calls.flush();
    expect(inFile()).toEqual([1, 3]);
    const next = new OpenCalls(db);
    expect([next.close(1), next.close(2)]).toEqual([true, false]);
    next.flush();
    expect(inFile()).toEqual([3]);
  });

  it('are what the file says after a transaction that failed', () => {
    const { db, calls, inFile } = openCalls();
    calls.open(1);
    calls.flush();
    db.exec('BEGIN');
    calls.open(2);
    calls.close(1);
    calls.flush();
    db.exec('ROLLBACK');
    calls.open(3);
    calls.reload();
    calls.flush();
    expect([inFile(), calls.close(2), calls.close(3), calls.close(1)]).toEqual([[1], false, false, true]);
  });

  it('are the same in memory and in the file, whichever transactions fail', () => {
    const closing = fc.option(fc.integer({ min: 1, max: 30 })); // Which one; nothing opens another.
    const transaction = fc.record({ closings: fc.array(closing, { maxLength: 12 }), fails: fc.boolean() });
    const { db, calls, inFile } = openCalls();
    let last = 0;
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 6 }), (transactions) => {
        const known = new Set(inFile());
        for (const { closings, fails } of transactions) {
          const before = [...known];
          db.exec('BEGIN');
          for (const back of closings) {
            const seq = back === null ? (last += 1) : last - back;
            if (back !== null) expect(calls.close(seq)).toBe(known.delete(seq));
            else calls.open((known.add(seq), seq));
          }
          calls.flush();
          db.exec(fails ? 'ROLLBACK' : 'COMMIT');
          if (!fails) continue;
          calls.reload();
          known.clear();
          for (const seq of before) known.add(seq);
        }
        expect(inFile()).toEqual([...known].sort((one, other) => one - other));
      }),
    );
  });
});
