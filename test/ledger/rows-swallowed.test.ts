// A statement that SQLite runs without an error need not have written a row. What was not written is not answered for.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BodyKeys } from '../../src-ledger/body-keys.ts';
import { openToWrite } from '../../src-ledger/database.ts';
import { readHead } from '../../src-ledger/head.ts';
import { Log } from '../../src-ledger/log.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { codeOf } from '../code-of.ts';
import { makeFolder } from './folder.ts';
import { device, draft, tenant } from './fork-ledger.ts';
import { keySource } from './key-source.ts';

const under = CustomerId.parse('meridian');

/** A log with one open call in it, and a trigger of this connection alone, which no look at the file could find. */
async function log(trigger: string) {
  const db = openToWrite(join(makeFolder(), 'ledger.db'));
  const states: (string | null)[] = [];
  const now = (): number => Date.UTC(2026, 10, 21);
  const keys = new BodyKeys(1, now);
  keys.use((await keySource()).source);
  const opened = new Log({
    db,
    tenant,
    device,
    now,
    head: readHead(db),
    keys,
    reserve: { release: () => false, take: () => true, isSpent: () => false },
    onGrew: () => {},
    onState: (problem) => states.push(problem?.text ?? null),
    onClock: () => {},
  });
  await opened.append(draft('first', { body: { under, content: {} } }));
  db.exec(`CREATE TEMP TRIGGER t ${trigger} BEGIN SELECT RAISE(IGNORE); END`);
  return { db, states, opened };
}

describe('a commit of which rows are not written', () => {
  it.each([
    ['an entry', 'BEFORE INSERT ON main.entry', 1],
    ['one of many entries', 'BEFORE INSERT ON main.entry WHEN NEW.seq = 11', 20],
    ['a body', 'BEFORE INSERT ON main.body', 1],
    ['that a call is open', 'BEFORE INSERT ON main.open_intent', 1],
  ])('records nothing and says why: %s', async (_, trigger, count) => {
    const { db, states, opened } = await log(trigger);
    const drafts = Array.from({ length: count }, () => draft('x', { body: { under, content: {} } }));
    const codes = await Promise.all(drafts.map((each) => codeOf(opened.append(each))));
    expect(new Set(codes)).toEqual(new Set(['LEDGER_UNWRITABLE']));
    expect(states).toEqual([expect.stringMatching(/file of the ledger is damaged/)]);
    expect([opened.head.seq, db.prepare('SELECT count(*) FROM entry').pluck().get()]).toEqual([1, 1]);
    db.exec('DROP TRIGGER t');
    expect(await codeOf(opened.append(draft('after')))).toBe('done');
    expect(states.at(-1)).toBe(null);
    db.close();
  });

  it('closes no call that stays open', async () => {
    const { db, opened } = await log('BEFORE DELETE ON main.open_intent');
    const outcome = () => codeOf(opened.append(draft('x', { kind: 'call.outcome', ref: 1 })));
    expect(await outcome()).toBe('LEDGER_UNWRITABLE');
    db.exec('DROP TRIGGER t');
    expect([await outcome(), await outcome()]).toEqual(['done', 'OUTCOME_KNOWN']);
    db.close();
  });
});
