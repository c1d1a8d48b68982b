// What SQLite can do at most: rows of the same size as the ledger's, so many in one transaction, over and over. No chain, no
// tree, no index, nothing made: every text is there before it begins.
import { makeBody } from '../src-ledger/seal-body.ts';
import { openToWrite } from '../src-ledger/database.ts';
import { sealEntry } from '../src-ledger/seal-entry.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';

export interface GroupCommits {
  /** Rows a second. */
  run(milliseconds: number): number;
  close(): void;
}

/** `drafts` are what the ledger is given meanwhile; what they have in a body is a second row. */
export function groupCommits(file: string, inFlight: number, drafts: readonly EntryDraft[]): GroupCommits {
  const db = openToWrite(file);
  db.exec(`CREATE TABLE row (seq INTEGER PRIMARY KEY, at TEXT, kind TEXT, customer TEXT, principal TEXT, text TEXT, leaf BLOB);
    CREATE TABLE sealed (seq INTEGER PRIMARY KEY, key INTEGER, sealed BLOB)`);
  const insert = db.prepare('INSERT INTO row (at, kind, customer, principal, text, leaf) VALUES (?, ?, ?, ?, ?, ?)');
  const insertSealed = db.prepare('INSERT INTO sealed (key, sealed) VALUES (1, ?)');
  const rows = Array.from({ length: inFlight }, (_, at) => rowOf(drafts[at % drafts.length] as EntryDraft));
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  return {
    run: (milliseconds) => {
      let written = 0;
      const from = performance.now();
      while (performance.now() - from < milliseconds) {
        begin.run();
        for (const { columns, sealed } of rows) {
          insert.run(...columns);
          if (sealed) insertSealed.run(sealed);
        }
        commit.run();
        written += rows.length;
      }
      return (written / (performance.now() - from)) * 1000;
    },
    close: () => void db.close(),
  };
}

function rowOf(draft: EntryDraft) {
  const at = '2026-11-21T00:00:00.000Z';
  const place = { seq: 123_456, at, tenant: 'northway', device: 'laptop-1', prev: '0'.repeat(64) };
  const body = draft.body && makeBody(draft.body.content, draft.kind);
  const { text } = sealEntry(draft, place, body?.commitment);
  const overhead = 12 + 16; // Of the seal: nonce and tag.
  return {
    columns: [at, draft.kind, draft.customer, draft.principal.id, text, Buffer.alloc(32)],
    sealed: body && Buffer.alloc(Buffer.byteLength(body.text) + overhead, 1),
  };
}
