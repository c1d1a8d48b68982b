import { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import type { Right } from '../../src-shared/model/right.ts';
import type { ToolAnswer } from '../../src-shared/model/tool-answer.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import type { WindowSurface } from '../host.ts';
import type { Approvals } from './approvals.ts';
import type { Bodies } from './bodies.ts';
import type { ClientApps } from './client-apps.ts';
import type { Colleagues } from './colleagues.ts';
import type { Credentials } from './credentials.ts';
import type { Crosses } from './cross.ts';
import type { CustomerKeys } from './customer-keys.ts';
import { checkUp } from './doctor.ts';
import type { Evidence } from './evidence.ts';
import type { Instances } from './instances.ts';
import type { Operator } from './operator.ts';
import { demandRight, makeShownRights } from './rights.ts';
import type { AiSwitch } from './stop-ai.ts';
import type { Surveys } from './surveys.ts';
import type { Switcher } from './switcher.ts';
import { testInstance } from './test-instance.ts';
import type { ToolReviews } from './tool-reviews.ts';
import { viewCustomers, viewState, type ViewPowers } from './view.ts';
import { verifyLedger } from './verify-ledger.ts';
import { viewMapping } from './view-mapping.ts';

export interface FrontEndPowers extends ViewPowers {
  readonly switcher: Switcher;
  readonly clientApps: ClientApps;
  readonly approvals: Approvals;
  readonly bodies: Bodies;
  readonly colleagues: Colleagues;
  readonly crosses: Crosses;
  readonly customerKeys: CustomerKeys;
  readonly aiSwitch: AiSwitch;
  readonly credentials: Credentials;
  readonly evidence: Evidence;
  readonly instances: Instances;
  readonly surveys: Surveys;
  readonly toolReviews: ToolReviews;
  readonly operator: Operator;
  readonly window: () => WindowSurface | undefined;
}

/**
 * Serves one front end, a window or a command, over its port. A window has proved the operator by its log-in; a command
 * has not until it shows the operator token, and until then whatever widens an AI's reach is refused. What the company's
 * policy does not let the signed-in technician do is refused to both, at the moment of the deed.
 */
export function serveFrontEnd(powers: FrontEndPowers, port: Port, provedOperator: boolean): void {
  const {
    facts,
    crew,
    switcher,
    clientApps,
    approvals,
    bodies,
    colleagues,
    crosses,
    customerKeys,
    aiSwitch,
    credentials,
    evidence,
    instances,
    surveys,
    toolReviews,
    operator,
  } = powers;
  const shownRights = makeShownRights(powers);
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

  /** A call for which policy must give the technician a right. */
  const byRight =
    <I, O>(right: Right, deed: (input: I, signal: AbortSignal) => O) =>
    async (input: I, signal: AbortSignal): Promise<Awaited<O>> => {
      await demandRight(crew, right);
      return deed(input, signal) as Awaited<O>;
    };

  const handlers: Handlers<typeof ui> = {
    authenticate: ({ operatorToken }) => {
      if (!operator.isOperator(operatorToken)) throw wrongToken(operator.failed());
      isOperator = true;
    },
    state: () => viewState(powers, shownRights),
    customers: async () => viewCustomers(facts, await shownRights()),

    bindCustomer: forOperator(async ({ customer }, signal) => {
      await demandRight(crew, 'bind', facts.knownCustomer(customer).id);
      const bound = await switcher.bind(customer, signal);
      return { code: bound.customer.code, epoch: bound.epoch };
    }),
    releaseCustomer: () => switcher.release(),

    addClient: forOperator(
      byRight('manage-client-apps', async ({ name, pin }, signal) => {
        const { app, token } = await clientApps.add(name, pin, signal);
        return { name, token, customer: app.pin ? (facts.customer(app.pin.customer)?.code ?? null) : null };
      }),
    ),
    armClient: forOperator(
      byRight('manage-client-apps', ({ name, customer }, signal) => clientApps.arm(name, customer, signal)),
    ),
    suspendClient: ({ name }) => clientApps.suspend(name),
    revokeClient: ({ name }) => clientApps.revoke(name),

    tools: () => crew.gateway.offeredTools(),
    explain: (asked) => crew.gateway.explain(asked),
    tryCall: forOperator(({ tool, arguments: args, client: name }) =>
      crew.gateway.tryCall({
        tool,
        arguments: addressed(args, name === null ? boundCode() : codeOf(name)),
        client: name,
      }),
    ),

    approvals: () => crew.gateway.approvals(),
    approve: forOperator((given) => approvals.approve(given)),
    deny: forOperator((given) => approvals.deny(given)),
    denyApprovals: forOperator(async ({ ids, reason }) => ({ denied: await approvals.denyAll(ids, reason) })),
    extendApproval: forOperator(({ id }) => approvals.extend(id)),
    withdrawStanding: (asked) => crew.gateway.withdrawStanding(asked),
    colleagues: async ({ approval }) => [...(await approvals.whoMayApprove(approval, await colleagues.all()))],
    colleagueIdentity: forOperator(async ({ id }) => ({ identity: await colleagues.identity(id) })),

    stopAi: () => aiSwitch.stop(),
    resumeAi: forOperator(byRight('resume-ai', (_, signal) => aiSwitch.resume(signal))),
    toolReviews: () => [...facts.toolPins.reviews],
    acceptTool: forOperator(
      byRight('review-tools', ({ name, hash }, signal) => toolReviews.accept(name, hash, signal)),
    ),
    openCross: forOperator(async (asked, signal) => {
      const { code, until } = await crosses.open(asked, signal);
      return { code, until };
    }),
    closeCross: ({ code }) => crosses.close(code),

    callTool: forOperator(callAsOperator),

    entries: byRight('read-ledger', (query) => crew.ledger.page(query)),
    outline: byRight('read-ledger', (query, signal) => crew.ledger.outline(query, { signal })),
    verifyLedger: byRight('read-ledger', (_, signal) => verifyLedger(powers, signal)),
    checkpoint: byRight('read-ledger', () => crew.checkpoint()),
    bodiesOf: forOperator(byRight('read-bodies', bodies.bodiesOf)),
    keptBodies: byRight('read-ledger', bodies.keptBodies),
    destroyCustomerKey: forOperator(
      byRight('destroy-keys', ({ customer, code }, signal) => customerKeys.destroy(customer, code, signal)),
    ),
    beginExport: byRight('export-ledger', async (asked, signal) => {
      if (asked.bodies) await forOperator(byRight('read-bodies', () => {}))(undefined, signal);
      return evidence.beginExport(asked, signal);
    }),
    prove: byRight('export-ledger', evidence.prove),
    policy: byRight('export-ledger', evidence.policy),
    earlierPolicy: byRight('export-ledger', evidence.earlierPolicy),
    deviceKey: evidence.deviceKey,

    sealKey: ({ instance }) => ({ ...credentials.sealing(instance), fields: fieldsOf(instance) }),
    setCredential: forOperator(
      byRight('manage-connectors', ({ instance, box }, signal) => instances.setCredential(instance, box, signal)),
    ),
    revokeCredential: forOperator(byRight('manage-connectors', ({ instance }) => instances.revokeCredential(instance))),
    // Its read is a call in the technician's name, and counts the technician as present.
    testInstance: forOperator(({ instance }, signal) => {
      const callTool = (tool: string): Promise<ToolAnswer> => callAsOperator({ tool, arguments: {} }, signal);
      const maySurvey = (): Promise<void> => demandRight(crew, 'manage-connectors');
      return testInstance(facts.knownInstance(instance), { facts, surveys, callTool, maySurvey }, signal);
    }),

    connectors: () => [...facts.connectors],
    addInstance: forOperator(
      byRight('manage-connectors', async ({ connector, ...input }, signal) => ({
        instance: await instances.add(connector, input, signal),
      })),
    ),
    changeInstance: forOperator(
      byRight('manage-connectors', ({ instance, ...input }, signal) => instances.change(instance, input, signal)),
    ),
    removeInstance: forOperator(byRight('manage-connectors', ({ instance }) => instances.remove(instance))),
    surveyInstance: forOperator(
      byRight('manage-connectors', async ({ instance }, signal) => {
        const survey = await surveys.run(facts.knownInstance(instance), 'all', signal);
        return viewMapping(facts.knownInstance(instance), survey, facts);
      }),
    ),
    mapCustomers: forOperator(
      byRight('manage-connectors', async ({ instance, changes }, signal) => ({
        mapped: await instances.map(instance, changes, signal),
      })),
    ),

    doctor: () => checkUp(powers),
    openWindow: forOperator(() => ({ url: powers.window()?.mintUrl() ?? null })),
  };

  const { emit } = serve(ui, handlers, port);
  let { approvalChanges } = facts;
  let entries = facts.ledger.entries;
  const stop = facts.onChange(() => {
    void viewState(powers, shownRights).then(
      (state) => emit('changed', state),
      () => {}, // The next change shows it.
    );
    if (facts.approvalChanges !== approvalChanges) {
      approvalChanges = facts.approvalChanges;
      emit('approvalsChanged', { pending: facts.waiting.length });
    }
    if (facts.ledger.entries === entries) return;
    entries = facts.ledger.entries;
    emit('grew', { entries });
  });
  const progress = crew.progress.add(({ walk, ...progress }) => emit(walk, progress));
  port.onClose(() => {
    stop();
    progress();
  });

  /** A person at the desk means the bound customer when they name none; the gates still compare what is sent. */
  function callAsOperator(call: { tool: string; arguments: Record<string, unknown> }, signal: AbortSignal) {
    return crew.gateway.callTool({ tool: call.tool, arguments: addressed(call.arguments, boundCode()) }, { signal });
  }

  function boundCode(): string | undefined {
    return facts.customer(facts.switcher?.binding.customer ?? '')?.code;
  }

  /** What a client app would name as its customer: the scope it works in, whom it is pinned to, or whom the switcher binds. */
  function codeOf(name: string): string | undefined {
    const app = facts.client(name);
    const cross = facts.desk.crosses.find((scope) => scope.app === app?.id);
    return cross?.code ?? (app?.pin ? facts.customer(app.pin.customer)?.code : boundCode());
  }

  function fieldsOf(id: InstanceId): string[] {
    const connector = facts.tenancy.instances.find((each) => each.id === id)?.connector;
    return [...(facts.connectors.find(({ name }) => name === connector)?.credentialFields ?? [])];
  }
}

const addressed = (args: Readonly<Record<string, unknown>>, code: string | undefined): Record<string, unknown> =>
  'customer' in args || code === undefined ? { ...args } : { customer: code, ...args };

function wrongToken(isTooMany: boolean): Fault {
  const remedy = 'The token changes at every start: use the one of this start.';
  return isTooMany
    ? new Fault(
        'TOO_MANY_ATTEMPTS',
        'There were too many wrong operator tokens within a minute. It is recorded.',
        remedy,
      )
    : new Fault('OPERATOR_UNKNOWN', 'This is not the operator token of the running Bulkhead.', remedy);
}
