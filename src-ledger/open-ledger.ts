/** One open ledger: the file, its writer unless it is open for reading only, and what can be asked of it. */
import type { z } from 'zod';
import type { ledgerControl, Recorded, Verdict } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { isDeviceName, originOf } from '../src-shared/merkle/checkpoint.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { checkTail } from './check-tail.ts';
import { damaged, openToRead, openToWrite, type ReadPowers, type Sqlite } from './database.ts';
import { type Head, readHead } from './head.ts';
import { Log } from './log.ts';
import { countIntents, readPage } from './page.ts';
import { fileReserve } from './reserve.ts';
import { makeTreeHead, type SignCheckpoint, type TreeHead } from './tree-head.ts';
import { verify } from './verify.ts';

type Opening = z.output<typeof ledgerControl.open.input>;

export interface LedgerPowers extends ReadPowers {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly reserveBytes: number;
  readonly onGrew: (entries: number) => void;
  readonly onState: (problem: string | null) => void;
}

export class OpenLedger {
  readonly #db: Sqlite;
  readonly #opening: Opening;
  readonly #log: Log | undefined;
  /** Intents a crash left without an outcome. */
  readonly interrupted: readonly number[];

  /** Faults: those of the contract's `open`. */
  constructor(opening: Opening, powers: LedgerPowers) {
    const { file, tenant, device, readOnly } = opening;
    if (!isDeviceName(device)) throw new Fault('BAD_INPUT', 'A device name has no spaces and no plus sign.');
    this.#opening = opening;
    this.#db = readOnly ? openToRead(file, powers) : openToWrite(file);
    try {
      if (!readOnly) checkTail(this.#db, tenant);
      this.interrupted = this.#db.prepare<[], number>('SELECT seq FROM open_intent ORDER BY seq').pluck().all();
      const reserve = fileReserve(`${file.replace(/\.db$/, '')}.reserve`, powers.reserveBytes);
      if (!readOnly) this.#log = new Log({ db: this.#db, tenant, device, reserve, ...powers });
    } catch (error) {
      this.#db.close();
      throw error instanceof Fault ? error : damaged('The file of the ledger is damaged.');
    }
  }

  get entries(): number {
    return this.#log?.head.seq ?? this.#db.prepare<[], number>('SELECT count(*) FROM entry').pluck().get() ?? 0;
  }

  async append(draft: EntryDraft): Promise<Recorded> {
    if (!this.#log) throw new Fault('LEDGER_UNWRITABLE', 'This ledger is open for reading only.');
    return this.#log.append(draft);
  }

  page(question: z.output<typeof ledgerControl.page.input>, signal: AbortSignal): ReturnType<typeof readPage> {
    return readPage(this.#db, question, signal);
  }

  countCalls(from: string): number {
    return countIntents(this.#db, from);
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

  checkpoint(sign: SignCheckpoint | undefined): Promise<TreeHead> {
    const { tenant, device } = this.#opening;
    const head: Head = this.#log?.head ?? readHead(this.#db);
    return makeTreeHead({ db: this.#db, tenant, device, head, sign: this.#log && sign });
  }

  /** Writes what waits and lets go of the file. */
  close(): void {
    this.#log?.close();
    this.#db.close();
  }
}
