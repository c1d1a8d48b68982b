/**
 * When checkpoints are made: every minute in which something was recorded, every thousand entries, at every switch, at the
 * end, and before the answer to a call that only a person may allow. One is made at a time. The broker signs; one that is
 * away delays nothing and is told, because what it was asked for is on the disk already (docs/adr/0015).
 */
import type { Recorded } from '../src-shared/contract/ledger.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import { needsPerson } from '../src-shared/model/risk.ts';
import type { Head } from './head.ts';
import type { SignCheckpoint, TreeHead } from './tree-head.ts';

/** Whether a checkpoint is made after such an entry, whenever the last one was: at a switch, and for what only a person may allow. */
export const needsCheckpoint = ({ kind, risk }: EntryDraft): boolean =>
  kind === 'customer.bound' ||
  kind === 'customer.released' ||
  (kind === 'call.outcome' && risk !== undefined && needsPerson(risk));

/** Entries that may be recorded before the next checkpoint. */
const mostUncovered = 1000;

export interface CheckpointsOptions {
  readonly head: () => Head;
  /** Entries that the last signed checkpoint in the file covers. */
  readonly covered: number;
  readonly make: (head: Head, sign: SignCheckpoint | undefined) => Promise<TreeHead>;
  /** Milliseconds between looks whether something was recorded. */
  readonly every: number;
  /** Milliseconds that an answer waits for a signer. */
  readonly patience: number;
  readonly onMade: (head: TreeHead) => void;
}

export class Checkpoints {
  readonly #options: CheckpointsOptions;
  readonly #timer: NodeJS.Timeout;
  #sign: SignCheckpoint | undefined;
  /** The last signer that was asked did not sign: until one does, no answer waits. */
  #isSilent = false;
  /** Entries that the last signed checkpoint covers, and the last one at all. */
  #signed: number;
  #made: number;
  #running: { readonly size: number; readonly made: Promise<TreeHead> } | undefined;
  #next: Promise<TreeHead> | undefined;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
    this.#signed = options.covered;
    this.#made = options.covered;
    this.#timer = setInterval(() => this.#startIfNeeded(), options.every).unref();
  }

  /** Who signs from now on, or nobody. What was left unsigned meanwhile is signed at once. */
  use(sign: SignCheckpoint | undefined): void {
    this.#sign = sign;
    this.#isSilent = false;
    if (sign) this.#startIfNeeded();
  }

  /** A checkpoint of at least everything recorded so far. Never rejects for want of a signer or a disk. */
  make(): Promise<TreeHead> {
    const { seq } = this.#options.head();
    const running = this.#running;
    if (running && running.size >= seq) return running.made;
    if (this.#next) return this.#next;
    if (!running) return this.#run();
    const then = (): Promise<TreeHead> => {
      this.#next = undefined;
      return this.#run();
    };
    this.#next = running.made.then(then, then);
    return this.#next;
  }

  /** The ledger has so many entries now. */
  grew(entries: number): void {
    if (entries - Math.max(this.#made, this.#running?.size ?? 0) >= mostUncovered && !this.#next) this.#start();
  }

  /** What an entry that needs a checkpoint was recorded as, once it may be answered for. */
  async beforeAnswer(draft: EntryDraft, recording: Promise<Recorded>): Promise<Recorded> {
    const recorded = await recording;
    if (draft.kind === 'call.outcome') await this.#waitForSigner();
    else this.#start();
    return recorded;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #waitForSigner(): Promise<void> {
    if (!this.#sign || this.#isSilent) return this.#start();
    const made = this.make().catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.#options.patience)));
    await Promise.race([made, patience]);
    clearTimeout(timer);
  }

  #startIfNeeded(): void {
    if (this.#options.head().seq > this.#signed) this.#start();
  }

  /** One that fails is made again by the next; appends say what is wrong with the disk. */
  #start(): void {
    this.make().catch(() => {});
  }

  #run(): Promise<TreeHead> {
    const head = this.#options.head();
    const clear = (): void => {
      this.#running = undefined;
    };
    const made = this.#options
      .make(head, this.#sign)
      .finally(clear)
      .then((treeHead) => {
        this.#made = treeHead.entries;
        this.#isSilent = !treeHead.isSigned;
        if (treeHead.isSigned) this.#signed = treeHead.entries;
        this.#options.onMade(treeHead);
        return treeHead;
      });
    this.#running = { size: head.seq, made };
    return made;
  }
}
