// What can go wrong with any emulated vendor, whatever its API: each vendor's faults are these and its own, one plain
// object that a test changes while it runs. Trusts its one owner; the emulator reads it anew for every request.
import { z } from 'zod';

const rateLimit = z.strictObject({
  requests: z.number().int().positive(),
  windowSeconds: z.number().positive(),
  /** Seconds of the Retry-After header; null sends none, as the vendor may. */
  retryAfter: z.number().nonnegative().nullable(),
});

/** Members to spread into a vendor's own `z.strictObject`. */
export const commonFaults = {
  /** Waits this long before any answer. */
  latencyMs: z.number().nonnegative(),
  /** Answers API calls with this status instead. */
  failStatus: z.number().int().min(400).max(599).nullable(),
  /** Fails only every n-th API call (with `failStatus`, or 500); 0 leaves it to `failStatus` alone. */
  failEvery: z.number().int().nonnegative(),
  /** Takes the request and never answers. */
  hang: z.boolean(),
  /** Closes the connection without an answer. */
  dropConnection: z.boolean(),
  /** Announces the whole body, sends half of it and closes. */
  truncateBody: z.boolean(),
  /** 200 and `application/json`, but the body is not JSON. */
  garbageJson: z.boolean(),
  /** Lists ignore page size and repeat their rows until the body has at least so many characters; 0 is off. */
  hugePage: z.number().int().nonnegative(),
  rateLimit: rateLimit.nullable(),
  /** Rows, and records read by id, come without their owner member. */
  dropOwner: z.boolean(),
  /** One row of someone else in each list: true owner id, but the asked customer's name. Only the id counts. */
  lieOwner: z.boolean(),
  /** So many rows of others in each page, with their true owner. */
  mixForeignRows: z.number().int().nonnegative(),
  /**
   * Changes API answers at random (lie.ts): `rate` is the share of answers, from 0 to 1; one seed and one order of
   * requests give the same lies. Setting it anew begins anew.
   */
  lie: z.strictObject({ seed: z.number().int().nonnegative(), rate: z.number().min(0).max(1) }).nullable(),
};

const common = z.strictObject(commonFaults);
export type CommonFaults = z.infer<typeof common>;

/** A healthy vendor without a rate limit. */
export function noCommonFaults(): CommonFaults {
  return {
    latencyMs: 0,
    failStatus: null,
    failEvery: 0,
    hang: false,
    dropConnection: false,
    truncateBody: false,
    garbageJson: false,
    hugePage: 0,
    rateLimit: null,
    dropOwner: false,
    lieOwner: false,
    mixForeignRows: 0,
    lie: null,
  };
}
