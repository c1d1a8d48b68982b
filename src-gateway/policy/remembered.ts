/**
 * Answers by their question, at most so many: when there are more, all are forgotten, and what is asked again is decided
 * again. The question is JSON and holds everything that its answer depends on.
 */
export class Remembered<T> {
  readonly #answers = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** What was decided for this question, or is now. */
  of(question: unknown, decide: () => T): T {
    const key = JSON.stringify(question);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const decided = decide();
    if (this.#answers.size >= this.#most) this.#answers.clear();
    this.#answers.set(key, decided);
    return decided;
  }
}
