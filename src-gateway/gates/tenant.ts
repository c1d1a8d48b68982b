import { deny } from '../../src-shared/model/denial.ts';
import { err, ok } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByPrincipal, ByTenant } from '../proofs.ts';

/**
 * Gate 2: which MSP. From the principal alone; the session behind it exists only because the technician's identity and
 * the tenant's bundle were verified under the tenant's pinned key (tenant-session.ts). Both must still be in date.
 */
export const tenant: Gate<Powers, ByPrincipal, ByTenant> = ({ app, issuedIn }, { session, now }) => {
  const found = session(issuedIn);
  if (!found) return err(deny('TENANT_UNRESOLVED'));
  const { identity, bundle } = found;
  if (identity.tenant !== issuedIn || bundle.tenant.id !== issuedIn) return err(deny('TENANT_UNRESOLVED'));
  // Asked as "is still good", so that an end which is no date counts as over.
  if (!(identity.exp * 1000 > now())) {
    return err(deny('TENANT_UNRESOLVED', { reason: "The technician's sign-in has expired." }));
  }
  if (!(Date.parse(bundle.expires) > now())) {
    return err(deny('TENANT_UNRESOLVED', { reason: "The company's policy has expired on this device." }));
  }
  const client = app === 'operator' ? 'operator' : app.name;
  return ok({ session: found, principal: { kind: 'technician', id: identity.sub, name: identity.name, client } });
};
