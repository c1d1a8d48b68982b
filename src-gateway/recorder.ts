import type { GatewayDraft, ledgerWriter } from '../src-shared/contract/ledger.ts';
import { asFault } from '../src-shared/fault.ts';
import type { Client } from '../src-shared/wire/contract.ts';

/** Milliseconds an entry may take to reach the disk before the call it belongs to is denied. */
const deadlineMs = 5000;

export type Recording =
  | { readonly ok: true; readonly seq: number; readonly ms: number }
  /** `isAnswered` when the ledger itself said no: on a full disk it has room for denials alone. */
  | { readonly ok: false; readonly isAnswered: boolean };

/** Gate 8: the way to the ledger. An answer of `ok` means the entry is on the disk; anything else means nothing may run. */
export class Recorder {
  #ledger: Client<typeof ledgerWriter> | undefined;
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The ledger's link, or undefined while it is away: until it is back every call is denied. */
  use(ledger: Client<typeof ledgerWriter> | undefined): void {
    this.#ledger = ledger;
  }

  isUsing(ledger: Client<typeof ledgerWriter>): boolean {
    return this.#ledger === ledger;
  }

  async record(draft: GatewayDraft): Promise<Recording> {
    if (!this.#ledger) return { ok: false, isAnswered: false };
    const from = this.#clock();
    try {
      const { seq } = await this.#ledger.append(draft, { deadlineMs });
      return { ok: true, seq, ms: Math.round((this.#clock() - from) * 1000) / 1000 };
    } catch (thrown) {
      // More of why is the ledger's to tell the supervisor; here it only means no.
      return { ok: false, isAnswered: asFault(thrown).code === 'LEDGER_UNWRITABLE' };
    }
  }
}
