import type { gatewayControl } from '../../src-shared/contract/gateway.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { aliveIn } from './alive-approvals.ts';
import type { Facts } from './facts.ts';

/**
 * Keeps the facts abreast of what waits in one gateway, and what is approved there, while `isRunning`. Asked once at a time and again when something
 * changed meanwhile, so that fifty calls at once are two questions and not fifty.
 */
export function watchApprovals(
  api: Pick<Client<typeof gatewayControl>, 'approvals' | 'on'>,
  facts: Facts,
  isRunning: () => boolean,
): void {
  let isAsking = false;
  let isStale = false;
  const ask = async (): Promise<void> => {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    while (isStale) {
      isStale = false;
      const told = await api.approvals(undefined, { deadlineMs: 5000 }).catch(() => undefined);
      if (!told || !isRunning()) continue;
      facts.change((all) => {
        Object.assign(all, aliveIn(told));
        all.approvalChanges += 1;
      });
    }
    isAsking = false;
  };
  api.on('approvalsChanged', () => void ask());
}
