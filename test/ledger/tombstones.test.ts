import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { tombstonesAfter, Tombstones } from '../../src-ledger/tombstones.ts';
import { makeFolder } from './folder.ts';
import { openForTest } from './open-for-test.ts';
import { signal, tombstone } from './body-fixture.ts';

const of = (because: string, upTo: number, customers: (string | null)[] = ['A']) => ({ because, upTo, customers });

describe('Tombstones', () => {
  it('explain an entry by the first that reaches so far, of its customer alone', () => {
    const known = new Tombstones();
    known.add(10, of('age', 3));
    known.add(20, of('key', 12, ['A', null]));
    known.add(30, of('age', 8)); // Says nothing new.
    known.add(40, of('age', 25));
    const why = (seq: number) => known.whyGone(seq, 'A');
    expect([1, 3, 4, 8, 12, 13, 25, 26].map(why)).toEqual([
      'dropped',
      'dropped',
      'destroyed',
      'destroyed',
      'destroyed',
      'dropped',
      'dropped',
      undefined,
    ]);
    expect([known.whyGone(12, null), known.whyGone(1, 'B')]).toEqual(['destroyed', undefined]);
    expect([known.upTo('A'), known.upTo(null), known.upTo('B')]).toEqual([25, 12, 0]);
  });

  it('say nothing of what comes after them, nor when they cannot be read', () => {
    const known = new Tombstones();
    for (const params of [of('age', 10), of('age', 1.5), { because: 'age', upTo: 3 }, 'x', null, undefined])
      known.add(10, params);
    expect(known.upTo('A')).toBe(0);
  });

  it('are read once each, however often they are asked for, and those that came since', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    const record = (upTo: number) => ledger.append({ ...tombstone('age'), params: of('age', upTo) });
    await Promise.all(Array.from({ length: 600 }, (_, at) => record(at)));
    ledger.close();
    const db = new Database(file);
    db.exec('DROP TRIGGER entry_stays; DROP TRIGGER entry_is_final');
    const known = new Tombstones();
    await known.readOn(db, signal);
    expect(known.upTo('A')).toBe(599);
    db.exec(`DELETE FROM entry WHERE seq < 600; UPDATE entry SET seq = 700;
      UPDATE entry SET text = json_set(text, '$.params.upTo', 650)`);
    await known.readOn(db, signal);
    expect([known.upTo('A'), known.whyGone(3, 'A')]).toEqual([650, 'dropped']);
    db.close();
  });

  it('stop being read when nobody waits any longer', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    await Promise.all(Array.from({ length: 300 }, () => ledger.append(tombstone('age'))));
    ledger.close();
    const db = new Database(file);
    await expect(new Tombstones().readOn(db, AbortSignal.abort())).rejects.toThrow();
    db.close();
  });
});

describe('tombstonesAfter', () => {
  it('gives no params of a text that is not readable', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    for (let at = 0; at < 3; at += 1) await ledger.append(tombstone('age'));
    ledger.close();
    const db = new Database(file);
    db.exec("DROP TRIGGER entry_is_final; UPDATE entry SET text = '{' WHERE seq = 2");
    expect(tombstonesAfter(db, 1)).toEqual([
      { seq: 2, params: undefined },
      { seq: 3, params: { because: 'age' } },
    ]);
    expect(tombstonesAfter(db, 0, 1)).toHaveLength(1);
    const plan = db
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT seq, text FROM entry WHERE kind = 'retention.tombstone' AND seq > 1 ORDER BY seq",
      )
      .all();
    expect(plan.map(({ detail }) => detail).join()).toContain('USING INDEX tombstone');
    db.close();
  });
});
