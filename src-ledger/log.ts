/**
 * The only writer of a ledger. Everything that arrives while one commit runs goes into the next (group commit), in the order
 * of arrival, and is answered when that commit is on the disk. A failed commit rejects all that waited for it and leaves
 * nothing behind; the next append tries again, so the ledger recovers as soon as the disk does.
 */
import type { Recorded } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { grow } from '../src-shared/merkle/tree.ts';
import { codeOf, type Sqlite } from './database.ts';
import { type Head, readHead } from './head.ts';
import type { Reserve } from './reserve.ts';
import { type SealedEntry, sealEntry } from './seal-entry.ts';
import { sha256 } from './sha256.ts';

/** More would make the first of a batch wait too long for the last. */
const maxBatch = 512;

export interface LogOptions {
  readonly db: Sqlite;
  readonly tenant: string;
  readonly device: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly reserve: Reserve;
  readonly onGrew: (entries: number) => void;
  /** Appends fail from now on, or work again (null). Told on change. */
  readonly onState: (problem: Problem | null) => void;
  /** Seconds by which the clock is behind the last entry, or that it is no longer (null). Told on change. */
  readonly onClock: (behind: number | null) => void;
}

/** Why nothing can be recorded, and what a person can do. */
export interface Problem {
  readonly text: string;
  readonly remedy: string;
}

/** Milliseconds: clocks are corrected by small steps all the time. */
const clockTolerance = 5000;

interface Waiting {
  readonly draft: EntryDraft;
  resolve(recorded: Recorded): void;
  reject(fault: Fault): void;
}

export class Log {
  readonly #options: LogOptions;
  readonly #begin;
  readonly #end;
  readonly #insert;
  readonly #openIntent;
  readonly #closeIntent;
  readonly #forgetTold;
  #head: Head;
  /** False after a failure that left it unknown what the disk holds. */
  #isHeadSure = true;
  #waiting: Waiting[] = [];
  #problem: Problem | null = null;
  #isClockBehind = false;
  #isReserveSpent = false;
  /** Intents up to here were told as interrupted; the first commit after forgets them. 0 when there is nothing to forget. */
  #toldUpTo: number;

  constructor(options: LogOptions) {
    const { db } = options;
    this.#options = options;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#end = db.prepare('COMMIT');
    this.#insert = db.prepare(
      'INSERT INTO entry (seq, at, kind, customer, principal, text, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#openIntent = db.prepare('INSERT INTO open_intent (seq) VALUES (?)');
    this.#closeIntent = db.prepare('DELETE FROM open_intent WHERE seq = ?');
    this.#forgetTold = db.prepare('DELETE FROM open_intent WHERE seq <= ?');
    this.#head = readHead(db);
    this.#toldUpTo = this.#head.seq;
    options.reserve.take();
  }

  /** The last entry on the disk, and the tree of all. */
  get head(): Head {
    return this.#head;
  }

  /** Records a draft. Rejects with LEDGER_UNWRITABLE when it is not on the disk. Once asked, it cannot be taken back. */
  append(draft: EntryDraft): Promise<Recorded> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft, resolve, reject });
      // After the turn's messages have all been read, not after the first of them.
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Writes what still waits. Nothing may be appended after it. */
  close(): void {
    while (this.#waiting.length > 0) this.#flush();
  }

  #flush(): void {
    const batch = this.#waiting.splice(0, maxBatch);
    if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    if (batch.length === 0) return;
    if (this.#isReserveSpent && this.#options.reserve.take()) this.#isReserveSpent = false;
    try {
      this.#commitOrUseReserve(batch);
      this.#tell(this.#isReserveSpent ? problems.onReserve : null);
      this.#options.onGrew(this.#head.seq);
    } catch (error) {
      const problem = problemOf(error);
      this.#tell(problem);
      for (const { reject } of batch) reject(unwritable(problem));
    }
  }

  #commitOrUseReserve(batch: readonly Waiting[]): void {
    try {
      this.#commit(batch);
    } catch (error) {
      if (this.#isReserveSpent || !codeOf(error).startsWith('SQLITE_FULL') || !this.#options.reserve.release())
        throw error;
      this.#isReserveSpent = true;
      this.#commit(batch);
    }
  }

  /** One transaction. On return every draft of the batch is answered; on a throw none is. */
  #commit(batch: readonly Waiting[]): void {
    const answers: (() => void)[] = [];
    let head = this.#head;
    try {
      if (!this.#isHeadSure) head = this.#readHead();
      this.#begin.run();
      if (this.#toldUpTo > 0) this.#forgetTold.run(this.#toldUpTo);
      for (const { draft, resolve, reject } of batch) {
        const sealed = this.#seal(draft, head);
        if (sealed instanceof Fault) {
          answers.push(() => reject(sealed));
          continue;
        }
        head = this.#write(draft, sealed, head);
        const recorded = { seq: head.seq, leaf: head.leaf };
        answers.push(() => resolve(recorded));
      }
      this.#end.run();
    } catch (error) {
      this.#undo();
      throw error;
    }
    this.#head = head;
    this.#toldUpTo = 0;
    for (const answer of answers) answer();
  }

  /** The entry of a draft, or why this one draft cannot be recorded while others can. */
  #seal(draft: EntryDraft, { seq, at, leaf }: Head): (SealedEntry & { readonly at: string }) | Fault {
    if (this.#isReserveSpent && draft.kind === 'call.intent') return unwritable(problems.onReserve);
    const { tenant, device, now } = this.#options;
    // A clock set back does not take the ledger with it: time stands still until the clock has caught up.
    const time = now();
    this.#tellClock(Date.parse(at) - time);
    const wallClock = new Date(time).toISOString();
    const place = { seq: seq + 1, at: wallClock > at ? wallClock : at, tenant, device, prev: leaf };
    try {
      return { ...sealEntry(draft, place), at: place.at };
    } catch {
      return new Fault('BAD_INPUT', 'This entry has no canonical JSON text.');
    }
  }

  #write(draft: EntryDraft, { text, leaf, at }: SealedEntry & { readonly at: string }, head: Head): Head {
    const seq = head.seq + 1;
    const bytes = Buffer.from(leaf, 'hex');
    this.#insert.run(seq, at, draft.kind, draft.customer, draft.principal.id.toWellFormed(), text, bytes);
    if (draft.kind === 'call.intent') this.#openIntent.run(seq);
    else if (draft.ref !== undefined && isAnswer(draft.kind)) this.#closeIntent.run(draft.ref);
    return { seq, at, leaf, frontier: grow(head.frontier, bytes, sha256) };
  }

  /** Ends a failed transaction and makes the head what the disk says it is. */
  #undo(): void {
    const { db } = this.#options;
    this.#isHeadSure = false;
    try {
      if (db.inTransaction) db.exec('ROLLBACK');
      this.#readHead();
    } catch {
      // The disk does not even answer. The next commit reads the head again before it writes.
    }
  }

  #readHead(): Head {
    this.#head = readHead(this.#options.db, this.#head);
    this.#isHeadSure = true;
    return this.#head;
  }

  #tellClock(behind: number): void {
    const isBehind = behind > clockTolerance;
    if (isBehind === this.#isClockBehind) return;
    this.#isClockBehind = isBehind;
    this.#options.onClock(isBehind ? Math.ceil(behind / 1000) : null);
  }

  #tell(problem: Problem | null): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.onState(problem);
  }
}

const isAnswer = (kind: EntryDraft['kind']): boolean => kind === 'call.outcome' || kind === 'call.denied';

const space = 'Free some space on the disk of the Bulkhead folder; recording starts again by itself.';
const problems = {
  full: { text: 'The disk is full: nothing can be recorded, so every call is refused.', remedy: space },
  onReserve: { text: 'The disk is full: calls are refused, and only denials are still recorded.', remedy: space },
  disk: {
    text: 'The disk reports an error: nothing can be recorded, so every call is refused.',
    remedy: 'Check the disk of the Bulkhead folder; recording starts again by itself when it works.',
  },
  readOnly: {
    text: 'The ledger cannot be written: every call is refused.',
    remedy: 'Give Bulkhead the right to write to its folder; recording starts again by itself.',
  },
  damaged: {
    text: 'The file of the ledger is damaged: nothing can be recorded, so every call is refused.',
    remedy:
      'Stop Bulkhead and keep the file as evidence; `bulkhead audit verify` says how far it is whole. Restore it from a backup, or move it away to begin a new ledger.',
  },
} as const satisfies Record<string, Problem>;

function problemOf(error: unknown): Problem {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_FULL')) return problems.full;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return problems.damaged;
  return code.startsWith('SQLITE_READONLY') ? problems.readOnly : problems.disk;
}

const unwritable = ({ text, remedy }: Problem): Fault => new Fault('LEDGER_UNWRITABLE', text, remedy);
