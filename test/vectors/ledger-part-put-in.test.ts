// Someone who can write the ledger's file puts a part into it while Bulkhead is stopped, which needs no key: a trigger that
// swallows rows, and calls would run of which nothing is recorded. Every entry in the file is whole all the same.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openToWrite } from '../../src-ledger/database.ts';
import { verify } from '../../src-ledger/verify.ts';
import { makeFolder } from '../ledger/folder.ts';
import { draft, tenant } from '../ledger/fork-ledger.ts';
import { openForTest } from '../ledger/open-for-test.ts';

const signal = new AbortController().signal;

/** A closed ledger of ten entries. */
async function writeLedger(): Promise<string> {
  const file = join(makeFolder(), 'ledger.db');
  const { ledger } = openForTest(file);
  for (let seq = 1; seq <= 10; seq += 1) await ledger.append(draft('x'));
  await ledger.checkpoint();
  ledger.close();
  return file;
}

function change(file: string, sql: string): void {
  const db = new Database(file);
  db.unsafeMode();
  db.pragma('writable_schema = 1');
  db.exec(sql);
  db.close();
}

const swallow = (table: string, when = ''): string =>
  `CREATE TRIGGER t BEFORE INSERT ON ${table} ${when} BEGIN SELECT RAISE(IGNORE); END`;
const rewrite = (name: string, from: string, to: string): string =>
  `UPDATE sqlite_master SET sql = replace(sql, '${from}', '${to}') WHERE name = '${name}'`;

const refused = expect.objectContaining({
  code: 'LEDGER_DAMAGED',
  message: "A part was put into the file of the ledger that is not Bulkhead's.",
  remedy: expect.stringMatching(/audit verify/),
});

describe('a part of the file that is not ours', () => {
  it.each([
    ['a trigger that swallows entries', swallow('entry')],
    ['one that waits', swallow('entry', 'WHEN NEW.seq > 1000')],
    ['one that swallows checkpoints', swallow('checkpoint')],
    ['one that swallows tree heads', swallow('tree_head')],
    ['one that swallows open calls', swallow('open_intent')],
    ['one that swallows bodies', swallow('body')],
    ['one that takes rows out again', 'CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM open_intent; END'],
    [
      'one in the name of ours',
      `DROP TRIGGER entry_stays; ${swallow('entry').replace('TRIGGER t', 'TRIGGER entry_stays')}`,
    ],
    ['a table', 'CREATE TABLE t (x)'],
    ['a view', 'CREATE VIEW t AS SELECT * FROM entry'],
    ['an index', 'CREATE UNIQUE INDEX t ON entry (principal) WHERE seq > 99'],
    ['an index that SQLite makes by itself', rewrite('open_intent', 'PRIMARY KEY', 'PRIMARY KEY, x UNIQUE')],
    ['a table of ours that ignores', rewrite('entry', 'leaf BLOB NOT NULL', 'leaf BLOB NOT NULL ON CONFLICT IGNORE')],
    ['a table of ours that checks', rewrite('open_intent', 'PRIMARY KEY', 'PRIMARY KEY CHECK (seq < 99)')],
    ['an index of ours over fewer rows', rewrite('intent_at', "''call.intent''", "''call''")],
    ['a trigger of ours that does nothing', rewrite('entry_stays', 'ABORT', 'FAIL')],
  ])('is refused, for writing and for reading: %s', async (_, sql) => {
    const file = await writeLedger();
    change(file, sql);
    for (const readOnly of [false, true]) expect(() => openForTest(file, { readOnly })).toThrow(refused);
  });

  it('is named by the verification of a ledger that was open when it was put in', async () => {
    const db = openToWrite(join(makeFolder(), 'ledger.db'));
    db.exec(swallow('entry'));
    const verdict = await verify({ db, tenant, key: undefined, signal, onProgress: () => {} });
    const problem = "A part was put into the file of the ledger that is not Bulkhead's.";
    expect(verdict).toEqual({ ok: false, entries: 0, firstBad: { seq: 0, problem } });
    db.close();
  });
});

describe('a file of an earlier version', () => {
  it('is no damage: it lacks parts, and the next writer adds them', async () => {
    const file = await writeLedger();
    const later = ['TABLE body', 'TABLE body_key', 'TABLE checkpoint', 'INDEX tombstone', 'TRIGGER entry_stays'];
    change(file, later.map((each) => `DROP ${each}`).join('; '));
    const reader = openForTest(file, { readOnly: true }).ledger;
    expect(await reader.verify(signal)).toEqual({ ok: true, entries: 10 });
    reader.close();
    openForTest(file).ledger.close();
    const db = new Database(file);
    expect(() => db.exec('DELETE FROM entry')).toThrow('entries are final');
    db.close();
  });
});
