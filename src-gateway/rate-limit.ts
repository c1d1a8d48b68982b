/** The tokens that something takes, and those it needs when it is refused and comes again: its head costs one too. */
export interface Price {
  readonly tokens: number;
  readonly again: number;
}

const one: Price = { tokens: 1, again: 1 };

/** A bucket per key: full at first, refilled evenly. Keys are ids of client apps, never text a caller chose. */
export class RateLimit {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #now: () => number;

  /** `now` in milliseconds from any fixed point. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes the tokens, or none and says in how many seconds to come again. More than a minute's worth there never are. */
  take(
    key: string,
    perMinute: number,
    { tokens, again }: Price = one,
  ): { readonly ok: true } | { readonly ok: false; readonly retryAfter: number } {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: perMinute, at: now };
    const refilled = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute);
    if (refilled < tokens) return { ok: false, retryAfter: Math.ceil(((again - refilled) * 60) / perMinute) };
    this.#buckets.set(key, { tokens: refilled - tokens, at: now });
    return { ok: true };
  }
}
