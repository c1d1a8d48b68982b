// Attack: what the window does not offer is called anyway, by somebody who holds the operator token: over the control socket as
// a command would, with input that is in order. A role decides at the deed, not at the button.
import { afterEach, describe, expect, it } from 'vitest';
import type { ui } from '../../src-shared/contract/ui.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

let app: RunningApp | undefined;
afterEach(async () => {
  await app?.stop();
  app?.remove();
});

type Api = Client<typeof ui>;
const input = { name: 'Mine', baseUrl: 'https://mine.example', settings: {} };
const instance = 'northway-halo';
const box = { key: 'x', iv: 'x', data: 'x' };
const managing: readonly (readonly [string, (api: Api) => Promise<unknown>])[] = [
  ['bindCustomer', (api) => api.bindCustomer({ customer: 'MERI-7' })],
  ['addClient', (api) => api.addClient({ name: 'mine', pin: null })],
  ['addClient, pinned', (api) => api.addClient({ name: 'mine', pin: 'MERI-7' })],
  ['armClient', (api) => api.armClient({ name: 'mine', customer: null })],
  ['addInstance', (api) => api.addInstance({ connector: 'halopsa', ...input })],
  ['changeInstance', (api) => api.changeInstance({ instance, ...input })],
  ['removeInstance', (api) => api.removeInstance({ instance })],
  ['mapCustomers', (api) => api.mapCustomers({ instance, changes: [{ customer: 'acme-ltd', owner: '214' }] })],
  ['surveyInstance', (api) => api.surveyInstance({ instance })],
  ['testInstance', (api) => api.testInstance({ instance })],
  ['setCredential', (api) => api.setCredential({ instance, box })],
  ['revokeCredential', (api) => api.revokeCredential({ instance })],
  ['acceptTool', (api) => api.acceptTool({ name: 'ticket_list', hash: '0'.repeat(64) })],
  ['resumeAi', (api) => api.resumeAi(undefined)],
  ['destroyCustomerKey', (api) => api.destroyCustomerKey({ customer: 'MERI-7', code: 'MERI-7' })],
  [
    'openCross',
    (api) => api.openCross({ client: 'mine', customers: ['MERI-7', 'ACME-1'], reason: 'Only to see.', minutes: 5 }),
  ],
];

describe('a right that a role does not have', () => {
  it('is refused to an auditor who calls anyway, and nothing of it happens', async () => {
    app = await startApp({ demoAs: 'june.okafor' });
    const { operator } = app;
    const before = await operator.state(undefined);
    expect(before.rights).toEqual(['read-ledger', 'export-ledger', 'read-bodies']);
    for (const [name, deed] of managing) {
      const refused = await deed(operator).then(
        () => 'done',
        (thrown: { code?: string }) => thrown.code,
      );
      // An app that does not exist is not told from one that may not be opened.
      expect(['NOT_ALLOWED', ...(name === 'openCross' ? ['UNKNOWN_CLIENT'] : [])], name).toContain(refused);
    }
    const after = await operator.state(undefined);
    expect([after.binding, after.clients, after.instances, after.crosses]).toEqual([
      before.binding,
      before.clients,
      before.instances,
      before.crosses,
    ]);
    const { entries } = await operator.entries({ limit: 100, filter: {} });
    expect(entries.filter(({ principal }) => principal.kind !== 'system')).toEqual([]);
    expect((await operator.customers(undefined)).some(({ mayBind, mayCross }) => mayBind || mayCross)).toBe(false);
  });

  it('is refused of the ledger to a service account, and of customers who are another technician’s', async () => {
    app = await startApp({ demoAs: 'nightly.reports' });
    const { operator } = app;
    for (const read of [
      () => operator.entries({ limit: 1, filter: {} }),
      () => operator.outline({ filter: {}, spans: 1 }),
      () => operator.verifyLedger(undefined),
      () => operator.checkpoint(undefined),
      () => operator.bodiesOf({ seqs: [1] }),
      () => operator.keptBodies(undefined),
      () => operator.beginExport({ format: 'jsonl', filter: {} }),
      () => operator.policy(undefined),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    }
    await expect(operator.bindCustomer({ customer: 'MERI-7' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await operator.bindCustomer({ customer: 'THOR-2' })).toMatchObject({ code: 'THOR-2' });
  });
});
