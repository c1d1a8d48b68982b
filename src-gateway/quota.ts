/** The calls of one tenant's billing period (a calendar month, UTC). Seeded from the ledger, so a restart loses none. */
export class Quota {
  readonly #included: number;
  readonly #overage: 'allow' | 'block';
  #period: string;
  #calls: number;

  constructor(
    rule: { readonly includedCalls: number; readonly overage: 'allow' | 'block' },
    usage: { readonly period: string; readonly calls: number },
  ) {
    this.#included = rule.includedCalls;
    this.#overage = rule.overage;
    this.#period = usage.period;
    this.#calls = usage.calls;
  }

  /** Takes one call and returns what gives it back, or undefined when none is left. `now` in milliseconds since 1970. */
  take(now: number): (() => void) | undefined {
    const period = periodOf(now);
    // A clock set back must not open an old period anew: only a later period starts at zero.
    if (period > this.#period) [this.#period, this.#calls] = [period, 0];
    if (this.#overage === 'block' && this.#calls >= this.#included) return undefined;
    this.#calls += 1;
    const taken = this.#period;
    let isReleased = false;
    return () => {
      if (isReleased || taken !== this.#period) return;
      isReleased = true;
      this.#calls -= 1;
    };
  }

  usage(): { period: string; calls: number; included: number; overage: 'allow' | 'block' } {
    return { period: this.#period, calls: this.#calls, included: this.#included, overage: this.#overage };
  }
}

/** The billing period of an instant, as `2026-11`. */
export const periodOf = (now: number): string => new Date(now).toISOString().slice(0, 7);
