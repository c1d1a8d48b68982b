import { customer } from './gates/customer.ts';
import { entitlement } from './gates/entitlement.ts';
import { policy } from './gates/policy.ts';
import { principal } from './gates/principal.ts';
import { quota } from './gates/quota.ts';
import { tenant } from './gates/tenant.ts';
import { line } from './pipeline.ts';
import type { Powers } from './powers.ts';
import type { Received } from './proofs.ts';

/**
 * The gates, in order. This list is the security model; `test/pins/gates.test.ts` freezes it.
 * Gates 7 (execution) and 8 (audit) are not questions but deeds: call-tool.ts does them.
 */
export const identify = line<Powers, Received>().gate('principal', principal).gate('tenant', tenant);
export const admit = identify
  .gate('customer', customer)
  .gate('entitlement', entitlement)
  .gate('policy', policy)
  .gate('quota', quota);
