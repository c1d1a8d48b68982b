/**
 * Walks a whole ledger: every leaf recomputed, the chain, the columns, the roots of all stored checkpoints, that the open calls are
 * those the file says are, and that no body is gone without a tombstone. What is in a body shows when it is opened. Gives way
 * between pieces, so that entries can be recorded while it runs; what is recorded after its start is not looked at.
 */
import type { Progress, Verdict } from '../src-shared/contract/ledger.ts';
import { type BadEntry, ChainCheck } from '../src-shared/merkle/chain.ts';
import { parseCheckpoint } from '../src-shared/merkle/checkpoint.ts';
import { type NoteKey, parseNote, verifyNote } from '../src-shared/merkle/note.ts';
import { BodyCheck } from './body-check.ts';
import { foreignPart, type Sqlite } from './database.ts';
import { type Read, type Row, readRow } from './rows.ts';
import { sha256 } from './sha256.ts';
import { turn } from './turn.ts';
import { verifyEd25519 } from './verify-ed25519.ts';
import { questionsOf, type StoredNote, type WalkedRow } from './verify-questions.ts';

/** Entries at a time: a few milliseconds. */
const piece = 250;

export interface VerifyOptions {
  readonly db: Sqlite;
  readonly tenant: string;
  /** The device's key, when whoever opened the ledger knew it: then its checkpoints must be signed by it. */
  readonly key: NoteKey | undefined;
  readonly signal: AbortSignal;
  /** Hears after every piece how far it is. */
  readonly onProgress: (progress: Progress) => void;
}

export async function verify({ db, tenant, key, signal, onProgress }: VerifyOptions): Promise<Verdict> {
  const questions = questionsOf(db);
  if (typeof questions === 'string') {
    const firstBad = { seq: 0, problem: questions };
    return { ok: false, entries: 0, firstBad, ...(questions === foreignPart ? {} : { isUnreadable: true }) };
  }
  const { end, claimed, notesOf, calls, rows } = questions;
  const check = new ChainCheck(sha256);
  const bodies = new BodyCheck();
  let isUnreadable = false;
  const firstBad = (await walk()) ?? beyond() ?? calls.problem() ?? goneBodies();
  return {
    ok: !firstBad,
    entries: check.entries,
    ...(firstBad ? { firstBad } : {}),
    ...(isUnreadable ? { isUnreadable } : {}),
  };

  async function walk(): Promise<BadEntry | undefined> {
    for (let after = Number.NEGATIVE_INFINITY; ; ) {
      signal.throwIfAborted();
      let found: WalkedRow[];
      let stored: StoredNote[];
      try {
        found = rows.all(after, end, piece);
        stored = notesOf.all(check.next, found.at(-1)?.seq ?? 0);
      } catch {
        return unreadable(`The file is damaged where entry ${check.next} should be.`);
      }
      for (const row of found) {
        const read = addRow(row, check, tenant);
        if ('problem' in read) return read;
        if (row.isIndexed !== 1)
          return { seq: row.seq, problem: `Entry ${row.seq} is not where the file looks for it.` };
        const badCall = calls.add(read);
        if (badCall) return badCall;
        bodies.add(read, row.isKept === 1);
        after = row.seq;
        for (; stored[0] && stored[0].size <= row.seq; stored.shift()) {
          const badNote = checkNote(stored[0], check, key);
          if (badNote) return badNote;
        }
      }
      onProgress({ entries: check.entries, of: Math.min(end, Number.MAX_SAFE_INTEGER) });
      if (found.length < piece) return undefined;
      await turn();
    }
  }

  function beyond(): BadEntry | undefined {
    if (claimed < check.next) return undefined;
    return { seq: check.next, problem: `Entry ${check.next} is missing: a checkpoint covers ${claimed} entries.` };
  }

  function goneBodies(): BadEntry | undefined {
    try {
      return bodies.problem(db, end);
    } catch {
      return unreadable('The file is damaged where it keeps bodies.');
    }
  }

  function unreadable(problem: string): BadEntry {
    isUnreadable = true;
    return { seq: check.next, problem };
  }
}

function addRow(row: Row, check: ChainCheck, tenant: string): BadEntry | Read {
  if (row.seq < 1) return { seq: 0, problem: 'There is an entry in front of the first one.' };
  if (row.seq > check.next) return { seq: check.next, problem: `Entry ${check.next} is missing.` };
  const found = readRow(row, tenant);
  return typeof found === 'string' ? { seq: row.seq, problem: found } : (check.add(found) ?? found);
}

/** A checkpoint signed under another origin is an older device's: its root is held against the tree, its key is not here. */
function checkNote(
  { size, note: text }: StoredNote,
  check: ChainCheck,
  key: NoteKey | undefined,
): BadEntry | undefined {
  const note = parseNote(String(text));
  const checkpoint = parseCheckpoint(note?.text ?? String(text));
  if (checkpoint?.size !== size)
    return { seq: Math.ceil(size), problem: `The stored checkpoint of ${size} entries is not readable.` };
  const bad = check.against(checkpoint);
  if (bad || !key || !note || checkpoint.origin !== key.name) return bad;
  if (verifyNote(note, key, { hash: sha256, verify: verifyEd25519 })) return undefined;
  return { seq: size, problem: 'The stored checkpoint is not signed by this device.' };
}
