import type { gatewayControl } from '../../src-shared/contract/gateway.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { aliveIn } from './alive-approvals.ts';
import type { Facts } from './facts.ts';

/** Milliseconds from a question that was not answered to the next. */
const again = 1000;

/**
 * Keeps the facts abreast of what waits in one gateway, and what is approved there, while `isRunning`. Asked once at a time, and
 * again when something changed meanwhile, so that fifty calls at once are two questions and not fifty. What was not answered in
 * time is asked again: nobody would tell of the same change twice.
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
      if (!isRunning()) continue;
      if (!told) {
        isStale = true;
        await new Promise((resolve) => setTimeout(resolve, again));
        continue;
      }
      facts.change((all) => {
        Object.assign(all, aliveIn(told));
        all.approvalChanges += 1;
      });
    }
    isAsking = false;
  };
  api.on('approvalsChanged', () => void ask());
}
