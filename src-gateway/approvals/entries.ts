// What the ledger is told of approvals. docs/audit-format.md describes it for strangers.
import type { GatewayDraft } from '../../src-shared/contract/ledger.ts';
import type { ApprovalOutcome, Decider, Rule, StandingTerms } from '../../src-shared/model/approval.ts';
import { type Principal, systemPrincipal } from '../../src-shared/model/principal.ts';
import type { HeldCall } from './held-call.ts';
import type { StandingEnd } from './standing-approvals.ts';

/** A person is about to be asked: in whose name, by which app, what exactly, and the rules that ask. */
export function askedEntry(held: HeldCall): GatewayDraft {
  const { id, fingerprint, needed, approvedBy, subjects } = held;
  const named = subjects && subjects.length > 0 ? { subjects: [...subjects] } : {};
  return {
    ...about(held),
    kind: 'approval.asked',
    principal: held.principal,
    params: { approval: id, fingerprint, needed, have: approvedBy.length },
    body: { under: held.customer.id, content: { arguments: { ...held.arguments }, ...named } },
    decision: decision(held.because, id),
  };
}

/** One person's decision. `have` counts it: two persons' approvals are two entries. */
export function decidedEntry(
  held: HeldCall,
  given: {
    readonly by: Decider;
    /** Who is signed in where it was decided. */
    readonly desk: string;
    readonly outcome: 'approved' | 'denied';
    readonly reason: string;
    readonly because: readonly Rule[];
    readonly standing: (StandingTerms & { readonly id: string }) | undefined;
  },
): GatewayDraft {
  const { by, desk, outcome, reason, because, standing } = given;
  const have = held.approvedBy.length + (outcome === 'approved' ? 1 : 0);
  return {
    ...about(held),
    kind: 'approval.decided',
    principal: personAtDesk(by),
    params: {
      approval: held.id,
      outcome,
      reason,
      fingerprint: held.fingerprint,
      needed: held.needed,
      have,
      ...extended(held),
      ...elsewhere(by, desk),
      ...(standing ? { standing } : {}),
    },
    decision: decision(because, held.id),
  };
}

/** An end that nobody decided: its time was over, or what was asked is not the same any more. */
export function endedEntry(held: HeldCall, outcome: ApprovalOutcome, reason: string): GatewayDraft {
  const { id, fingerprint, needed, approvedBy } = held;
  return {
    ...about(held),
    kind: 'approval.decided',
    principal: systemPrincipal,
    params: { approval: id, outcome, reason, fingerprint, needed, have: approvedBy.length, ...extended(held) },
  };
}

/** By itself or at the desk; or by a person's "no" to the call it was given with, in their name. */
export function standingEndedEntry({ standing, outcome, reason, by, desk }: StandingEnd): GatewayDraft {
  const { id, of: held, usesLeft } = standing;
  return {
    ...about(held),
    kind: 'approval.decided',
    principal: by ? personAtDesk(by) : systemPrincipal,
    params: { standing: id, approval: held.id, outcome, reason, usesLeft, ...(by ? elsewhere(by, desk) : {}) },
  };
}

/** Who is signed in where somebody else decided. */
const elsewhere = (by: Decider, desk: string | undefined) => (desk === undefined || desk === by.id ? {} : { desk });

/** How often people gave it more time, where they did. */
const extended = ({ extensions }: HeldCall) => (extensions === 0 ? {} : { extensions });

function about({ customer, cross, tool, connector, risk, policyVersion }: HeldCall) {
  return { customer: customer.code, ...(cross === undefined ? {} : { cross }), tool, connector, risk, policyVersion };
}

const decision = (because: readonly Rule[], approval: string) => ({
  policies: because.map(({ id }) => id).slice(0, 50),
  approval,
});

const personAtDesk = ({ id, name }: Decider): Principal => ({ kind: 'technician', id, name, client: 'operator' });
