import type { Child, Host } from '../host.ts';

export type MemberName = 'broker' | 'ledger' | 'gateway';

/** The private channels between long-lived processes, and what each side calls its end. */
const pairs: readonly [MemberName, string, MemberName, string][] = [
  ['gateway', 'ledger', 'ledger', 'gateway'],
  ['ledger', 'broker', 'broker', 'ledger'],
];

/** Keeps those channels made, whichever side has just come up afresh. */
export class Links {
  readonly #host: Pick<Host, 'link'>;
  readonly #childOf: (name: MemberName) => Child | undefined;
  readonly #made = new Map<string, readonly [Child, Child]>();

  constructor(host: Pick<Host, 'link'>, childOf: (name: MemberName) => Child | undefined) {
    this.#host = host;
    this.#childOf = childOf;
  }

  /**
   * Links every pair of which both are up and which is not linked yet as the processes they are now. `early` are processes
   * that do not count as up yet but already listen for links.
   */
  async make(early: Partial<Record<MemberName, Child>> = {}): Promise<void> {
    for (const [one, oneName, other, otherName] of pairs) {
      const [first, second] = [early[one] ?? this.#childOf(one), early[other] ?? this.#childOf(other)];
      if (!first || !second) continue;
      const pair = `${one}-${other}`;
      const before = this.#made.get(pair);
      if (before?.[0] === first && before[1] === second) continue;
      this.#made.set(pair, [first, second]);
      await this.#host
        .link({ child: first, name: oneName }, { child: second, name: otherName })
        .catch(() => this.#made.delete(pair)); // One of them died meanwhile; its restart links again.
    }
  }
}
