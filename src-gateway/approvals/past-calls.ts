import type { HeldCall } from './held-call.ts';
import { after, isPast, type Moment } from './moment.ts';
import { latest } from './room.ts';

/** What is over is shown for so many milliseconds. */
const shownFor = 15 * 60_000;

/** The calls that lately waited and do not any more. */
export class PastCalls {
  #all: readonly HeldCall[] = [];

  /** Oldest first. */
  get all(): readonly HeldCall[] {
    return this.#all;
  }

  add(held: HeldCall): void {
    this.#all = latest([...this.#all, held]);
  }

  forget(moment: Moment): void {
    this.#all = this.#all.filter(({ endedAt }) => !isPast(after(endedAt, shownFor), moment));
  }
}
