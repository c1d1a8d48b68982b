// The circuit breaker stands for the vendor's health, for every customer. What one customer's AI provokes at will, by asking
// for what the vendor must refuse or by using up its own rate, says nothing of that: it must not stop the others, and
// neither may calls that never ask the vendor use up the probes by which a circuit closes again.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { bindingTo, callOf, clientOf, hashOf, msp, never } from '../gateway/given.ts';
import { makeWorld, okAnswer, type World } from '../gateway/world.ts';

/** One AI is pinned to Acme and hostile, the other to Zenith and honest. */
async function twoCustomers() {
  const world = await makeWorld();
  const zenithsHash = hashOf('b');
  const clients = [
    clientOf({ pin: { customer: 'acme', epoch: 1 }, armedFor: 'acme' }),
    clientOf({ pin: { customer: 'zenith', epoch: 2 }, armedFor: 'zenith', tokenHash: zenithsHash, name: 'other' }),
  ];
  await world.scope.replace(msp, clients, bindingTo('acme'));
  const asAcme = (): ReturnType<typeof callTool> => callTool(callOf('ticket_list'), world.powers, never);
  const asZenith = (): ReturnType<typeof callTool> =>
    callTool(
      {
        caller: { kind: 'client', tokenHash: zenithsHash },
        tool: 'ticket_list',
        arguments: { customer: 'ZEN-2' },
      },
      world.powers,
      never,
    );
  return { world, asAcme, asZenith };
}

const byCustomer =
  (world: World, acme: () => Promise<WorkerAnswer>): World['worker'] =>
  async (call) =>
    call.customer.code === 'ACME-1' ? acme() : okAnswer(['17', 1]);

const failing: readonly (readonly [string, WorkerAnswer])[] = [
  [
    'what the vendor refuses: an order it does not take, a file it keeps elsewhere, a list too long to look through',
    { status: 'denied', code: 'VENDOR_ERROR', reason: 'The vendor refused the request.' },
  ],
  [
    'its own rate used up',
    { status: 'denied', code: 'VENDOR_ERROR', reason: 'The rate limit of the vendor is reached.' },
  ],
  ['what the stored credential may not do', { status: 'denied', code: 'CREDENTIAL_UNAVAILABLE' }],
  [
    'what makes the vendor fail: a text it stumbles over, a list that takes too long',
    { status: 'denied', code: 'TIMED_OUT', isOutage: true },
  ],
];

describe('one customer’s AI and the circuit of a vendor', () => {
  it.each(failing)('does not open it for another customer by %s', async (_, answer) => {
    const { world, asAcme, asZenith } = await twoCustomers();
    world.worker = byCustomer(world, async () => answer);
    for (let time = 0; time < 20; time += 1) await asAcme();
    expect(await asZenith()).toMatchObject({ records: [{ id: 1 }] });
  });

  it.each([
    [
      'arguments the worker refuses',
      async (): Promise<WorkerAnswer> => ({ status: 'denied', code: 'INVALID_ARGUMENTS' }),
    ],
    ['a call given up at once', (): Promise<WorkerAnswer> => Promise.reject(new Fault('CANCELLED', 'gone'))],
  ])('does not keep it open with %s', async (_, acme) => {
    const { world, asAcme } = await twoCustomers();
    world.worker = byCustomer(world, async () => ({ status: 'denied', code: 'VENDOR_ERROR', isOutage: true }));
    for (let time = 0; time < 5; time += 1) await asAcme();
    expect(await asAcme()).toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
    world.worker = byCustomer(world, acme);
    for (let probe = 0; probe < 10; probe += 1) {
      world.clock += 15_000;
      await asAcme();
    }
    world.worker = byCustomer(world, async () => okAnswer(['12', 2]));
    expect(await asAcme()).toMatchObject({ records: [{ id: 2 }] });
  });
});
