import type { GatewayDraft } from '../../src-shared/contract/ledger.ts';
import type { Recorder } from '../recorder.ts';
import type { HeldCall } from './held-call.ts';

/** Ends that could not be recorded yet and are tried again. */
const mostOwed = 500;

/**
 * What the ledger is told of approvals: of one approval in order, so that an end never stands before the decision it
 * followed, and ends also after the ledger was away.
 */
export class Writing {
  readonly #recorder: Pick<Recorder, 'record'>;
  /** The last that was written of each call, or is being. */
  readonly #last = new WeakMap<HeldCall, Promise<boolean>>();
  /** Settled once nothing is being written. */
  #rest: Promise<void> = Promise.resolve();
  #owed: readonly GatewayDraft[] = [];
  #isPaying = false;

  constructor(recorder: Pick<Recorder, 'record'>) {
    this.#recorder = recorder;
  }

  /** Something that has happened is not written yet. */
  get isBehind(): boolean {
    return this.#owed.length > 0;
  }

  /** Whether it is on the disk for sure. If not, it may come there yet. */
  write(held: HeldCall, draft: GatewayDraft): Promise<boolean> {
    const before = this.#last.get(held) ?? Promise.resolve();
    const writing = before.then(async () => (await this.#recorder.record(draft)).ok);
    this.#last.set(held, writing);
    this.#rest = Promise.allSettled([this.#rest, writing]).then(() => {});
    return writing;
  }

  /** What has happened, whether it can be written or not: then it is written later. */
  async writeEnd(held: HeldCall, draft: GatewayDraft): Promise<void> {
    if (!(await this.write(held, draft))) this.#owed = [...this.#owed, draft].slice(-mostOwed);
  }

  /** Writes what could not be written before, one after the other and as long as it goes well. */
  async pay(): Promise<void> {
    if (this.#isPaying) return;
    this.#isPaying = true;
    for (let [next] = this.#owed; next; [next] = this.#owed) {
      if (!(await this.#recorder.record(next)).ok) break;
      this.#owed = this.#owed.filter((draft) => draft !== next);
    }
    this.#isPaying = false;
  }

  /** Resolves when everything that is being written now is, or has failed. */
  rest(): Promise<void> {
    return this.#rest;
  }
}
