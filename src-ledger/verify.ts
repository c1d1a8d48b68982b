/**
 * Walks a whole ledger: every leaf recomputed, the chain, the columns, and the roots of the stored checkpoints. Gives way
 * between pieces, so that entries can be recorded while it runs; what is recorded after its start is not looked at.
 */
import type { Verdict } from '../src-shared/contract/ledger.ts';
import { type BadEntry, ChainCheck } from '../src-shared/merkle/chain.ts';
import { type Checkpoint, parseCheckpoint } from '../src-shared/merkle/checkpoint.ts';
import { type Note, type NoteKey, parseNote, verifyNote } from '../src-shared/merkle/note.ts';
import type { Sqlite } from './database.ts';
import { type Row, readRow, rowColumns } from './rows.ts';
import { sha256 } from './sha256.ts';
import { turn } from './turn.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

/** Entries at a time: a few milliseconds. */
const piece = 250;

export interface VerifyOptions {
  readonly db: Sqlite;
  readonly tenant: string;
  /** The device's key, when whoever opened the ledger knew it: then its checkpoints must be signed by it. */
  readonly key: NoteKey | undefined;
  readonly signal: AbortSignal;
}

export async function verify({ db, tenant, key, signal }: VerifyOptions): Promise<Verdict> {
  const heads = readHeads(db);
  const end = db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0;
  const rows = db.prepare<[number, number, number], Row>(
    `SELECT ${rowColumns} FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
  );
  if (heads === undefined)
    return { ok: false, entries: 0, firstBad: { seq: end, problem: 'A stored checkpoint is not readable.' } };
  const checkpoints = heads.map(({ checkpoint }) => checkpoint);
  const check = new ChainCheck(sha256, { checkpoints });
  const firstBad =
    (await walk()) ?? first(checkpoints.map((checkpoint) => check.beyond(checkpoint))) ?? badSignature(heads, key);
  return { ok: !firstBad, entries: check.entries, ...(firstBad ? { firstBad } : {}) };

  async function walk(): Promise<BadEntry | undefined> {
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      signal.throwIfAborted();
      let found: Row[];
      try {
        found = rows.all(after, end, piece);
      } catch {
        return { seq: check.next, problem: `The file is damaged where entry ${check.next} should be.` };
      }
      for (const row of found) {
        const bad = addRow(row, check, tenant);
        if (bad) return bad;
        after = row.seq;
      }
      if (found.length < piece) return undefined;
      await turn();
    }
  }
}

interface StoredHead {
  readonly checkpoint: Checkpoint;
  readonly note: Note | undefined;
}

/** The tree heads in the file; undefined when one of them is not what was written. */
function readHeads(db: Sqlite): StoredHead[] | undefined {
  const rows = db.prepare<[], { size: unknown; note: unknown }>('SELECT size, note FROM tree_head').all();
  const heads = rows.map(({ size, note: text }) => {
    const note = parseNote(String(text));
    const checkpoint = parseCheckpoint(note?.text ?? String(text));
    return checkpoint?.size === size ? { checkpoint, note } : undefined;
  });
  return heads.includes(undefined) ? undefined : (heads as StoredHead[]);
}

function addRow(row: Row, check: ChainCheck, tenant: string): BadEntry | undefined {
  if (row.seq > check.next) return { seq: check.next, problem: `Entry ${check.next} is missing.` };
  const found = readRow(row, tenant);
  return typeof found === 'string' ? { seq: row.seq, problem: found } : check.add(found);
}

/** A head signed under another origin is an older device's: its root was held against the tree, its key is not here. */
function badSignature(heads: readonly StoredHead[], key: NoteKey | undefined): BadEntry | undefined {
  const forged = heads.find(
    ({ note, checkpoint }) =>
      key && note && checkpoint.origin === key.name && !verifyNote(note, key, { hash: sha256, verify: verifyEd25519 }),
  );
  return forged && { seq: forged.checkpoint.size, problem: 'The stored checkpoint is not signed by this device.' };
}

const first = <T>(values: readonly (T | undefined)[]): T | undefined => values.find((value) => value !== undefined);
