import { describe, expect, it } from 'vitest';
import { hasRoom, quota } from '../../../src-gateway/gates/quota.ts';
import type { Bundle, CallLimit } from '../../../src-shared/model/bundle.ts';
import { bindingTo } from '../given.ts';
import { issuer, makeWorld } from '../world.ts';

const hour = 60 * 60 * 1000;

/** Gate 6 for one call under a rule, as often as asked. */
async function gateWith(rule: Partial<Bundle['quota']>) {
  const bundle = { quota: { includedCalls: 100, overage: 'block', ...rule } };
  const world = await makeWorld({ enrolment: await issuer.enrol({ bundle }) });
  const { session } = world;
  const powers = { ...world.powers, clock: () => world.clock };
  const [definition, customer] = [session.tools.get('ticket_list')?.definition, session.customers.get('acme' as never)];
  const [instance] = session.instances;
  if (!definition || !customer || !instance) throw new Error('the world has not enough');
  const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'claude' };
  const call = { session, principal, binding: bindingTo('acme'), customer, definition, instance, owner: '12' };
  const pass = (ms: number): void => {
    world.now += ms;
    world.clock += ms;
  };
  return { ask: async () => quota(call, powers), look: () => hasRoom(call, powers), pass };
}

/** What is said when a limit is reached, so long after its calls. */
const words = async (limit: CallLimit, later = 0): Promise<{ reason: string; remedy: string }> => {
  const { ask, pass } = await gateWith({ limits: [limit] });
  for (let taken = 0; taken < limit.calls; taken += 1) expect(await ask()).toMatchObject({ ok: true });
  pass(later);
  const refused = await ask();
  if (refused.ok) throw new Error('it was let through');
  const { code, gate, reason, remedy } = refused.error;
  expect([code, gate]).toEqual(['QUOTA_EXCEEDED', 'quota']);
  return { reason, remedy };
};

describe('quota', () => {
  it('takes one call, gives it back on release, and denies when none is left', async () => {
    const { ask } = await gateWith({ includedCalls: 1 });
    const first = await ask();
    expect(first).toMatchObject({ ok: true });
    expect(await ask()).toMatchObject({
      ok: false,
      error: {
        code: 'QUOTA_EXCEEDED',
        gate: 'quota',
        reason: 'The included calls of this billing period are used up.',
      },
    });
    if (first.ok) first.value.release();
    expect(await ask()).toMatchObject({ ok: true });
  });

  it.each([
    [
      { per: 'technician', of: null, calls: 1, window: 'day' },
      'The one call that the company allows the technician in a day (UTC) is used up.',
    ],
    [
      { per: 'client', of: 'claude', calls: 2, window: 'minute' },
      'The 2 calls that the company allows this client app in a minute are used up.',
    ],
    [
      { per: 'customer', of: 'ACME-1', calls: 1, window: 'period' },
      'The one call that the company allows the bound customer in a billing period is used up.',
    ],
    [
      { per: 'tool', of: 'ticket_list', calls: 0, window: 'minute' },
      'The company allows this tool no calls in a minute.',
    ],
  ] as const)('says in plain words which limit it was, and names nobody: %o', async (limit, reason) => {
    expect((await words(limit)).reason).toBe(reason);
  });

  it.each([
    ['minute', 1, 'Call again in 60 seconds.'],
    ['day', 1, 'Wait for the next day, in 12 hours, or ask the Bulkhead administrator to allow more.'],
    ['period', 1, 'Wait for the next period, or ask the Bulkhead administrator to allow more.'],
    ['minute', 0, 'Do not repeat the call; ask the Bulkhead administrator to allow more.'],
  ] as const)('says when there is room again: %s, %i', async (window, calls, remedy) => {
    expect((await words({ per: 'tool', of: null, calls, window })).remedy).toBe(remedy);
  });

  it.each([
    ['minute', 58_000, 'Call again in 2 seconds.'],
    ['minute', 58_001, 'Call again in 2 seconds.'],
    ['minute', 59_000, 'Call again in 1 second.'],
    ['minute', 59_999, 'Call again in 1 second.'],
    ['day', 10 * hour, 'Wait for the next day, in 2 hours, or ask the Bulkhead administrator to allow more.'],
    ['day', 11 * hour, 'Wait for the next day, in an hour, or ask the Bulkhead administrator to allow more.'],
    ['day', 12 * hour - 1, 'Wait for the next day, in an hour, or ask the Bulkhead administrator to allow more.'],
  ] as const)('says how long it still is, rounded up: %s after %i ms', async (window, later, remedy) => {
    expect((await words({ per: 'tool', of: null, calls: 1, window }, later)).remedy).toBe(remedy);
  });

  it('keeps no limit that is of another name', async () => {
    const { ask } = await gateWith({ limits: [{ per: 'client', of: 'cursor', calls: 0, window: 'day' }] });
    expect(await ask()).toMatchObject({ ok: true });
  });
});

describe('hasRoom', () => {
  it('says the same, and takes nothing', async () => {
    const { ask, look } = await gateWith({ includedCalls: 1 });
    for (let time = 0; time < 3; time += 1) expect(look()).toEqual({ ok: true, value: {} });
    await ask();
    expect(look()).toMatchObject({ ok: false, error: { code: 'QUOTA_EXCEEDED' } });
  });
});
