// Everything that can go wrong with the emulated vendor, as one plain object that a test changes while it runs.
// Trusts its one owner (the test or the admin endpoint); the emulator reads it anew for every request.
import { z } from 'zod';

/** The error bodies seen in the wild (halopsa.md §4.7). */
const errorShape = z.enum(['dotnet', 'message', 'error', 'result', 'text', 'empty']);
const rateLimit = z.strictObject({
  requests: z.number().int().positive(),
  windowSeconds: z.number().positive(),
  /** Seconds of the Retry-After header; null sends none, as the vendor may. */
  retryAfter: z.number().nonnegative().nullable(),
});

export const haloFaults = z.strictObject({
  /** `client_id` and `client_ids` have no effect on lists: everyone's rows come back with 200 (§6 row 2). */
  ignoreClientFilter: z.boolean(),
  /** Rows, and records read by id, come without their owner member (`client_id`; `ticket_id` on actions, attachments). */
  dropOwner: z.boolean(),
  /** One row of someone else in each list: true `client_id`, but the asked client's `client_name`. Only the id counts. */
  lieOwner: z.boolean(),
  /** So many rows of others in each page, with their true owner. */
  mixForeignRows: z.number().int().nonnegative(),
  /** Reported as `record_count` instead of the truth; null reports the truth. */
  wrongRecordCount: z.number().int().nullable(),
  /** Waits this long before any answer. */
  latencyMs: z.number().nonnegative(),
  /** Answers API calls with this status instead. */
  failStatus: z.number().int().min(400).max(599).nullable(),
  /** Fails only every n-th API call (with `failStatus`, or 500); 0 leaves it to `failStatus` alone. */
  failEvery: z.number().int().nonnegative(),
  errorShape,
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
  /** `expires_in` of tokens issued from now on, in seconds. */
  tokenExpiresIn: z.number().nonnegative(),
  /** Kills every token issued so far, once: the emulator sets it back to false when it has. */
  rejectTokens: z.boolean(),
  rateLimit: rateLimit.nullable(),
  /** How `GET /Attachment/{id}` answers (§5.6); mixed is bytes for odd ids and a signed link for even ones. */
  attachmentMode: z.enum(['bytes', 'link', 'mixed']),
});

export type HaloFaults = z.infer<typeof haloFaults>;
export type ErrorShape = z.infer<typeof errorShape>;

/** The limit most often observed (§4.8), for whoever wants the real thing. */
export const observedRateLimit = { requests: 300, windowSeconds: 300, retryAfter: null } as const;

/** A healthy vendor without a rate limit. */
export function noFaults(): HaloFaults {
  return {
    ignoreClientFilter: false,
    dropOwner: false,
    lieOwner: false,
    mixForeignRows: 0,
    wrongRecordCount: null,
    latencyMs: 0,
    failStatus: null,
    failEvery: 0,
    errorShape: 'dotnet',
    hang: false,
    dropConnection: false,
    truncateBody: false,
    garbageJson: false,
    hugePage: 0,
    tokenExpiresIn: 3600,
    rejectTokens: false,
    rateLimit: null,
    attachmentMode: 'mixed',
  };
}
