import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkUp } from '../../src-main/app/doctor.ts';
import { recordPolicy } from '../../src-main/app/kept-policies.ts';
import { brokerControl } from '../../src-shared/contract/broker.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { deskWorld } from './desk-of.ts';
import { policyWorld } from './policy-world.ts';

let credentials: Handlers<typeof brokerControl>['credentials'];
const found = async (name: string, { facts, host } = deskWorld()) => {
  const [near, far] = memoryPorts();
  serve(brokerControl, { credentials: (...asked) => credentials(...asked) } as Handlers<typeof brokerControl>, far);
  const crew = { views: () => [], broker: client(brokerControl, near) };
  const checks = await checkUp({ facts, crew, host } as never);
  return checks.find(({ check }) => check === name);
};
const keystore = () => found('keystore');
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('counts what the broker keeps', async () => {
  credentials = () => [];
  expect(await keystore()).toEqual({ check: 'keystore', ok: true, detail: '0 credential(s)', remedy: '' });
});

it('names a broker that hangs, and waits for it no longer than a moment', async () => {
  credentials = () => new Promise(() => {});
  const told = keystore();
  await vi.advanceTimersByTimeAsync(6000);
  expect(await told).toMatchObject({ check: 'keystore', ok: false, detail: 'The broker does not answer.' });
});

it('says whether the text of the policy in force is kept', async () => {
  credentials = () => [];
  const world = policyWorld();
  expect(await found('policy text', world)).toMatchObject({ ok: false, detail: 'version 4' });
  await recordPolicy({ ...world, log: () => {} });
  expect(await found('policy text', world)).toMatchObject({ ok: true, remedy: '' });
});

it('says that the ledger was found broken, for as long as it was not found whole', async () => {
  credentials = () => [];
  const desk = deskWorld();
  expect(await found('ledger verified', desk)).toBeUndefined();
  desk.facts.broken = { seq: 212, problem: 'It was changed.', isUnreadable: false };
  expect(await found('ledger verified', desk)).toEqual({
    check: 'ledger verified',
    ok: false,
    detail: 'The ledger is broken at entry 212.',
    remedy: expect.stringMatching(/^It was changed\. Export it now/),
  });
});
