/** A bucket per key: full at first, refilled evenly, one token a request. Keys are ids of client apps, never text a caller chose. */
export class RateLimit {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #now: () => number;

  /** `now` in milliseconds from any fixed point. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes a token, or says in how many seconds there is one again. */
  take(key: string, perMinute: number): { readonly ok: true } | { readonly ok: false; readonly retryAfter: number } {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: perMinute, at: now };
    const refilled = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute);
    if (refilled < 1) return { ok: false, retryAfter: Math.ceil(((1 - refilled) * 60) / perMinute) };
    this.#buckets.set(key, { tokens: refilled - 1, at: now });
    return { ok: true };
  }
}
