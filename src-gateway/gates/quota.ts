import { deny } from '../../src-shared/model/denial.ts';
import { err, ok } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByQuota, ByTenant } from '../proofs.ts';

/** Gate 6: one call of the billing period is taken, or there is none left and the company allows no overage. */
export const quota: Gate<Powers, ByTenant, ByQuota> = ({ session }, { now }) => {
  const release = session.quota.take(now());
  return release ? ok({ release }) : err(deny('QUOTA_EXCEEDED'));
};
