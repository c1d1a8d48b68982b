import type { Rule } from '../../src-shared/model/approval.ts';
import { type Denial, deny } from '../../src-shared/model/denial.ts';
import { err, ok, type Result } from '../../src-shared/result.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByCustomer, ByEntitlement, ByPolicy, ByPrincipal, ByTenant, JudgedDenial, Received } from '../proofs.ts';

type AskedCall = Parameters<Powers['approvals']['claim']>[0];
type Claim = Awaited<ReturnType<Powers['approvals']['claim']>>;
type Judgement = ReturnType<ByTenant['session']['policy']['judge']>;
type Judged = ByPrincipal & ByTenant & ByCustomer & Pick<ByEntitlement, 'definition'>;

/**
 * Gate 5: the company's Cedar policy, and the people it asks for. Default deny; a forbid wins; an error of any kind is a
 * denial. Where it asks for persons, the call passes only with their approval of exactly this call. The operator is one
 * of them where policy lets them approve their own: they have the arguments before their eyes.
 */
export const policy: Gate<Powers, Received & Judged & ByEntitlement, ByPolicy> = async (call, powers) => {
  const { verdict, because } = judgeCall(call, powers.now());
  if (verdict === 'denied') return refused(deny('POLICY_DENIED', saidBy(because)), because);

  const needed = verdict === 'asks-two' ? 2 : 1;
  const present = verdict === 'runs' ? undefined : presentPerson(call, powers.now());
  const { session, principal, app, binding, customer, cross, definition, instance, owner, arguments: args } = call;
  const risk = session.riskOf(definition);
  const asked: AskedCall = {
    session,
    principal,
    app,
    binding,
    customer,
    cross,
    definition,
    instance,
    owner,
    risk,
    arguments: args,
    because,
    needed,
    present,
  };
  if (verdict === 'runs' || (needed === 1 && present)) {
    const use = (): boolean => {
      powers.approvals.ran(asked);
      return true;
    };
    return ok({ because, use });
  }
  const claim = await powers.approvals.claim(asked);
  if (claim.state === 'approved') return ok({ because, approval: claim.approval, use: claim.use });
  if (claim.state === 'standing') return ok({ because, standing: claim.standing, use: claim.use });
  return refused(unapproved(claim), because);
};

/** What the policy says of a call, before any person does. `now` in milliseconds since 1970. */
export function judgeCall({ session, customer, definition, app, cross }: Judged, now: number): Judgement {
  return session.policy.judge({
    person: session.person,
    customer: customer.id,
    tool: definition.name,
    connector: definition.connector,
    risk: session.riskOf(definition),
    client: app === 'operator' ? 'operator' : app.name,
    isCross: cross !== undefined,
    now,
  });
}

/** The operator, where policy lets them approve what they do themselves. It lets no service account: that is no person. */
export function presentPerson({ session, customer, definition, app }: Judged, now: number): AskedCall['present'] {
  const { person, identity, policy: rules } = session;
  if (app !== 'operator') return undefined;
  const risk = session.riskOf(definition);
  const { name: tool, connector } = definition;
  const question = { person, customer: customer.id, tool, connector, risk, client: app, isOwn: true, now };
  return rules.mayDecide('approve', question).isAllowed ? { id: identity.sub, name: identity.name } : undefined;
}

/** A rule that forbids says why in the company's own words, where it has some. */
function saidBy(because: readonly Rule[]): { readonly reason?: string } {
  const reason = because.find(({ says }) => says !== '')?.says;
  return reason === undefined ? {} : { reason };
}

const refused = (denial: Denial, because: readonly Rule[]): Result<never, JudgedDenial> => err({ ...denial, because });

/** The "no" of a call that people have not approved. Whatever a person typed goes to the ledger, never to the AI. */
function unapproved(claim: Exclude<Claim, { use: unknown }>): Denial {
  switch (claim.state) {
    case 'pending':
      return deny('APPROVAL_PENDING', claim.approval === undefined ? {} : { approval: claim.approval });
    case 'full':
      return deny('APPROVAL_PENDING', {
        reason: 'So many calls of this client app wait for a person that nobody is asked for more.',
        remedy: 'Stop, and ask the technician to decide those that wait.',
      });
    case 'denied':
      return deny('APPROVAL_DENIED', { approval: claim.approval });
    case 'expired':
      return deny('APPROVAL_EXPIRED', { approval: claim.approval, ...(claim.isFinal ? askedEnough : {}) });
    case 'unproven':
      return deny('OWNERSHIP_UNPROVEN');
    case 'changed':
      return deny('POLICY_DENIED', {
        reason: 'What holds for this client app changed while the call was judged.',
        remedy: 'Call again.',
      });
    case 'unrecorded':
      return deny('AUDIT_UNAVAILABLE');
  }
}

const askedEnough = {
  reason: 'Nobody approved this call, as often as people were asked.',
  remedy: 'Do not repeat it. Ask the technician what to do.',
};
