/** One open ledger: the file, its writer unless it is open for reading only, and what can be asked of it. */
import type { z } from 'zod';
import type { ledgerControl, Recorded, Tally, Verdict } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { isDeviceName, originOf } from '../src-shared/merkle/checkpoint.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { checkTail } from './check-tail.ts';
import { Checkpoints } from './checkpoints.ts';
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
import { readHead } from './head.ts';
import { Log, type Problem } from './log.ts';
import { countIntents, readPage } from './page.ts';
import { prove } from './prove.ts';
import { fileReserve } from './reserve.ts';
import { tallyIntents } from './tally.ts';
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
  #index: TreeIndex | undefined;
  /** Intents a crash left without an outcome. */
  readonly interrupted: readonly number[];

  /** Faults: those of the contract's `open`. */
  constructor(opening: Opening, powers: LedgerPowers) {
    const { file, tenant, device, readOnly } = opening;
    if (!isDeviceName(device)) throw new Fault('BAD_INPUT', 'A device name has no spaces and no plus sign.');
    this.#opening = opening;
    this.#db = readOnly ? openToRead(file, powers) : openToWrite(file);
    try {
      if (!readOnly) {
        checkTail(this.#db, tenant);
        complete(this.#db);
      }
      this.interrupted = this.#db.prepare<[], number>('SELECT seq FROM open_intent ORDER BY seq').pluck().all();
      const reserve = fileReserve(`${file.replace(/\.db$/, '')}.reserve`, powers.reserveBytes);
      if (readOnly) return;
      const onGrew = (entries: number): void => {
        powers.onGrew(entries);
        this.#checkpoints?.grew(entries);
      };
      const log = new Log({ db: this.#db, tenant, device, reserve, ...powers, onGrew });
      this.#log = log;
      this.#checkpoints = new Checkpoints({
        head: () => log.head,
        covered: signedSize(this.#db),
        make: (head, sign) => makeTreeHead({ db: this.#db, tenant, device, head, sign }),
        every: powers.checkpointEvery,
        patience: powers.checkpointPatience,
        onMade: ({ entries, isSigned }) => powers.onCovered(entries, isSigned),
      });
    } catch (error) {
      this.#db.close();
      if (error instanceof Fault) throw error;
      const code = codeOf(error); // A row that SQLite gives and nothing of ours can read has no code.
      throw code.startsWith('SQLITE_') ? openingFault(code) : damaged('The file of the ledger is damaged.');
    }
  }

  get entries(): number {
    return this.#log?.head.seq ?? this.#db.prepare<[], number>('SELECT count(*) FROM entry').pluck().get() ?? 0;
  }

  async append(draft: EntryDraft): Promise<Recorded> {
    if (!this.#log) throw new Fault('LEDGER_UNWRITABLE', 'This ledger is open for reading only.');
    const recorded = await this.#log.append(draft);
    await this.#checkpoints?.beforeAnswer(draft);
    return recorded;
  }

  page(question: z.output<typeof ledgerControl.page.input>, signal: AbortSignal): ReturnType<typeof readPage> {
    return whole(() => readPage(this.#db, question, signal));
  }

  countCalls(from: string): Promise<number> {
    return whole(() => countIntents(this.#db, from));
  }

  tallyCalls(from: string, signal: AbortSignal): Promise<Tally[]> {
    return whole(() => tallyIntents(this.#db, from, signal));
  }

  verify(signal: AbortSignal): Promise<Verdict> {
    const { tenant, device, deviceKey } = this.#opening;
    const publicKey = deviceKey === undefined ? undefined : Buffer.from(deviceKey, 'base64url');
    return verify({
      db: this.#db,
      tenant,
      key: publicKey && { name: originOf(tenant, device), publicKey },
      signal,
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

  checkpoint(): Promise<TreeHead> {
    if (this.#checkpoints) return this.#checkpoints.make();
    const { tenant, device } = this.#opening;
    return makeTreeHead({ db: this.#db, tenant, device, head: readHead(this.#db), sign: undefined });
  }

  /** Writes what waits and lets go of the file. */
  close(): void {
    this.#checkpoints?.close();
    this.#log?.close();
    this.#db.close();
  }
}

/** Reads from the file: what SQLite cannot make sense of is LEDGER_DAMAGED, and says so to whoever asked. */
async function whole<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw codeOf(error).startsWith('SQLITE_CORRUPT') ? damaged('The file of the ledger is damaged.') : error;
  }
}
