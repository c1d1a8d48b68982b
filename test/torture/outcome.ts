// What a run came to, counted as it goes.
import type { Book } from './book.ts';
import { type Kill, metACommit, type Phase, phaseOf } from './phases.ts';
import type { Call } from './traffic.ts';
import type { Asked } from './vendor-side.ts';

type Counts = Record<string, number>;

export interface Outcome {
  readonly seed: number;
  readonly seconds: number;
  /** By victim, and by what was going on. */
  readonly kills: Readonly<Counts>;
  readonly occasions: Readonly<Counts>;
  /** Calls that were under way at the kill of each victim, by where they were. */
  readonly met: Readonly<Record<string, Readonly<Partial<Record<Phase | 'during a commit', number>>>>>;
  readonly calls: Readonly<Counts>;
  readonly answers: Readonly<Counts>;
  /** Times until the app served again, in milliseconds, by what it served after. */
  readonly recovery: Readonly<Record<string, { readonly middle: number; readonly longest: number }>>;
  readonly requests: number;
  readonly entries: number;
  readonly intents: number;
  readonly outcomes: number;
  readonly interrupted: number;
  /** Starts that had to be made again: the app before was still ending, or the machine was too slow. */
  readonly refusedStarts: number;
  readonly violations: readonly string[];
  /** Where the evidence is kept; null when there is nothing to keep it for. */
  readonly folder: string | null;
}

export class Tallies {
  readonly #from = Date.now();
  /** Kills whose calls nobody has looked up yet. */
  #kills: Kill[] = [];
  readonly #victims: Counts = {};
  readonly #occasions: Counts = {};
  readonly #met: Record<string, Counts> = {};
  readonly #calls: Counts = {};
  readonly #answers: Counts = {};
  readonly #recoveries: Record<string, number[]> = {};
  #requests = 0;
  refusedStarts = 0;

  get killed(): number {
    return Object.values(this.#victims).reduce((sum, each) => sum + each, 0);
  }

  get seconds(): number {
    return Math.round((Date.now() - this.#from) / 1000);
  }

  kill(kill: Kill): void {
    this.#kills.push(kill);
    count(this.#victims, kill.victim);
    count(this.#occasions, kill.occasion);
  }

  served(after: string, ms: number): void {
    (this.#recoveries[after] ??= []).push(ms);
  }

  /** What happened since the last time, once the book tells of it. */
  add(book: Book, calls: readonly Call[], asked: readonly Asked[]): void {
    this.#requests += asked.length;
    for (const { kind, end } of calls) {
      count(this.#calls, kind);
      count(this.#answers, [end?.how, end?.code].join(' ').trim());
    }
    for (const { victim, at, calls: met } of this.#kills.splice(0)) {
      const phases = (this.#met[victim] ??= {});
      for (const call of met) count(phases, phaseOf(at, call, { book, asked }));
      if (metACommit(at, book)) count(phases, 'during a commit');
    }
  }

  outcome(book: Book, more: Pick<Outcome, 'seed' | 'violations' | 'folder'>): Outcome {
    const ofKind = (kind: string): number => book.lines.filter((line) => line.kind === kind).length;
    return {
      ...more,
      seconds: this.seconds,
      kills: this.#victims,
      occasions: this.#occasions,
      met: this.#met,
      calls: this.#calls,
      answers: this.#answers,
      recovery: Object.fromEntries(Object.entries(this.#recoveries).map(([after, times]) => [after, summary(times)])),
      requests: this.#requests,
      entries: book.lines.length,
      intents: ofKind('call.intent'),
      outcomes: ofKind('call.outcome'),
      interrupted: book.lines.filter(({ status }) => status === 'interrupted').length,
      refusedStarts: this.refusedStarts,
    };
  }
}

const count = (counts: Counts, name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);

const summary = (times: readonly number[]): { middle: number; longest: number } => ({
  middle: times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0,
  longest: Math.max(...times),
});
