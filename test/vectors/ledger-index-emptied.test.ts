// Someone who can write the ledger's file empties an index in it and leaves every entry: calls are counted by it for limits.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { makeFolder } from '../ledger/folder.ts';
import { draft } from '../ledger/fork-ledger.ts';
import { openForTest } from '../ledger/open-for-test.ts';

it('an index that calls are missing from is named by a verification', async () => {
  const file = join(makeFolder(), 'ledger.db');
  const { ledger } = openForTest(file);
  await ledger.append(draft('', { kind: 'app.started', customer: null }));
  await ledger.append(draft('x'));
  ledger.close();

  const db = new Database(file);
  db.unsafeMode();
  db.pragma('writable_schema = 1');
  const sql = db.prepare<[], string>("SELECT sql FROM sqlite_master WHERE name = 'intent_at'").pluck().get();
  db.exec("DROP INDEX intent_at; CREATE INDEX intent_at ON entry (at) WHERE kind = 'none'");
  db.prepare("UPDATE sqlite_master SET sql = ? WHERE name = 'intent_at'").run(sql);
  db.close();

  const reader = openForTest(file, { readOnly: true }).ledger;
  expect(await reader.countCalls('2026-01-01T00:00:00.000Z', new AbortController().signal)).toBe(0);
  expect(await reader.verify(new AbortController().signal)).toEqual({
    ok: false,
    entries: 2,
    firstBad: { seq: 2, problem: 'Entry 2 is not where the file looks for it.' },
  });
});
