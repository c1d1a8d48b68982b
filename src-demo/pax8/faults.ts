// What can go wrong with the emulated Pax8 besides the common faults. Owner faults drop or contradict `companyId`, on
// quotes `client`, on usage lines `usageSummaryId`; contacts carry no owner that could lie. `lieOwner` shows where rows
// have a `companyName` (invoice and draft items) or a `client`.
import { z } from 'zod';
import { commonFaults, noCommonFaults } from '../vendor/faults.ts';

export const pax8Faults = z.strictObject({
  ...commonFaults,
  /** `companyId` has no effect on lists: everyone's rows come back with 200 (§6 row 4). */
  ignoreCompanyFilter: z.boolean(),
  /** How a list answers a `companyId` it does not know; null is the documented way, which differs per list (§4.5). */
  unknownCompany: z.enum(['403', '404', 'empty']).nullable(),
  /** A contact is served, changed and deleted under any company's path (§6 row 8). */
  foreignContact: z.boolean(),
  /** What `companyId` finds on `/invoices`: what Pax8 bills to it, or every invoice with an item of it as well (§8). */
  invoicesOfCompany: z.enum(['billed', 'mentioned']),
  /** A `size` above 200 is cut to 200, or refused with 422 (§8). */
  oversize: z.enum(['clamp', 'refuse']),
  /** Reported as `totalElements` instead of the truth; null reports the truth. */
  wrongTotalElements: z.number().int().nullable(),
  /** How long an order or a change stays pending; null is until the admin endpoint `tick`. */
  provisionAfterMs: z.number().nonnegative().nullable(),
  /** A decrease that the commitment forbids is answered 200 and left for the renewal, not refused (§4.5). */
  delayDecrease: z.boolean(),
  /** `expires_in` of tokens issued from now on, in seconds. */
  tokenExpiresIn: z.number().nonnegative(),
  /** Kills every token issued so far, once: the emulator sets it back to false when it has. */
  rejectTokens: z.boolean(),
});

export type Pax8Faults = z.infer<typeof pax8Faults>;

/** The documented limit (§3), for whoever wants the real thing. */
export const documentedRateLimit = { requests: 1000, windowSeconds: 60, retryAfter: null } as const;

/** A healthy vendor without a rate limit. */
export function noFaults(): Pax8Faults {
  return {
    ...noCommonFaults(),
    ignoreCompanyFilter: false,
    unknownCompany: null,
    foreignContact: false,
    invoicesOfCompany: 'billed',
    oversize: 'clamp',
    wrongTotalElements: null,
    provisionAfterMs: 2000,
    delayDecrease: false,
    tokenExpiresIn: 86_400,
    rejectTokens: false,
  };
}
