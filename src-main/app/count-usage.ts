import type { gatewayControl } from '../../src-shared/contract/gateway.ts';
import type { ledgerControl, Tally } from '../../src-shared/contract/ledger.ts';
import type { CallLimit } from '../../src-shared/model/bundle.ts';
import type { CallOptions, Client } from '../../src-shared/wire/contract.ts';

type Usage = Parameters<Client<typeof gatewayControl>['enrol']>[0]['usage'];
type Counting = Pick<Client<typeof ledgerControl>, 'countCalls' | 'tallyCalls'>;

/**
 * What the ledger has of this month, day (UTC) and minute, so that a gateway that starts again gives no call back. Who called
 * what for whom is counted only for the windows that a limit is on.
 */
export async function countUsage(
  ledger: Counting,
  { now, limits, deadline }: { now: number; limits: readonly CallLimit[]; deadline: CallOptions },
): Promise<Usage> {
  const today = new Date(now).toISOString();
  const [period, day] = [today.slice(0, 7), today.slice(0, 10)];
  const tally = async (window: CallLimit['window'], from: string): Promise<Tally[]> =>
    limits.some((limit) => limit.window === window) ? ledger.tallyCalls({ from }, deadline) : [];
  const { calls } = await ledger.countCalls({ from: `${period}-01T00:00:00.000Z` }, deadline);
  return {
    period,
    calls,
    day,
    ofPeriod: await tally('period', `${period}-01T00:00:00.000Z`),
    ofDay: await tally('day', `${day}T00:00:00.000Z`),
    ofMinute: await tally('minute', new Date(now - 60_000).toISOString()),
  };
}
