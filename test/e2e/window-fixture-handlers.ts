/** The `ui` contract over the made-up MSP, as the application would answer it. */
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { deny } from '../../src-shared/model/denial.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import { approvalHandlers } from './window-fixture-approvals.ts';
import { fixtureTools } from './window-fixture-data.ts';
import { instanceHandlers } from './window-fixture-instances.ts';
import { client, type FixtureMsp } from './window-fixture-msp.ts';
import { ledgerHandlers } from './window-fixture-evidence.ts';
import { policyHandlers } from './window-fixture-policy.ts';

export const fixtureToken = 'c0ffee11'.repeat(8);

export function fixtureHandlers(msp: FixtureMsp): Handlers<typeof ui> {
  const asked = (name: string, input: unknown): void => void msp.asked.push({ name, input });
  const setClient = (name: string, state: 'armed' | 'suspended' | 'revoked'): void =>
    msp.change({ clients: msp.state.clients.map((app) => (app.name === name ? { ...app, state } : app)) });
  return {
    authenticate: () => undefined,
    state: () => msp.state,
    customers: () => msp.customers,
    bindCustomer: ({ customer }) => {
      asked('bindCustomer', { customer });
      const fault = msp.nextBindFault;
      msp.nextBindFault = null;
      if (fault !== null) throw fault;
      msp.bind(customer);
      const { binding } = msp.state;
      if (binding === null) throw new Fault('NO_SUCH_CUSTOMER', 'There is no such customer.');
      return { code: binding.customer.code, epoch: binding.epoch };
    },
    releaseCustomer: () => msp.bind(null),
    addClient: (input) => {
      asked('addClient', input);
      msp.change({
        clients: [...msp.state.clients, { ...client('d', input.name, 'armed'), pin: input.pin, lastUsed: null }],
      });
      return { name: input.name, token: fixtureToken, customer: input.pin };
    },
    armClient: (input) => {
      asked('armClient', input);
      if (input.customer !== msp.state.binding?.customer.code)
        throw new Fault('SCOPE_CHANGED', 'Another customer is bound by now.', 'Look, then arm again.');
      setClient(input.name, 'armed');
    },
    suspendClient: ({ name }) => setClient(name, 'suspended'),
    revokeClient: ({ name }) => setClient(name, 'revoked'),
    tools: () => fixtureTools,
    callTool: (input) => {
      asked('callTool', input);
      const offered = fixtureTools.find(({ definition }) => definition.name === input.tool);
      const code =
        offered?.isAllowed !== true ? 'POLICY_DENIED' : offered.asks > 0 ? ('APPROVAL_PENDING' as const) : undefined;
      const entry = msp.call(input.tool, {
        ...(code === undefined ? {} : { code }),
        params: input.arguments,
        client: 'operator',
        records: 3,
        dropped: 1,
      });
      const auditRef = String(entry.seq);
      if (code !== undefined) {
        const { gate, reason, remedy } = deny(code);
        const waits = code === 'APPROVAL_PENDING' ? { approval: 'ap-00000000000000aa' } : {};
        return { denied: true as const, gate, code, reason, remedy, auditRef, ...waits };
      }
      const isSecret = offered?.definition.risk === 'credential';
      const records = isSecret ? [fixtureSecret] : Array.from({ length: msp.records }, (_, place) => ticket(place));
      const customer = msp.state.binding?.customer.code ?? '';
      const provenance = { connector: offered?.definition.connector ?? '', trust: 'untrusted' as const };
      const found = isSecret ? { dropped: 0, redacted: 0 } : { dropped: 1, redacted: 2, flagged: 1 };
      return { customer, records, ...found, provenance, auditRef };
    },
    ...ledgerHandlers(msp, asked),
    ...instanceHandlers(msp, asked),
    ...policyHandlers(msp, asked),
    ...approvalHandlers(msp, asked),
    doctor: () => [],
    openWindow: () => ({ url: null }),
  };
}

export const fixtureSecret = { id: 81, name: 'Firewall admin', username: 'admin', password: 'horse-battery-81' };

const ticket = (place: number) => ({
  id: 48_201 + place,
  summary: `Printer ${place + 1} is offline`,
  status: 'Open',
  priority: 1 + (place % 4),
  updated: '2026-11-20',
});
