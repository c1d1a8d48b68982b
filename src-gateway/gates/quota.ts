import type { CallLimit } from '../../src-shared/model/bundle.ts';
import { type Denial, deny } from '../../src-shared/model/denial.ts';
import { err, ok, type Result } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByEntitlement, ByQuota, ByTenant, Counted, Exhausted } from '../proofs.ts';

type Needs = ByTenant & ByCustomer & ByEntitlement;

/** Gate 6: one call is taken of the billing period and of every limit that is on it, or there is none left of one. */
export const quota: Gate<Powers, Needs, ByQuota> = (call, { now, clock }) => {
  const taken = call.session.quota.take(countedAs(call), { now: now(), clock: clock() });
  return taken.ok ? ok({ release: taken.value }) : err(denial(taken.error));
};

/** The same without taking anything: what a trial asks. */
export function hasRoom(call: Needs, { now, clock }: Powers): Result<object, Denial> {
  const exhausted = call.session.quota.exhausted(countedAs(call), { now: now(), clock: clock() });
  return exhausted ? err(denial(exhausted)) : ok({});
}

const countedAs = ({ principal, customer, definition }: Needs): Counted => ({
  technician: principal.id,
  client: principal.client,
  customer: customer.code,
  tool: definition.name,
});

function denial({ limit, wait }: Exhausted): Denial {
  if (limit === 'included') return deny('QUOTA_EXCEEDED');
  const { per, calls, window } = limit;
  const reason =
    calls === 0
      ? `The company allows ${subjects[per]} no calls ${windows[window]}.`
      : `The ${calls === 1 ? 'one call' : `${calls} calls`} that the company allows ${subjects[per]} ${windows[window]} ${calls === 1 ? 'is' : 'are'} used up.`;
  return deny('QUOTA_EXCEEDED', { reason, remedy: remedy(window, wait) });
}

/** No names: the reason is read by an AI, which may be told of no customer, technician or app but its own. */
const subjects: Record<CallLimit['per'], string> = {
  technician: 'the technician',
  client: 'this client app',
  customer: 'the bound customer',
  tool: 'this tool',
};

const windows: Record<CallLimit['window'], string> = {
  minute: 'in a minute',
  day: 'in a day (UTC)',
  period: 'in a billing period',
};

function remedy(window: CallLimit['window'], wait: number | null): string {
  const ask = 'ask the Bulkhead administrator to allow more.';
  if (wait === null) return `Do not repeat the call; ${ask}`;
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  if (window === 'minute') return `Call again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  const hours = Math.ceil(seconds / 3600);
  const when =
    window === 'period' ? 'the next period' : `the next day, in ${hours === 1 ? 'an hour' : `${hours} hours`}`;
  return `Wait for ${when}, or ${ask}`;
}
