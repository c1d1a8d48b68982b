// What can go wrong with the emulated Hudu besides the common faults, and where live instances are known or feared to
// differ (hudu.md §6 point 7, §7). Owner faults drop or contradict `company_id` (`procedure_id` on tasks).
import { z } from 'zod';
import { commonFaults, noCommonFaults } from '../vendor/faults.ts';

/** What the admin ticked when the key was made (§1). */
const key = z.strictObject({
  passwords: z.boolean(),
  destructive: z.boolean(),
  exports: z.boolean(),
  /** Companies the key is for; null is every company. */
  companyIds: z.array(z.number().int()).nullable(),
  /** Addresses it may be used from; null is any. */
  ips: z.array(z.string()).nullable(),
});

export const huduFaults = z.strictObject({
  ...commonFaults,
  /** `company_id` has no effect on lists: everyone's rows come back with 200 (§5 row 1). */
  ignoreCompanyFilter: z.boolean(),
  key,
  /** 401 for the right key too, as after it was deleted. */
  rejectKey: z.boolean(),
  /** The answer to a call that the key has no right to: some integrations report 401 (§1). */
  forbiddenStatus: z.union([z.literal(401), z.literal(403)]),
  /** A key for some companies still sees everyone's rows on lists without a company filter (§1, §5 row 15). */
  keyScopeLeaks: z.boolean(),
  /** `/companies/12/assets/402` when 402 is another company's: 404, or the asset with 200 (§5 row 8). */
  assetPathMismatch: z.union([z.literal(404), z.literal(200)]),
  /** POST of an article, company, asset or procedure answers `{"article":{…}}` instead of the bare record (§2.1). */
  wrappedPost: z.boolean(),
  /** `/articles?company_id=` also lists global articles (§7). */
  globalArticles: z.boolean(),
  /** Archived rows in lists that do not ask for them; mixed hides them for companies, assets and websites (§2). */
  archivedInLists: z.enum(['mixed', 'shown', 'hidden']),
  /** How a download answers; mixed is bytes for odd ids and a redirect to storage for even ones (§3.8). */
  uploadMode: z.enum(['bytes', 'redirect', 'mixed']),
});

export type HuduFaults = z.infer<typeof huduFaults>;

/** The documented limit (§1), for whoever wants the real thing. */
export const documentedRateLimit = { requests: 300, windowSeconds: 60, retryAfter: null } as const;

/** A healthy vendor without a rate limit, and a key that may read everything. */
export function noHuduFaults(): HuduFaults {
  return {
    ...noCommonFaults(),
    ignoreCompanyFilter: false,
    key: { passwords: true, destructive: false, exports: false, companyIds: null, ips: null },
    rejectKey: false,
    forbiddenStatus: 403,
    keyScopeLeaks: true,
    assetPathMismatch: 404,
    wrappedPost: false,
    globalArticles: false,
    archivedInLists: 'mixed',
    uploadMode: 'mixed',
  };
}
