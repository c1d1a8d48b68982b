import { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import type { ToolAnswer } from '../../src-shared/model/tool-answer.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import type { WindowSurface } from '../host.ts';
import type { ClientApps } from './client-apps.ts';
import type { Credentials } from './credentials.ts';
import { checkUp } from './doctor.ts';
import type { Instances } from './instances.ts';
import type { Operator } from './operator.ts';
import type { Surveys } from './surveys.ts';
import type { Switcher } from './switcher.ts';
import { testInstance } from './test-instance.ts';
import { viewCustomers, viewState, type ViewPowers } from './view.ts';
import { viewMapping } from './view-mapping.ts';

export interface FrontEndPowers extends ViewPowers {
  readonly switcher: Switcher;
  readonly clientApps: ClientApps;
  readonly credentials: Credentials;
  readonly instances: Instances;
  readonly surveys: Surveys;
  readonly operator: Operator;
  readonly window: () => WindowSurface | undefined;
}

/**
 * Serves one front end, a window or a command, over its port. A window has proved the operator by its log-in; a command
 * has not until it shows the operator token, and until then whatever widens an AI's reach is refused.
 */
export function serveFrontEnd(powers: FrontEndPowers, port: Port, provedOperator: boolean): void {
  const { facts, crew, switcher, clientApps, credentials, instances, surveys, operator } = powers;
  let isOperator = provedOperator;
  const operatorOnly = (): void => {
    if (isOperator) return;
    throw new Fault(
      'OPERATOR_ONLY',
      'Only the operator may do this.',
      'Set BULKHEAD_OPERATOR_TOKEN to the token that `bulkhead start` wrote, or do it in the window.',
    );
  };

  /** A call that only the operator may make: nothing of it happens before the connection proved it. */
  const forOperator =
    <I, O>(deed: (input: I, signal: AbortSignal) => O) =>
    (input: I, signal: AbortSignal): O => {
      operatorOnly();
      return deed(input, signal);
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

    bindCustomer: forOperator(async ({ customer }) => {
      const bound = await switcher.bind(customer);
      return { code: bound.customer.code, epoch: bound.epoch };
    }),
    releaseCustomer: () => switcher.release(),

    addClient: forOperator(async ({ name, pin }) => {
      const { app, token } = await clientApps.add(name, pin);
      return { name, token, customer: app.pin ? (facts.customer(app.pin.customer)?.code ?? null) : null };
    }),
    armClient: forOperator(({ name, customer }) => clientApps.arm(name, customer)),
    suspendClient: ({ name }) => clientApps.suspend(name),
    revokeClient: ({ name }) => clientApps.revoke(name),

    tools: () => crew.gateway.offeredTools(),
    explain: (asked) => crew.gateway.explain(asked),
    tryCall: forOperator((asked) => crew.gateway.tryCall(asked)),

    approvals: () => crew.gateway.approvals(),
    approve: forOperator(notBuilt),
    deny: forOperator(notBuilt),
    denyApprovals: forOperator(notBuilt),
    extendApproval: forOperator((asked) => crew.gateway.extendApproval(asked)),
    withdrawStanding: (asked) => crew.gateway.withdrawStanding(asked),
    colleagues: () => [],
    colleagueIdentity: forOperator(notBuilt),

    stopAi: notBuilt,
    resumeAi: forOperator(notBuilt),
    toolReviews: () => [],
    acceptTool: forOperator(notBuilt),
    openCross: forOperator(notBuilt),
    closeCross: notBuilt,

    callTool: forOperator(callAsOperator),

    entries: (query) => crew.ledger.page(query),
    verifyLedger: (_, signal) => crew.ledger.verify(undefined, { signal }),
    checkpoint: () => crew.checkpoint(),

    sealKey: ({ instance }) => ({ ...credentials.sealing(instance), fields: fieldsOf(instance) }),
    setCredential: forOperator(({ instance, box }) => instances.setCredential(instance, box)),
    revokeCredential: forOperator(({ instance }) => instances.revokeCredential(instance)),
    testInstance: ({ instance }, signal) => {
      const callTool = (tool: string): Promise<ToolAnswer> => callAsOperator({ tool, arguments: {} }, signal);
      return testInstance(facts.knownInstance(instance), { facts, surveys, callTool, operatorOnly }, signal);
    },

    connectors: () => [...facts.connectors],
    addInstance: forOperator(async ({ connector, ...input }) => ({ instance: await instances.add(connector, input) })),
    changeInstance: forOperator(({ instance, ...input }) => instances.change(instance, input)),
    removeInstance: forOperator(({ instance }) => instances.remove(instance)),
    surveyInstance: forOperator(async ({ instance }, signal) => {
      const survey = await surveys.run(facts.knownInstance(instance), 'all', signal);
      return viewMapping(facts.knownInstance(instance), survey, facts);
    }),
    mapCustomers: forOperator(async ({ instance, changes }) => ({ mapped: await instances.map(instance, changes) })),

    doctor: () => checkUp(powers),
    openWindow: forOperator(() => ({ url: powers.window()?.mintUrl() ?? null })),
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

  function fieldsOf(id: InstanceId): string[] {
    const connector = facts.tenancy.instances.find((each) => each.id === id)?.connector;
    return [...(facts.connectors.find(({ name }) => name === connector)?.credentialFields ?? [])];
  }
}

function notBuilt(): never {
  throw new Fault('NOT_BUILT', 'This is not built yet.');
}
