// What can go wrong with the emulated HaloPSA besides the common faults. Owner faults drop or contradict `client_id`, on
// actions and attachments `ticket_id`.
import { z } from 'zod';
import { commonFaults, noCommonFaults } from '../vendor/faults.ts';

/** The error bodies seen in the wild (halopsa.md §4.7). */
const errorShape = z.enum(['dotnet', 'message', 'error', 'result', 'text', 'empty']);
export const haloFaults = z.strictObject({
  ...commonFaults,
  /** `client_id` and `client_ids` have no effect on lists: everyone's rows come back with 200 (§6 row 2). */
  ignoreClientFilter: z.boolean(),
  /** Reported as `record_count` instead of the truth; null reports the truth. */
  wrongRecordCount: z.number().int().nullable(),
  errorShape,
  /** `expires_in` of tokens issued from now on, in seconds. */
  tokenExpiresIn: z.number().nonnegative(),
  /** Kills every token issued so far, once: the emulator sets it back to false when it has. */
  rejectTokens: z.boolean(),
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
    ...noCommonFaults(),
    ignoreClientFilter: false,
    wrongRecordCount: null,
    errorShape: 'dotnet',
    tokenExpiresIn: 3600,
    rejectTokens: false,
    attachmentMode: 'mixed',
  };
}
