import type { Right } from '../../src-shared/model/right.ts';

/** Where somebody works whom the policy gives no customer: an auditor reads the ledger, who sets up connectors sets them up. */
export const workplaces = [
  { right: 'read-ledger', to: '/ledger' },
  { right: 'manage-connectors', to: '/connectors' },
  { right: 'review-tools', to: '/tools' },
] as const satisfies readonly { right: Right; to: string }[];
