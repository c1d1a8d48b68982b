/** One open ledger: the file, its writer unless it is open for reading only, and what can be asked of it. */
import type { z } from 'zod';
import type {
  HeldBodies,
  ledgerControl,
  OpenedBody,
  Outline,
  Progress,
  Recorded,
  Tally,
  Verdict,
} from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { isDeviceName, originOf } from '../src-shared/merkle/checkpoint.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { Bodies, keyTable } from './bodies.ts';
import { BodyKeys, type KeySource } from './body-keys.ts';
import { checkTail } from './check-tail.ts';
import { Checkpoints, needsCheckpoint } from './checkpoints.ts';
import {
  codeOf,
  complete,
  damaged,
  openingFault,
  openToRead,
  openToWrite,
  type ReadPowers,
  type Sqlite,
} from './database.ts';
import { dropBodies, dropKeys, sweepDead } from './drop-bodies.ts';
import { provenHead, readHead } from './head.ts';
import { KnownTimes } from './known-times.ts';
import { type Deed, Log } from './log.ts';
import type { Problem } from './problem.ts';
import { Search } from './search.ts';
import { prove } from './prove.ts';
import { fileReserve } from './reserve.ts';
import { countIntents, type Since, tallyIntents } from './tally.ts';
import { makeTreeHead, signedSize, type SignCheckpoint, type TreeHead } from './tree-head.ts';
import { TreeIndex } from './tree-index.ts';
import { verify } from './verify.ts';

type Opening = z.output<typeof ledgerControl.open.input>;

export interface LedgerPowers extends ReadPowers {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly reserveBytes: number;
  /** Milliseconds between checkpoints, and for which an answer waits for one. */
  readonly checkpointEvery: number;
  readonly checkpointPatience: number;
  readonly onGrew: (entries: number) => void;
  readonly onState: (problem: Problem | null) => void;
  /** Seconds by which the clock is behind the last entry; null when it is no longer. */
  readonly onClock: (behind: number | null) => void;
  /** A checkpoint of so many entries was made. */
  readonly onCovered: (entries: number, isSigned: boolean) => void;
}

export class OpenLedger {
  readonly #db: Sqlite;
  readonly #opening: Opening;
  readonly #log: Log | undefined;
  readonly #checkpoints: Checkpoints | undefined;
  readonly #search: Search;
  readonly #times: KnownTimes;
  readonly #keys: BodyKeys;
  readonly #bodies: Bodies;
  #index: TreeIndex | undefined;
  /** How many entries there were at the opening: to a reader there never are more. */
  readonly #found: number;
  /** Intents a crash left without an outcome. */
  readonly interrupted: readonly number[];
  /** Entries that this device signed are gone. */
  readonly isCut: boolean;

  /** Faults: those of the contract's `open`. */
  constructor(opening: Opening, powers: LedgerPowers) {
    const { file, tenant, device, readOnly } = opening;
    if (!isDeviceName(device)) throw new Fault('BAD_INPUT', 'A device name has no spaces and no plus sign.');
    this.#opening = opening;
    this.#db = readOnly ? openToRead(file, powers) : openToWrite(file);
    try {
      this.#search = new Search(this.#db);
      this.#found = newest(this.#db);
      const proven = readOnly ? undefined : checked(this.#db, opening);
      this.isCut = proven?.isCut === true;
      this.interrupted = this.openIntents();
      this.#times = new KnownTimes(this.#db, powers.now);
      this.#keys = new BodyKeys(nextKeyId(this.#db), powers.now);
      this.#bodies = new Bodies({ db: this.#db, tenant, keys: this.#keys, times: this.#times });
      const reserve = fileReserve(`${file.replace(/\.db$/, '')}.reserve`, powers.reserveBytes);
      if (!proven) return;
      const mustSweep = sweepDead(this.#db).isNeeded();
      const onGrew = (entries: number): void => {
        powers.onGrew(entries);
        this.#checkpoints?.grew(entries);
      };
      const log = new Log({
        db: this.#db,
        tenant,
        device,
        head: proven.head,
        keys: this.#keys,
        reserve,
        ...powers,
        onGrew,
      });
      this.#log = log;
      this.#checkpoints = new Checkpoints({
        head: () => log.head,
        covered: signedSize(this.#db),
        make: (head, sign) =>
          makeTreeHead({ db: this.#db, write: (store) => log.write(store), tenant, device, head, sign }),
        every: powers.checkpointEvery,
        patience: powers.checkpointPatience,
        onMade: ({ entries, isSigned }) => powers.onCovered(entries, isSigned),
      });
      if (mustSweep) void this.#sweep();
    } catch (error) {
      this.#db.close();
      if (error instanceof Fault) throw error;
      const code = codeOf(error); // A row that SQLite gives and nothing of ours can read has no code.
      throw code.startsWith('SQLITE_') ? openingFault(code) : damaged('The file of the ledger is damaged.');
    }
  }

  get entries(): number {
    return this.#log?.head.seq ?? this.#found;
  }

  append(draft: EntryDraft): Promise<Recorded> {
    if (!this.#log || !this.#checkpoints) return Promise.reject(readOnlyFault());
    const recorded = this.#log.append(draft);
    return needsCheckpoint(draft) ? this.#checkpoints.beforeAnswer(draft, recorded) : recorded;
  }

  /** Intents without an outcome, the oldest first, ten thousand at most. Faults: LEDGER_DAMAGED. */
  openIntents(): number[] {
    try {
      const open = 'SELECT seq FROM open_intent WHERE seq BETWEEN 1 AND ? ORDER BY seq LIMIT 10000';
      return this.#db.prepare<[number], number>(open).pluck().all(Number.MAX_SAFE_INTEGER);
    } catch (error) {
      throw named(error);
    }
  }

  bodiesOf(seqs: readonly number[], signal: AbortSignal): Promise<OpenedBody[]> {
    return whole(() => this.#bodies.open(seqs, signal));
  }

  bodiesHeld(signal: AbortSignal): Promise<HeldBodies[]> {
    return whole(() => this.#bodies.held(signal));
  }

  async dropBodies(
    question: z.output<typeof ledgerControl.dropBodies.input>,
  ): Promise<z.input<typeof ledgerControl.dropBodies.output>> {
    let done = { bodies: 0, isDone: true };
    const end = await whole(() => this.#times.endOf(new Date(question.before).toISOString()));
    const deed = dropBodies({ db: this.#db, firstInUse: this.#keys.firstId, end }, question, (bodies, isDone) => {
      done = { bodies, isDone };
    });
    await this.#transact(deed);
    if (done.isDone) this.#wipeLog();
    return done;
  }

  async dropKeys(question: z.output<typeof ledgerControl.dropKeys.input>): Promise<void> {
    this.#keys.forget(question.under);
    await this.#transact(dropKeys(this.#db, question));
    this.#wipeLog();
    void this.#sweep();
  }

  page(question: z.output<typeof ledgerControl.page.input>, signal: AbortSignal): ReturnType<Search['page']> {
    return whole(() => this.#search.page(question, signal));
  }

  /** `onProgress` hears how far it has come, as often as it likes. */
  outline(
    question: z.output<typeof ledgerControl.outline.input>,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<Outline> {
    return whole(() => this.#search.outline(question, signal, onProgress));
  }

  countCalls(from: string, signal: AbortSignal): Promise<number> {
    return whole(() => countIntents(this.#db, this.#since(from, signal)));
  }

  tallyCalls(from: string, signal: AbortSignal): Promise<Tally[]> {
    return whole(() => tallyIntents(this.#db, this.#since(from, signal)));
  }

  verify(signal: AbortSignal, onProgress: (progress: Progress) => void = () => {}): Promise<Verdict> {
    const { tenant, device, deviceKey } = this.#opening;
    const publicKey = deviceKey === undefined ? undefined : Buffer.from(deviceKey, 'base64url');
    return verify({
      db: this.#db,
      tenant,
      key: publicKey && { name: originOf(tenant, device), publicKey },
      signal,
      onProgress,
    });
  }

  prove(
    question: z.output<typeof ledgerControl.prove.input>,
    signal: AbortSignal,
  ): Promise<z.input<typeof ledgerControl.prove.output>> {
    return whole(() => {
      const index = (this.#index ??= new TreeIndex(this.#db));
      return prove(question, { index, entries: this.entries }, signal);
    });
  }

  /** Who signs checkpoints from now on; undefined while there is nobody. */
  signWith(sign: SignCheckpoint | undefined): void {
    this.#checkpoints?.use(sign);
  }

  /** Who makes and opens the keys of bodies from now on; undefined while there is nobody. */
  sealWith(source: KeySource | undefined): void {
    this.#keys.use(source);
  }

  checkpoint(): Promise<TreeHead> {
    return whole(() => {
      if (this.#checkpoints) return this.#checkpoints.make();
      const { tenant, device } = this.#opening;
      const [db, head] = [this.#db, readHead(this.#db)];
      return makeTreeHead({ db, write: async () => {}, tenant, device, head, sign: undefined });
    });
  }

  /** Writes what waits and lets go of the file. */
  close(): void {
    this.#checkpoints?.close();
    this.#log?.close();
    this.#search.close();
    this.#db.close();
  }

  #since(from: string, signal: AbortSignal): Since {
    return { from: new Date(from).toISOString(), now: this.#times.now, signal };
  }

  async #transact(deed: Deed): Promise<void> {
    if (!this.#log) throw readOnlyFault();
    await this.#log.transact(deed);
  }

  /** Takes what nobody can open any more out of the file, in pieces between which calls are recorded. */
  async #sweep(): Promise<void> {
    try {
      const sweep = sweepDead(this.#db);
      while (sweep.isNeeded()) await this.#transact(sweep.piece);
      this.#wipeLog();
    } catch {
      // A full disk, of which appends tell, a damaged file, which `verify` finds, or the ledger was closed. The next opening goes on.
    }
  }

  /** What was deleted is overwritten in the file, but not in the write-ahead log that leads up to it. */
  #wipeLog(): void {
    try {
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // A full disk, of which appends tell. The next checkpoint of the log, or the close, does it.
    }
  }
}

const readOnlyFault = (): Fault => new Fault('LEDGER_UNWRITABLE', 'This ledger is open for reading only.');

/** Where a writer goes on from. Faults: LEDGER_DAMAGED. */
function checked(db: Sqlite, { tenant, signed }: Opening): ReturnType<typeof provenHead> {
  checkTail(db, tenant);
  const proven = provenHead(db, signed);
  complete(db);
  return proven;
}

/** The last entry there is, as far as numbers go: a file that was tampered with may number entries as it likes. */
function newest(db: Sqlite): number {
  const last = db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0;
  return Math.min(Math.max(last, 0), Number.MAX_SAFE_INTEGER);
}

/** Keys are numbered on. A ledger of an earlier version, open for reading only, has none. */
function nextKeyId(db: Sqlite): number {
  return (
    (db
      .prepare<[], number | null>(`SELECT max(id) FROM ${keyTable(db)}`)
      .pluck()
      .get() ?? 0) + 1
  );
}

/** Reads from the file: what SQLite cannot make sense of is LEDGER_DAMAGED, and says so to whoever asked. */
async function whole<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw named(error);
  }
}

const named = (error: unknown): unknown =>
  codeOf(error).startsWith('SQLITE_CORRUPT') ? damaged('The file of the ledger is damaged.') : error;
