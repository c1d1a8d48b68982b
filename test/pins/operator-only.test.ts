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
  crew: nothing,
  switcher: nothing,
  clientApps: nothing,
  credentials: nothing,
  instances: nothing,
  surveys: nothing,
  operator: { isOperator: () => false },
} as unknown as FrontEndPowers;

const inputs: Partial<Record<keyof typeof ui, unknown>> = {
  authenticate: { operatorToken: 'x' },
  bindCustomer: { customer: 'x' },
  addClient: { name: 'x', pin: null },
  armClient: { name: 'x', customer: null },
  suspendClient: { name: 'x' },
  revokeClient: { name: 'x' },
  callTool: { tool: 'x', arguments: {} },
  entries: { limit: 1, filter: {} },
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
      ...['bindCustomer', 'addClient', 'armClient', 'callTool', 'setCredential', 'revokeCredential'],
      ...['addInstance', 'changeInstance', 'removeInstance', 'surveyInstance', 'mapCustomers', 'openWindow'],
    ]);
  });
});
