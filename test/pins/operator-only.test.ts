// The line between a person and an AI tool with a shell: what a connection may not ask before it proved the operator.
import { describe, expect, it } from 'vitest';
import { serveFrontEnd, type FrontEndPowers } from '../../src-main/app/front-end.ts';
import { ui } from '../../src-shared/contract/ui.ts';
import { client } from '../../src-shared/wire/client.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';

/** Powers that fail whatever is asked of them, so that only the answer OPERATOR_ONLY is one. */
const nothing = new Proxy({}, { get: (_, name) => (name === 'onChange' ? () => () => {} : undefined) });
const powers = {
  facts: Object.assign(Object.create(nothing) as object, { ledger: { entries: 0 } }),
  crew: Object.assign(Object.create(nothing) as object, { progress: { add: () => () => {} } }),
  bodies: nothing,
  customerKeys: nothing,
  switcher: nothing,
  clientApps: nothing,
  credentials: nothing,
  instances: nothing,
  surveys: nothing,
  evidence: nothing,
  operator: { isOperator: () => false },
} as unknown as FrontEndPowers;

const approval = 'ap-0000000000000000';
const inputs: Partial<Record<keyof typeof ui, unknown>> = {
  authenticate: { operatorToken: 'x' },
  bindCustomer: { customer: 'x' },
  addClient: { name: 'x', pin: null },
  armClient: { name: 'x', customer: null },
  suspendClient: { name: 'x' },
  revokeClient: { name: 'x' },
  callTool: { tool: 'x', arguments: {} },
  explain: { client: 'x' },
  tryCall: { tool: 'x', arguments: {}, client: null },
  approve: { id: approval, fingerprint: 'x', identity: null, standing: null },
  deny: { id: approval, fingerprint: 'x', identity: null, reason: '' },
  denyApprovals: { ids: [approval], reason: '' },
  extendApproval: { id: approval },
  withdrawStanding: { id: 'st-0000000000000000' },
  colleagues: { approval },
  colleagueIdentity: { id: 'x' },
  acceptTool: { name: 'ticket_list', hash: 'x' },
  openCross: { client: 'x', customers: ['x', 'y'], reason: 'Renewals of both.', minutes: 5 },
  closeCross: { code: 'CROSS-1' },
  entries: { limit: 1, filter: {} },
  outline: { filter: {}, spans: 1 },
  bodiesOf: { seqs: [1] },
  destroyCustomerKey: { customer: 'x', code: 'x' },
  beginExport: { format: 'bundle', filter: {}, bodies: false },
  earlierPolicy: { sha256: 'a'.repeat(64) },
  prove: { size: 0, seqs: [], earlier: [] },
  sealKey: { instance: 'x' },
  setCredential: { instance: 'x', box: { key: '', iv: '', data: '' } },
  revokeCredential: { instance: 'x' },
  testInstance: { instance: 'x' },
  addInstance: { connector: 'x', name: 'x', baseUrl: 'x', settings: {} },
  changeInstance: { instance: 'x', name: 'x', baseUrl: 'x', settings: {} },
  removeInstance: { instance: 'x' },
  surveyInstance: { instance: 'x' },
  mapCustomers: { instance: 'x', changes: [] },
};

describe('a connection without the operator', () => {
  it('is refused exactly these calls', async () => {
    const [near, far] = memoryPorts();
    serveFrontEnd(powers, far, false);
    const api = client(ui, near) as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    const refused: string[] = [];
    for (const [name, { kind }] of Object.entries(ui)) {
      if (kind !== 'call') continue;
      const fault = await api[name]?.(inputs[name as keyof typeof ui]).catch((thrown: unknown) => thrown);
      expect((fault as { code?: string } | undefined)?.code, name).not.toBe('BAD_INPUT');
      if ((fault as { code?: string } | undefined)?.code === 'OPERATOR_ONLY') refused.push(name);
    }
    expect(refused).toEqual([
      ...['bindCustomer', 'addClient', 'armClient', 'tryCall'],
      ...['approve', 'deny', 'denyApprovals', 'extendApproval', 'colleagueIdentity'],
      ...['resumeAi', 'acceptTool', 'openCross', 'callTool', 'bodiesOf', 'destroyCustomerKey'],
      ...['setCredential', 'revokeCredential', 'testInstance'],
      ...['addInstance', 'changeInstance', 'removeInstance', 'surveyInstance', 'mapCustomers', 'openWindow'],
    ]);
  });
});
