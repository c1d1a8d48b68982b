import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openToWrite } from '../../src-ledger/database.ts';
import { makeFolder } from './folder.ts';

describe('openToWrite', () => {
  it('has the settings that make an answer durable, at the first opening and at every later one', () => {
    const file = join(makeFolder(), 'ledger.db');
    for (let opening = 1; opening <= 2; opening += 1) {
      const db = openToWrite(file);
      const names = ['journal_mode', 'synchronous', 'fullfsync', 'locking_mode', 'trusted_schema', 'user_version'];
      expect(names.map((name) => db.pragma(name, { simple: true }))).toEqual(['wal', 2, 1, 'exclusive', 0, 1]);
      db.close();
    }
  });
});
