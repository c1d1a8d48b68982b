/**
 * The only writer of a ledger. Everything that arrives while one commit runs goes into the next (group commit), in the order
 * of arrival, and is answered when that commit is on the disk. A failed commit rejects all that waited for it and leaves
 * nothing behind; the next append tries again, so the ledger recovers as soon as the disk does. What tidies the ledger up has
 * commits of its own, so that it can fail without taking an entry with it.
 */
import type { Recorded } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { grow } from '../src-shared/merkle/tree.ts';
import type { BodyKey, BodyKeys } from './body-keys.ts';
import { codeOf, type Sqlite } from './database.ts';
import { type Head, headAfter } from './head.ts';
import { KeyWait } from './key-wait.ts';
import { notDone, type Problem, problemOf, problems, unwritable } from './problem.ts';
import type { Reserve } from './reserve.ts';
import { RowWriter } from './row-writer.ts';
import { type Body, makeBody } from './seal-body.ts';
import { type SealedEntry, sealEntry } from './seal-entry.ts';
import { sha256Pooled } from './sha256.ts';
import { turn } from './turn.ts';

/** More would make the first of a batch wait too long for the last. */
const maxBatch = 512;

export interface LogOptions {
  readonly db: Sqlite;
  readonly tenant: string;
  readonly device: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where the ledger ends, proven. */
  readonly head: Head;
  readonly keys: BodyKeys;
  readonly reserve: Reserve;
  readonly onGrew: (entries: number) => void;
  /** Appends fail from now on, or work again (null). Told on change. */
  readonly onState: (problem: Problem | null) => void;
  /** Seconds by which the clock is behind the last entry, or that it is no longer (null). Told on change. */
  readonly onClock: (behind: number | null) => void;
}

/** Milliseconds between two looks whether there is room for a reserve, where there was none at the start. */
const reserveEvery = 60_000;

/** Milliseconds: clocks are corrected by small steps all the time. */
const clockTolerance = 5000;

/** Something done in the transaction of the entry that records it. Undefined when there was nothing to do, nor to record. */
export type Deed = () => EntryDraft | undefined;

interface Asked<T> {
  readonly draft: T;
  /** What its body is sealed with; undefined when it has none, or no key is to be had. */
  readonly key?: BodyKey | undefined;
}

interface Waiting extends Asked<EntryDraft | Deed> {
  resolve(recorded: Recorded | undefined): void;
  reject(fault: Fault): void;
}

/** See `Place`. */
interface Time {
  readonly at: string;
  readonly clock?: string;
}

interface Entry extends SealedEntry {
  readonly at: string;
  readonly body: Body | undefined;
}

export class Log {
  readonly #options: LogOptions;
  readonly #begin;
  readonly #end;
  readonly #savepoint;
  readonly #undoDeed;
  readonly #rows: RowWriter;
  #head: Head;
  /** False after a failure that left it unknown what the disk holds. */
  #isHeadSure = true;
  #waiting: Waiting[] = [];
  readonly #keyless: KeyWait<Waiting>;
  /** Ids of keys that are in the file. */
  readonly #keptKeys = new Set<number>();
  #problem: Problem | null = null;
  #isClockBehind = false;
  #isReserveSpent: boolean;
  /** When room for a reserve was last looked for in vain; undefined once it is taken. */
  #triedAt: number | undefined;
  #isClosed = false;

  constructor(options: LogOptions) {
    const { db } = options;
    this.#options = options;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#end = db.prepare('COMMIT');
    this.#savepoint = db.prepare('SAVEPOINT deed');
    this.#undoDeed = db.prepare('ROLLBACK TO deed');
    this.#rows = new RowWriter(db, options.tenant);
    this.#head = options.head;
    this.#keyless = new KeyWait(options.keys, (waiting, key) => this.#queue({ ...waiting, key }));
    this.#takeReserve();
    this.#isReserveSpent = this.#triedAt !== undefined && options.reserve.isSpent();
  }

  /** The last entry on the disk, and the tree of all. */
  get head(): Head {
    return this.#head;
  }

  /**
   * Records a draft. Rejects with LEDGER_UNWRITABLE when it is not on the disk, and with OUTCOME_KNOWN for an outcome of a
   * call that is not open. Once asked, it cannot be taken back.
   */
  append(draft: EntryDraft): Promise<Recorded> {
    return new Promise((resolve, reject) => {
      const waiting = { draft, resolve: resolve as Waiting['resolve'], reject };
      if (!draft.body) return this.#queue(waiting);
      const { under } = draft.body;
      const key = this.#options.keys.ready(under);
      if (key) this.#queue({ ...waiting, key });
      else this.#keyless.add(waiting, under, !mustBeSealed(draft.kind));
    });
  }

  /**
   * Writes something small that is no entry, in the transaction of the entries that are waiting, if any are. Rejects when it
   * cannot be written; the entries may be recorded all the same.
   */
  async write(store: () => void): Promise<void> {
    const draft = (): undefined => {
      store();
    };
    await new Promise<Recorded | undefined>((resolve, reject) => this.#queue({ draft, resolve, reject }));
  }

  /**
   * Does something and records it, both or neither, in a transaction of its own. Answers undefined when there was nothing to
   * record. Rejects when it was not done, with LEDGER_UNWRITABLE also while denials live on the reserve: what was kept for
   * them is not for this.
   */
  async transact(deed: Deed): Promise<Recorded | undefined> {
    await turn(); // Of several on end, entries are recorded between.
    if (this.#isClosed) throw closed();
    if (this.#isOnReserve()) throw unwritable(problems.onReserve);
    return new Promise((resolve, reject) => {
      try {
        this.#commit([{ draft: deed, resolve, reject }]);
      } catch (error) {
        reject(notDone(error));
      }
    });
  }

  /** Writes what still waits. What comes after it is refused, and what is yet to be done. */
  close(): void {
    this.#keyless.end();
    while (this.#waiting.length > 0) this.#flush();
    this.#isClosed = true;
  }

  #queue(waiting: Waiting): void {
    if (this.#isClosed) return waiting.reject(closed());
    this.#waiting.push(waiting);
    // After the turn's messages have all been read, not after the first of them.
    if (this.#waiting.length === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const batch = this.#waiting.splice(0, maxBatch);
    if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    if (batch.length === 0) return;
    try {
      this.#commitOrUseReserve(batch);
      this.#tell(this.#isReserveSpent ? problems.onReserve : null);
    } catch (error) {
      const problem = problemOf(error);
      this.#tell(problem);
      for (const { reject } of batch) reject(unwritable(problem));
    }
  }

  #commitOrUseReserve(batch: readonly Waiting[]): void {
    const isSpent = this.#isOnReserve();
    try {
      this.#commit(batch);
      if (!isSpent) this.#tryReserve();
    } catch (error) {
      const hasEntry = batch.some(({ draft }) => typeof draft !== 'function');
      const isFull = codeOf(error).startsWith('SQLITE_FULL');
      if (isSpent || !hasEntry || !isFull || !this.#options.reserve.release()) throw error;
      this.#isReserveSpent = true;
      this.#commit(batch);
    }
  }

  /** Whether denials live on the reserve. They do no longer as soon as the disk has room again. */
  #isOnReserve(): boolean {
    if (this.#isReserveSpent && this.#takeReserve()) this.#isReserveSpent = false;
    return this.#isReserveSpent;
  }

  /** Of a disk that had no room for a reserve: it may have now. */
  #tryReserve(): void {
    if (this.#triedAt === undefined) return;
    const since = this.#options.now() - this.#triedAt;
    if (since < 0 || since >= reserveEvery) this.#takeReserve();
  }

  #takeReserve(): boolean {
    const isTaken = this.#options.reserve.take();
    this.#triedAt = isTaken ? undefined : this.#options.now();
    return isTaken;
  }

  /** One transaction. On return every draft of the batch is answered; on a throw none is. */
  #commit(batch: readonly Waiting[]): void {
    const ends: (Recorded | Fault | undefined)[] = [];
    const newKeys = new Map<number, BodyKey>();
    const before = this.#head;
    try {
      if (!this.#isHeadSure) this.#readHead();
      this.#begin.run();
      const time = this.#time();
      for (const waiting of batch) ends.push(this.#record(waiting, time, newKeys));
      for (const key of newKeys.values()) this.#rows.key(key);
      this.#rows.flush();
      this.#end.run();
    } catch (error) {
      this.#head = before;
      this.#undo();
      throw error;
    }
    for (const id of newKeys.keys()) this.#keptKeys.add(id);
    for (const [at, { resolve, reject }] of batch.entries()) {
      const end = ends[at];
      if (end instanceof Fault) reject(end);
      else resolve(end);
    }
    if (this.#head.seq !== before.seq) this.#options.onGrew(this.#head.seq);
  }

  /**
   * When what is written now is recorded. A clock set back does not take the ledger with it: `at` stands still until it caught up,
   * and `clock` says what it says.
   */
  #time(): Time {
    const time = this.#options.now();
    const last = this.#head.at;
    const behind = Date.parse(last) - time;
    this.#tellClock(behind);
    const clock = new Date(time).toISOString();
    if (behind > clockTolerance) return { at: last, clock };
    return { at: clock > last ? clock : last };
  }

  /** Does or records one of a batch. A Fault says why this one cannot be while others can; nothing of it is left then. */
  #record({ draft, key }: Waiting, time: Time, newKeys: Map<number, BodyKey>): Recorded | Fault | undefined {
    if (typeof draft !== 'function') return this.#enter({ draft, key }, time, newKeys);
    this.#savepoint.run();
    const done = this.#do(draft, time, newKeys);
    if (done instanceof Fault) this.#undoDeed.run();
    return done;
  }

  #do(deed: Deed, time: Time, newKeys: Map<number, BodyKey>): Recorded | Fault | undefined {
    let draft: EntryDraft | undefined;
    try {
      draft = deed();
    } catch (error) {
      if (!this.#options.db.inTransaction) throw error; // SQLite undid all of the batch with it.
      return notDone(error);
    }
    return draft && this.#enter({ draft }, time, newKeys);
  }

  #enter({ draft, key }: Asked<EntryDraft>, time: Time, newKeys: Map<number, BodyKey>): Recorded | Fault {
    const entry = this.#seal(draft, time, key);
    if (entry instanceof Fault) return entry;
    const fault = this.#closeIntentOf(draft);
    if (fault) return fault;
    this.#write(draft, entry);
    const { seq, leaf } = this.#head;
    if (entry.body && key) {
      this.#rows.body(seq, entry.body.text, key);
      if (!this.#keptKeys.has(key.id)) newKeys.set(key.id, key);
    }
    return { seq, leaf };
  }

  /** Takes the intent that an outcome answers off the open ones. A Fault when it is none of them. */
  #closeIntentOf({ kind, ref }: EntryDraft): Fault | undefined {
    if (ref === undefined || !isAnswer(kind)) return undefined;
    const wasOpen = this.#rows.closeIntent(ref);
    return kind === 'call.outcome' && !wasOpen ? outcomeKnown() : undefined;
  }

  /** The entry of a draft, or why this one draft cannot be recorded while others can. */
  #seal(draft: EntryDraft, time: Time, key: BodyKey | undefined): Entry | Fault {
    if (this.#isReserveSpent && draft.kind === 'call.intent') return unwritable(problems.onReserve);
    const { tenant, device, keys } = this.#options;
    const isSealed = key !== undefined && !keys.isForgotten(key);
    if (draft.body && !isSealed && mustBeSealed(draft.kind)) return unwritable(problems.noKey);
    const place = { seq: this.#head.seq + 1, ...time, tenant, device, prev: this.#head.leaf };
    try {
      const body = draft.body && isSealed ? makeBody(draft.body.content, draft.kind) : undefined;
      const { text, leaf } = sealEntry(draft, place, body?.commitment);
      return { text, leaf, at: time.at, body };
    } catch {
      return new Fault('BAD_INPUT', 'This entry has no canonical JSON text.');
    }
  }

  #write(draft: EntryDraft, { text, leaf, at }: Entry): void {
    const seq = this.#head.seq + 1;
    const bytes = Buffer.from(leaf, 'hex');
    this.#rows.entry(draft, { seq, at, text, leaf: bytes });
    this.#head = { seq, at, leaf, frontier: grow(this.#head.frontier, bytes, sha256Pooled) };
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

  #readHead(): void {
    this.#head = headAfter(this.#options.db, this.#head);
    this.#rows.reload();
    this.#isHeadSure = true;
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

/** No call is made of which it is not on record what it asks, and nobody approves what is not. What is over is recorded all the same. */
const mustBeSealed = (kind: EntryDraft['kind']): boolean => kind === 'call.intent' || kind === 'approval.asked';
const isAnswer = (kind: EntryDraft['kind']): boolean => kind === 'call.outcome' || kind === 'call.denied';

const closed = (): Fault => new Fault('LEDGER_CLOSED', 'The ledger was closed.');
const outcomeKnown = (): Fault => new Fault('OUTCOME_KNOWN', 'This call has its outcome already.');
