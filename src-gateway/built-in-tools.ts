import type { DeniedAnswer } from '../src-shared/model/tool-answer.ts';
import { type Denial, deny } from '../src-shared/model/denial.ts';
import { ok, type Result } from '../src-shared/result.ts';
import { identify } from './admit.ts';
import type { CallPowers } from './call-tool.ts';
import { denied } from './denied.ts';
import { boundCustomer, boundMembers } from './gates/customer.ts';
import { offeredTools } from './offered-tools.ts';
import type { Caller } from './proofs.ts';

/** The two tools that are always there. They tell a caller about itself and contact no vendor. */
export const builtInTools = [
  {
    name: 'bulkhead_context',
    title: 'Current customer',
    description:
      'Says which customer this conversation may work on, and which tools it may call now. Call it first: every other tool needs the customer code it returns. If customer is null, tools are blocked until the technician acts in Bulkhead.',
  },
  {
    name: 'bulkhead_whoami',
    title: 'Who am I',
    description: 'Says as whom this client app acts: the kind of principal, the client app, and the MSP.',
  },
] as const;

export const isBuiltIn = (name: string): boolean => builtInTools.some((tool) => tool.name === name);

interface Named {
  readonly code: string;
  readonly name: string;
}

type BuiltInAnswer = Readonly<Record<string, unknown>> & {
  readonly customer?: Named | null;
  /** Of an app with a cross-customer scope: for whom `customer` stands. */
  readonly members?: readonly Named[];
};

/** Answers a built-in tool, recorded like any call. Only gates 1 and 2 apply: it reveals nothing the caller may not know. */
export async function callBuiltIn(
  name: string,
  caller: Caller,
  powers: CallPowers,
): Promise<BuiltInAnswer | DeniedAnswer> {
  const from = powers.clock();
  const received = { caller, tool: name, arguments: {} };
  const { gates, known, verdict } = await identify.run(received, powers, powers.clock);
  const principal = known.principal ?? { kind: 'anonymous' as const, id: '', name: '', client: '' };
  const answer = verdict.ok ? answerOf(name, verdict.value, powers) : {};
  const recorded = await powers.recorder.record({
    kind: verdict.ok ? 'call.outcome' : 'call.denied',
    principal,
    customer: answer.members ? null : (answer.customer?.code ?? null),
    ...(answer.members && answer.customer ? { cross: answer.customer.code } : {}),
    tool: name,
    gates: [...gates, { gate: 'audit', ok: true, ms: 0 }],
    result: {
      status: verdict.ok ? 'ok' : verdict.error.code,
      records: 0,
      dropped: 0,
      redacted: 0,
      bytes: Buffer.byteLength(JSON.stringify(answer)),
      ms: Math.round(powers.clock() - from),
    },
  });
  if (!recorded.ok) return denied(deny('AUDIT_UNAVAILABLE'), '');
  return verdict.ok ? answer : denied(verdict.error, String(recorded.seq));
}

type Identified = Extract<Awaited<ReturnType<typeof identify.run>>['verdict'], { ok: true }>['value'];

const answerOf = (name: string, call: Identified, powers: CallPowers): BuiltInAnswer =>
  name === 'bulkhead_whoami' ? whoami(call) : context(call, powers);

/**
 * A suspended client app learns no customer: its conversation may still be about the one before, and must not be told
 * the name of the next until the technician says so.
 */
function context(call: Identified, powers: CallPowers) {
  const { session, principal } = call;
  const bound = boundNames(call, powers);
  const tools = offeredTools(call, powers).flatMap(({ definition, isAllowed, risk, asks }) =>
    isAllowed ? [{ name: definition.name, risk, approval: asks > 0 }] : [],
  );
  return {
    ...(bound.ok ? bound.value : { customer: null }),
    technician: principal.name,
    tools,
    policyVersion: session.bundle.version,
    ...(bound.ok ? {} : { blocked: bound.error.remedy }),
  };
}

/** Whom the app may work for. The members of a scope are named: a person chose them, and this conversation, together. */
function boundNames(call: Identified, powers: CallPowers): Result<{ customer: Named; members?: Named[] }, Denial> {
  const together = boundMembers(call, powers);
  if (together?.ok === false) return together;
  if (together) {
    const members = together.value.members.map(({ customer: { code, name } }) => ({ code, name }));
    return ok({ customer: { code: together.value.code, name: `${members.length} customers` }, members });
  }
  const bound = boundCustomer(call, powers);
  if (!bound.ok) return bound;
  const { code, name } = bound.value.customer;
  return ok({ customer: { code, name } });
}

function whoami({ app, session, principal }: Identified) {
  return {
    kind: principal.kind,
    client: app === 'operator' ? 'operator' : app.name,
    tenant: session.bundle.tenant.name,
  };
}
