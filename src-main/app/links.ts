import type { Child, Host } from '../host.ts';

export type MemberName = 'broker' | 'ledger' | 'gateway';

/** A private channel between two long-lived processes, and what each side calls its end. */
type Pair = readonly [MemberName, string, MemberName, string];

const pairs: readonly Pair[] = [
  ['gateway', 'ledger', 'ledger', 'gateway'],
  ['ledger', 'broker', 'broker', 'ledger'],
];

/** Milliseconds until a link that could not be made is tried again. */
const again = 1000;

/** Keeps those channels made, whichever side has just come up afresh. */
export class Links {
  readonly #host: Pick<Host, 'link'>;
  readonly #childOf: (name: MemberName) => Child | undefined;
  readonly #made = new Map<Pair, readonly [Child, Child]>();

  constructor(host: Pick<Host, 'link'>, childOf: (name: MemberName) => Child | undefined) {
    this.#host = host;
    this.#childOf = childOf;
  }

  /** Links every pair of which both are up and which is not linked yet as the processes they are now. */
  async make(): Promise<void> {
    for (const pair of pairs) await this.#tryLink(pair);
  }

  /**
   * Links a process that does not count as up yet but already listens for links, with whoever is up. Faults: LINK_FAILED; then
   * the process must not come up.
   */
  async makeEarly(name: MemberName, child: Child): Promise<void> {
    for (const pair of pairs) {
      if (pair[0] === name || pair[2] === name) await this.#link(pair, { [name]: child });
    }
  }

  /**
   * A link can fail though both live: one was busy for too long, or the machine had no file left to open. If one died, there
   * is nothing to link any more when its time comes, and its restart links again.
   */
  async #tryLink(pair: Pair): Promise<void> {
    await this.#link(pair).catch(() => setTimeout(() => void this.#tryLink(pair), again));
  }

  async #link(pair: Pair, early: Partial<Record<MemberName, Child>> = {}): Promise<void> {
    const [one, oneName, other, otherName] = pair;
    const [first, second] = [early[one] ?? this.#childOf(one), early[other] ?? this.#childOf(other)];
    if (!first || !second) return;
    const before = this.#made.get(pair);
    if (before?.[0] === first && before[1] === second) return;
    const both = [first, second] as const;
    this.#made.set(pair, both); // Before it is: of two that come up at once each asks for this link.
    try {
      await this.#host.link({ child: first, name: oneName }, { child: second, name: otherName });
    } catch (thrown) {
      if (this.#made.get(pair) === both) this.#made.delete(pair);
      throw thrown;
    }
  }
}
