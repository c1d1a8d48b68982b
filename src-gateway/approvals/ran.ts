import { after, isPast, type Moment } from './moment.ts';

/** Milliseconds for which it is remembered that a call ran. */
const rememberedFor = 60 * 60_000;
/** Calls remembered at one time. Each took a person's word, so no AI can push one out. */
const most = 500;

/** The calls that ran by a person's word, so that whoever is asked about the very same one again hears it. */
export class Ran {
  /** By fingerprint, the latest last. */
  readonly #at = new Map<string, Moment>();

  add(fingerprint: string, moment: Moment): void {
    this.#at.delete(fingerprint);
    this.#at.set(fingerprint, moment);
    for (const oldest of [...this.#at.keys()].slice(0, -most)) this.#at.delete(oldest);
  }

  /** When a call last ran in the hour before, by the wall clock of then. */
  lately(fingerprint: string, moment: Moment): string | null {
    const ran = this.#at.get(fingerprint);
    return ran && !isPast(after(ran, rememberedFor), moment) ? new Date(ran.now).toISOString() : null;
  }
}
