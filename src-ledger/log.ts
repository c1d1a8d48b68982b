/**
 * The only writer of a ledger. Everything that arrives while one commit runs goes into the next (group commit), in the order
 * of arrival, and is answered when that commit is on the disk. A failed commit rejects all that waited for it and leaves
 * nothing behind; the next append tries again, so the ledger recovers as soon as the disk does.
 */
import type { Recorded } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import type { CustomerId } from '../src-shared/model/ids.ts';
import { grow } from '../src-shared/merkle/tree.ts';
import type { BodyKey, BodyKeys } from './body-keys.ts';
import { codeOf, type Sqlite } from './database.ts';
import { type Head, readHead } from './head.ts';
import { type Problem, problemOf, problems, unwritable } from './problem.ts';
import type { Reserve } from './reserve.ts';
import { aboutBody, type Body, makeBody, sealText } from './seal-body.ts';
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
  readonly keys: BodyKeys;
  readonly reserve: Reserve;
  readonly onGrew: (entries: number) => void;
  /** Appends fail from now on, or work again (null). Told on change. */
  readonly onState: (problem: Problem | null) => void;
  /** Seconds by which the clock is behind the last entry, or that it is no longer (null). Told on change. */
  readonly onClock: (behind: number | null) => void;
}

/** Milliseconds that what may be recorded without its body waits for a key: a denial is not held up by a broker that hangs. */
const keyPatience = 1000;

/** Milliseconds: clocks are corrected by small steps all the time. */
const clockTolerance = 5000;

/** Something done in the transaction of the entry that records it. Undefined when there was nothing to do, nor to record. */
export type Deed = () => EntryDraft | undefined;

interface Waiting {
  readonly draft: EntryDraft | Deed;
  /** What its body is sealed with; undefined when it has none, or no key is to be had. */
  readonly key?: BodyKey | undefined;
  resolve(recorded: Recorded | undefined): void;
  reject(fault: Fault): void;
}

/** What waits for the key of one customer. */
interface Keyless {
  readonly all: { readonly waiting: Waiting; readonly maySkip: boolean }[];
  readonly timer: NodeJS.Timeout;
  readonly isLate: boolean;
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
  readonly #insert;
  readonly #openIntent;
  readonly #closeIntent;
  readonly #insertKey;
  readonly #insertBody;
  #head: Head;
  /** False after a failure that left it unknown what the disk holds. */
  #isHeadSure = true;
  #waiting: Waiting[] = [];
  /** What waits for a key. The entries of other customers do not wait for it. */
  readonly #keyless = new Map<CustomerId | null, Keyless>();
  /** Ids of keys that are in the file. */
  readonly #keptKeys = new Set<number>();
  #problem: Problem | null = null;
  #isClockBehind = false;
  #isReserveSpent = false;
  #isClosed = false;

  constructor(options: LogOptions) {
    const { db } = options;
    this.#options = options;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#end = db.prepare('COMMIT');
    this.#savepoint = db.prepare('SAVEPOINT deed');
    this.#undoDeed = db.prepare('ROLLBACK TO deed');
    this.#insert = db.prepare(
      'INSERT INTO entry (seq, at, kind, customer, principal, text, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#openIntent = db.prepare('INSERT INTO open_intent (seq) VALUES (?)');
    this.#closeIntent = db.prepare('DELETE FROM open_intent WHERE seq = ?');
    // Known already where a commit landed although it failed.
    this.#insertKey = db.prepare('INSERT OR IGNORE INTO body_key (id, under, wrapped) VALUES (?, ?, ?)');
    this.#insertBody = db.prepare('INSERT INTO body (seq, key, sealed) VALUES (?, ?, ?)');
    this.#head = readHead(db);
    options.reserve.take();
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
      else this.#awaitKey(waiting, under, !mustBeSealed(draft.kind));
    });
  }

  /** Writes something that is no entry, in the transaction of the entries that are waiting, if any are. Rejects as `append` does. */
  async write(deed: () => void): Promise<void> {
    await this.transact(() => {
      deed();
      return undefined;
    });
  }

  /** Does something and records it, both or neither. Answers undefined when there was nothing to do. Rejects as `append` does. */
  transact(deed: Deed): Promise<Recorded | undefined> {
    return new Promise((resolve, reject) => this.#queue({ draft: deed, resolve, reject }));
  }

  /** Writes what still waits. What comes after it is refused. */
  close(): void {
    for (const under of [...this.#keyless.keys()]) this.#release(under, undefined);
    while (this.#waiting.length > 0) this.#flush();
    this.#isClosed = true;
  }

  #awaitKey(waiting: Waiting, under: CustomerId | null, maySkip: boolean): void {
    const { keys } = this.#options;
    const held = this.#keyless.get(under);
    if (maySkip && (held?.isLate === true || keys.hasFailed(under))) {
      void keys.get(under); // For whoever comes next.
      return this.#queue(waiting);
    }
    if (held) return void held.all.push({ waiting, maySkip });
    const timer = setTimeout(() => this.#skip(under), keyPatience).unref();
    this.#keyless.set(under, { all: [{ waiting, maySkip }], timer, isLate: false });
    void keys.get(under).then((key) => this.#release(under, key));
  }

  /** The key is late: what may go without its body does. */
  #skip(under: CustomerId | null): void {
    const held = this.#keyless.get(under);
    if (!held) return;
    this.#keyless.set(under, { ...held, all: held.all.filter(({ maySkip }) => !maySkip), isLate: true });
    for (const { waiting, maySkip } of held.all) if (maySkip) this.#queue(waiting);
  }

  #release(under: CustomerId | null, key: BodyKey | undefined): void {
    const held = this.#keyless.get(under);
    clearTimeout(held?.timer);
    this.#keyless.delete(under);
    for (const { waiting } of held?.all ?? []) this.#queue({ ...waiting, key });
  }

  #queue(waiting: Waiting): void {
    if (this.#isClosed) return waiting.reject(new Fault('LEDGER_CLOSED', 'The ledger was closed.'));
    this.#waiting.push(waiting);
    // After the turn's messages have all been read, not after the first of them.
    if (this.#waiting.length === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const batch = this.#waiting.splice(0, maxBatch);
    if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    if (batch.length === 0) return;
    if (this.#isReserveSpent && this.#options.reserve.take()) this.#isReserveSpent = false;
    const { seq } = this.#head;
    try {
      this.#commitOrUseReserve(batch);
      this.#tell(this.#isReserveSpent ? problems.onReserve : null);
      if (this.#head.seq !== seq) this.#options.onGrew(this.#head.seq);
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
    const ends: (Recorded | Fault | undefined)[] = [];
    const newKeys = new Map<number, BodyKey>();
    const before = this.#head;
    try {
      if (!this.#isHeadSure) this.#readHead();
      this.#begin.run();
      const at = this.#instant();
      for (const waiting of batch) ends.push(this.#record(waiting, at, newKeys));
      for (const { id, under, wrapped } of newKeys.values()) this.#insertKey.run(id, under, wrapped);
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
  }

  /** When what is written now is recorded. A clock set back does not take the ledger with it: time stands still until it caught up. */
  #instant(): string {
    const time = this.#options.now();
    const last = this.#head.at;
    this.#tellClock(Date.parse(last) - time);
    const wallClock = new Date(time).toISOString();
    return wallClock > last ? wallClock : last;
  }

  /** Records one draft in the transaction. A Fault says why this one cannot be while others can; nothing of it is left then. */
  #record({ draft: asked, key }: Waiting, at: string, newKeys: Map<number, BodyKey>): Recorded | Fault | undefined {
    const isDeed = typeof asked === 'function';
    if (isDeed) this.#savepoint.run();
    const draft = isDeed ? asked() : asked;
    if (!draft) return undefined;
    const entry = this.#seal(draft, at, key);
    const fault = entry instanceof Fault ? entry : this.#closeIntentOf(draft);
    if (entry instanceof Fault || fault) {
      if (isDeed) this.#undoDeed.run();
      return fault;
    }
    this.#write(draft, entry);
    const { seq, leaf } = this.#head;
    if (entry.body && key) {
      this.#writeBody(entry.body, seq, key);
      if (!this.#keptKeys.has(key.id)) newKeys.set(key.id, key);
    }
    return { seq, leaf };
  }

  /** Takes the intent that an outcome answers off the open ones. A Fault when it is none of them. */
  #closeIntentOf({ kind, ref }: EntryDraft): Fault | undefined {
    if (ref === undefined || !isAnswer(kind)) return undefined;
    const { changes } = this.#closeIntent.run(ref);
    return kind === 'call.outcome' && changes === 0 ? outcomeKnown() : undefined;
  }

  /** The entry of a draft, or why this one draft cannot be recorded while others can. */
  #seal(draft: EntryDraft, at: string, key: BodyKey | undefined): Entry | Fault {
    if (this.#isReserveSpent && draft.kind === 'call.intent') return unwritable(problems.onReserve);
    const { tenant, device, keys } = this.#options;
    const isSealed = key !== undefined && !keys.isForgotten(key);
    if (draft.body && !isSealed && mustBeSealed(draft.kind)) return unwritable(problems.noKey);
    const place = { seq: this.#head.seq + 1, at, tenant, device, prev: this.#head.leaf };
    try {
      const body = draft.body && isSealed ? makeBody(draft.body.content, draft.kind) : undefined;
      const { text, leaf } = sealEntry(draft, place, body?.commitment);
      return { text, leaf, at, body };
    } catch {
      return new Fault('BAD_INPUT', 'This entry has no canonical JSON text.');
    }
  }

  #write(draft: EntryDraft, { text, leaf, at }: Entry): void {
    const seq = this.#head.seq + 1;
    const bytes = Buffer.from(leaf, 'hex');
    this.#insert.run(seq, at, draft.kind, draft.customer, draft.principal.id.toWellFormed(), text, bytes);
    if (draft.kind === 'call.intent') this.#openIntent.run(seq);
    this.#head = { seq, at, leaf, frontier: grow(this.#head.frontier, bytes, sha256) };
  }

  #writeBody({ text }: Body, seq: number, { id, under, secret }: BodyKey): void {
    this.#insertBody.run(seq, id, sealText(secret, text, aboutBody(this.#options.tenant, { under, seq, key: id })));
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

/** No call is made of which it is not on record what it asks, and nobody approves what is not. What is over is recorded all the same. */
const mustBeSealed = (kind: EntryDraft['kind']): boolean => kind === 'call.intent' || kind === 'approval.asked';
const isAnswer = (kind: EntryDraft['kind']): boolean => kind === 'call.outcome' || kind === 'call.denied';

const outcomeKnown = (): Fault => new Fault('OUTCOME_KNOWN', 'This call has its outcome already.');
