import type { CallLimit } from '../src-shared/model/bundle.ts';

/** Milliseconds that the sliding window looks back. */
const slide = 60_000;

/** The key that one technician, client app, customer or tool is counted under. */
export const subjectOf = (per: CallLimit['per'], name: string): string => `${per} ${name}`;

/** Calls of each subject since a day or a month began. Ends with the next one, never with an earlier one. */
export class Since {
  #name = '';
  #counts = new Map<string, number>();

  /** The day or month that is counted, as `2026-11-22` or `2026-11`. */
  get name(): string {
    return this.#name;
  }

  /** Takes over what was counted elsewhere. Of the same day or month the greater number holds. */
  seed(name: string, counts: ReadonlyMap<string, number>): void {
    this.move(name);
    if (name !== this.#name) return;
    for (const [subject, calls] of counts) this.#counts.set(subject, Math.max(calls, this.count(subject)));
  }

  /** Begins a later day or month. A clock set back must not open an old one anew. */
  move(name: string): void {
    if (name <= this.#name) return;
    this.#name = name;
    this.#counts = new Map();
  }

  count(subject: string): number {
    return this.#counts.get(subject) ?? 0;
  }

  /** Counts one call, and returns what takes it back while the day or month is the same. */
  add(subjects: readonly string[]): () => void {
    const counts = this.#counts;
    for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    return () => {
      for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 1) - 1);
    };
  }

  /** Milliseconds until the next one begins. */
  until(now: number, next: (name: string) => number): number {
    return Math.max(0, next(this.#name) - now);
  }
}

interface Made {
  readonly subjects: readonly string[];
  at: number;
}

/** Calls of each subject within the last minute, by a clock that only runs on. */
export class Recent {
  #made: Made[] = [];
  readonly #counts = new Map<string, number>();
  #clock = -Infinity;

  /** Calls of before the first instant this is told. They count from that instant: rather too long than too short. */
  seed(counts: ReadonlyMap<string, number>): void {
    for (const [subject, calls] of counts) {
      for (let made = 0; made < calls; made += 1) this.#push({ subjects: [subject], at: Infinity });
    }
  }

  /** Forgets what is a minute old. */
  move(clock: number): void {
    if (this.#clock === -Infinity) for (const made of this.#made) made.at = clock;
    this.#clock = Math.max(this.#clock, clock);
    const first = this.#made.findIndex(({ at }) => at > this.#clock - slide);
    const old = first === -1 ? this.#made : this.#made.slice(0, first);
    if (old.length === 0) return;
    this.#made = this.#made.slice(old.length);
    for (const made of old) this.#drop(made);
  }

  count(subject: string): number {
    return this.#counts.get(subject) ?? 0;
  }

  /** Counts one call at the instant told last, and returns what takes it back. */
  add(subjects: readonly string[]): () => void {
    const made = { subjects, at: this.#clock };
    this.#push(made);
    return () => {
      if (!this.#made.includes(made)) return;
      this.#made = this.#made.filter((each) => each !== made);
      this.#drop(made);
    };
  }

  /** Milliseconds until fewer than `calls` of a subject are within the minute. */
  untilBelow(calls: number, subject: string): number {
    const own = this.#made.filter(({ subjects }) => subjects.includes(subject));
    const last = own[own.length - calls];
    return last ? last.at + slide - this.#clock : 0;
  }

  #push(made: Made): void {
    this.#made.push(made);
    for (const subject of made.subjects) this.#counts.set(subject, this.count(subject) + 1);
  }

  #drop({ subjects }: Made): void {
    for (const subject of subjects) {
      const left = this.count(subject) - 1;
      if (left > 0) this.#counts.set(subject, left);
      else this.#counts.delete(subject);
    }
  }
}

/** The billing period of an instant, as `2026-11`. */
export const periodOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/** Its day, as `2026-11-22`. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);
