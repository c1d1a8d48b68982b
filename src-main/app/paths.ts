import type { PolicyHash, TenantId } from '../../src-shared/model/ids.ts';

/**
 * Every path of the home folder, and the only place that joins one. Ids come branded from a verified binding or a
 * verified enrolment, a policy's hash from who computed or checked it; their pattern (src-shared/model/ids.ts) keeps each
 * path inside its folder.
 */
export const paths = {
  appFile: 'run/app.json',
  log: 'logs/bulkhead.log',
  demoFolder: 'demo',
  tenants: 'tenants',
  tenantFolder: (tenant: TenantId) => `tenants/${tenant}`,
  ledgerFolder: (tenant: TenantId) => `tenants/${tenant}`,
  ledger: (tenant: TenantId) => `tenants/${tenant}/ledger.db`,
  vaultFolder: (tenant: TenantId) => `tenants/${tenant}/vault`,
  vault: (tenant: TenantId) => `tenants/${tenant}/vault/vault.json`,
  enrolment: (tenant: TenantId) => `tenants/${tenant}/enrolment.json`,
  instances: (tenant: TenantId) => `tenants/${tenant}/instances.json`,
  tools: (tenant: TenantId) => `tenants/${tenant}/tools.json`,
  keptPolicy: (tenant: TenantId, sha256: PolicyHash) => `tenants/${tenant}/policies/${sha256}.json`,
  desk: (tenant: TenantId) => `tenants/${tenant}/desk.json`,
} as const;
