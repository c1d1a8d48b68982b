import { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import { isDenied } from '../../src-shared/model/tool-answer.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import type { WindowSurface } from '../host.ts';
import type { ClientApps } from './client-apps.ts';
import type { Credentials } from './credentials.ts';
import { checkUp } from './doctor.ts';
import type { Operator } from './operator.ts';
import type { Switcher } from './switcher.ts';
import { viewCustomers, viewState, type ViewPowers } from './view.ts';

export interface FrontEndPowers extends ViewPowers {
  readonly switcher: Switcher;
  readonly clientApps: ClientApps;
  readonly credentials: Credentials;
  readonly operator: Operator;
  readonly window: () => WindowSurface | undefined;
}

/**
 * Serves one front end, a window or a command, over its port. A window has proved the operator by its log-in; a command
 * has not until it shows the operator token, and until then whatever widens an AI's reach is refused.
 */
export function serveFrontEnd(powers: FrontEndPowers, port: Port, provedOperator: boolean): void {
  const { facts, crew, switcher, clientApps, credentials, operator } = powers;
  let isOperator = provedOperator;
  const operatorOnly = (): void => {
    if (isOperator) return;
    throw new Fault(
      'OPERATOR_ONLY',
      'Only the operator may do this.',
      'Set BULKHEAD_OPERATOR_TOKEN to the token that `bulkhead start` wrote, or do it in the window.',
    );
  };

  const handlers: Handlers<typeof ui> = {
    authenticate: ({ operatorToken }) => {
      if (!operator.isOperator(operatorToken)) {
        throw new Fault(
          'OPERATOR_UNKNOWN',
          'This is not the operator token of the running Bulkhead.',
          'The token changes at every start.',
        );
      }
      isOperator = true;
    },
    state: () => viewState(powers),
    customers: () => viewCustomers(facts),

    bindCustomer: async ({ customer }) => {
      operatorOnly();
      const bound = await switcher.bind(customer);
      return { code: bound.customer.code, epoch: bound.epoch };
    },
    releaseCustomer: () => switcher.release(),

    addClient: async ({ name, pin }) => {
      operatorOnly();
      const { app, token } = await clientApps.add(name, pin);
      return { name, token, customer: app.pin ? (facts.customer(app.pin.customer)?.code ?? null) : null };
    },
    armClient: async ({ name, customer }) => {
      operatorOnly();
      await clientApps.arm(name, customer);
    },
    suspendClient: ({ name }) => clientApps.suspend(name),
    revokeClient: ({ name }) => clientApps.revoke(name),

    tools: () => crew.gateway.offeredTools(),
    callTool: (call, signal) => {
      operatorOnly();
      return callAsOperator(call, signal);
    },

    entries: (query) => crew.ledger.page(query),
    verifyLedger: (_, signal) => crew.ledger.verify(undefined, { signal }),
    checkpoint: () => crew.checkpoint(),

    sealKey: ({ instance }) => ({ ...credentials.sealing(instance), fields: fieldsOf(instance) }),
    setCredential: async ({ instance, box }) => {
      operatorOnly();
      await credentials.store(instance, box, 'technician');
    },
    testInstance: ({ instance }, signal) => testInstance(instance, signal),

    doctor: () => checkUp(powers),
    openWindow: () => {
      operatorOnly();
      return { url: powers.window()?.mintUrl() ?? null };
    },
  };

  const { emit } = serve(ui, handlers, port);
  let entries = facts.ledger.entries;
  const stop = facts.onChange(() => {
    void viewState(powers).then(
      (state) => emit('changed', state),
      () => {}, // The next change shows it.
    );
    if (facts.ledger.entries === entries) return;
    entries = facts.ledger.entries;
    emit('grew', { entries });
  });
  port.onClose(stop);

  /** A person at the desk means the bound customer when they name none; the gates still compare what is sent. */
  function callAsOperator(call: { tool: string; arguments: Record<string, unknown> }, signal: AbortSignal) {
    const code = facts.customer(facts.switcher?.binding.customer ?? '')?.code;
    const args =
      'customer' in call.arguments || code === undefined ? call.arguments : { customer: code, ...call.arguments };
    return crew.gateway.callTool({ tool: call.tool, arguments: args }, { signal });
  }

  /** The connector's plainest read of the bound customer itself, through all gates like any call. */
  async function testInstance(id: InstanceId, signal: AbortSignal): Promise<{ ok: boolean; detail: string }> {
    const instance = facts.tenancy.instances.find((each) => each.id === id);
    if (!instance)
      throw new Fault(
        'UNKNOWN_INSTANCE',
        'There is no connector instance of this id.',
        'See `bulkhead connector list`.',
      );
    if (!facts.switcher)
      throw new Fault('NO_CUSTOMER', 'A test reads the bound customer, and none is bound.', 'Select a customer first.');
    const probe = facts.tools.find(
      ({ connector, risk, returns, inputSchema }) =>
        connector === instance.connector &&
        risk === 'read' &&
        returns === 'one' &&
        String(inputSchema['required']) === 'customer',
    );
    if (!probe) return { ok: false, detail: 'This connector has no tool that could test it.' };
    const answer = await callAsOperator({ tool: probe.name, arguments: {} }, signal);
    if (isDenied(answer)) return { ok: false, detail: `${answer.reason} ${answer.remedy}` };
    return { ok: true, detail: `${instance.name} answered for ${answer.customer}.` };
  }

  function fieldsOf(id: InstanceId): string[] {
    const connector = facts.tenancy.instances.find((each) => each.id === id)?.connector;
    return [...(facts.connectors.find(({ name }) => name === connector)?.credentialFields ?? [])];
  }
}
