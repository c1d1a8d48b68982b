/**
 * What waits for the key that its body is to be sealed with: for each customer apart, so that nobody waits for the key of
 * another, and in the order it came in.
 */
import type { CustomerId } from '../src-shared/model/ids.ts';
import type { BodyKey, BodyKeys } from './body-keys.ts';

/** Milliseconds that what may be recorded without its body waits for a key: a denial is not held up by a broker that hangs. */
const patience = 1000;

/** What waits for the key of one customer. */
interface Held<T> {
  readonly all: { readonly what: T; readonly maySkip: boolean }[];
  readonly timer: NodeJS.Timeout;
  readonly isLate: boolean;
}

export class KeyWait<T> {
  readonly #keys: BodyKeys;
  readonly #go: (what: T, key: BodyKey | undefined) => void;
  readonly #held = new Map<CustomerId | null, Held<T>>();

  /** `go` is told what need not wait any more, and the key; undefined when none is to be had. */
  constructor(keys: BodyKeys, go: (what: T, key: BodyKey | undefined) => void) {
    this.#keys = keys;
    this.#go = go;
  }

  /** `maySkip`: it goes without a key rather than wait long for one. */
  add(what: T, under: CustomerId | null, maySkip: boolean): void {
    const held = this.#held.get(under);
    if (maySkip && (held?.isLate === true || this.#keys.hasFailed(under))) {
      void this.#keys.get(under); // For whoever comes next.
      return this.#go(what, undefined);
    }
    if (held) return void held.all.push({ what, maySkip });
    const timer = setTimeout(() => this.#skip(under), patience).unref();
    this.#held.set(under, { all: [{ what, maySkip }], timer, isLate: false });
    void this.#keys.get(under).then((key) => this.#release(under, key));
  }

  /** Nothing waits any longer. */
  end(): void {
    for (const under of [...this.#held.keys()]) this.#release(under, undefined);
  }

  /** The key is late: what may go without it does. */
  #skip(under: CustomerId | null): void {
    const held = this.#held.get(under);
    if (!held) return;
    this.#held.set(under, { ...held, all: held.all.filter(({ maySkip }) => !maySkip), isLate: true });
    for (const { what, maySkip } of held.all) if (maySkip) this.#go(what, undefined);
  }

  #release(under: CustomerId | null, key: BodyKey | undefined): void {
    const held = this.#held.get(under);
    clearTimeout(held?.timer);
    this.#held.delete(under);
    for (const { what } of held?.all ?? []) this.#go(what, key);
  }
}
