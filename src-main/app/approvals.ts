import type { Colleague } from '../../src-shared/contract/ui.ts';
import { asFault } from '../../src-shared/fault.ts';
import type { Approval, ApprovalId, StandingApproval, StandingTerms } from '../../src-shared/model/approval.ts';
import { type AliveApprovals, aliveIn } from './alive-approvals.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { Log } from './log.ts';
import type { Recorder } from './recorder.ts';

/** What a person at this desk sends. `identity` is another person's; null means the technician who is signed in. */
interface Given {
  readonly id: ApprovalId;
  readonly fingerprint: string;
  readonly identity: string | null;
}

/** The people's side of approvals. The gateway decides and enforces; this carries who it is that decides. */
export interface Approvals {
  approve(given: Given & { readonly standing: StandingTerms | null }): Promise<Approval>;
  deny(given: Given & { readonly reason: string }): Promise<Approval>;
  /** Answers how many were denied by this: what was over already is nobody's to deny. */
  denyAll(ids: readonly ApprovalId[], reason: string): Promise<number>;
  /** Those of them whom the gateway would let approve it now. Only to be shown: it asks anew when one of them does. */
  whoMayApprove(id: ApprovalId, people: readonly Colleague[]): Promise<readonly Colleague[]>;
  /** Gives it more time, as the technician who is signed in. */
  extend(id: ApprovalId): Promise<Approval>;
  /** Bulkhead stops: whatever still waits or is approved is said to be withdrawn, and then nothing more is said. */
  endAll(): Promise<void>;
}

export interface ApprovalPowers {
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  readonly log: Log;
}

/** How the gateway says that a call had ended before. */
const over = ['APPROVAL_OVER', 'APPROVAL_UNKNOWN', 'STANDING_ENDED'];
/** Milliseconds the gateway has, when Bulkhead stops, to say what is left. */
const lastWord = 300;

export function makeApprovals({ facts, crew, recorder, log }: ApprovalPowers): Approvals {
  const own = (): string => facts.tenancy.enrolment.identity;
  const decide = (given: Given, decision: 'approve' | 'deny', more: Partial<Words>): Promise<Approval> => {
    const { id, fingerprint, identity } = given;
    return crew.gateway.decide({
      id,
      fingerprint,
      identity: identity ?? own(),
      decision,
      reason: '',
      standing: null,
      ...more,
    });
  };

  /** What was in a gateway that is gone: it will never say so itself, and nothing can decide or use it any more. */
  const withdraw = async ({ waiting, unused, standing }: AliveApprovals, reason: string): Promise<void> => {
    const ends = [
      ...[...waiting, ...unused].map((each) => ({ ...about(each, facts), params: endOf(each, reason) })),
      ...standing.map((each) => ({ ...about(each, facts), params: standingEndOf(each, reason) })),
    ];
    await Promise.all(ends.map((end) => recorder.bySystem(end))).catch((thrown: unknown) =>
      log('warn', 'approvals.unrecorded', { fault: asFault(thrown).code }),
    );
  };

  crew.onApprovalsLost = (lost) => withdraw(lost, 'The gateway ended, and forgot what waited or was approved.');

  return {
    approve: ({ standing, ...given }) => decide(given, 'approve', { standing }),
    deny: ({ reason, ...given }) => decide(given, 'deny', { reason }),
    denyAll: async (ids, reason) => {
      const { approvals } = await crew.gateway.approvals();
      // Also what somebody approved meanwhile: a "no" takes that back.
      const open = approvals.filter(
        ({ id, state }) => ids.includes(id) && (state === 'pending' || state === 'approved'),
      );
      const each = open.map(({ id, fingerprint }) => decide({ id, fingerprint, identity: null }, 'deny', { reason }));
      const results = await Promise.allSettled(each);
      const refused = results.flatMap((one) => (one.status === 'rejected' ? [asFault(one.reason)] : []));
      const real = refused.find(({ code }) => !over.includes(code));
      if (real) throw real;
      return results.length - refused.length;
    },
    whoMayApprove: async (id, people) => {
      if (people.length === 0) return [];
      const asked = people.map(({ id: person, roles }) => ({ id: person, roles }));
      const may = await crew.gateway.whoMayApprove({ id, people: asked });
      return people.filter((person) => may.includes(person.id));
    },
    extend: (id) => crew.gateway.extendApproval({ id, identity: own() }),
    endAll: async () => {
      crew.onApprovalsLost = async () => {};
      const left = await stillAlive(crew).catch(() => facts);
      await withdraw(left, 'Bulkhead stopped.');
    },
  };
}

async function stillAlive(crew: Crew): Promise<AliveApprovals> {
  return aliveIn(await crew.gateway.approvals(undefined, { deadlineMs: lastWord }));
}

/** What an end is about, as the gateway would have recorded it: docs/audit-format.md. */
function about({ customer, epoch, tool, risk }: Approval | StandingApproval, { desk, tools }: Facts) {
  const cross = desk.crosses.find(({ members }) =>
    members.some((one) => one.customer === customer.id && one.epoch === epoch),
  )?.code;
  const connector = tools.find(({ name }) => name === tool)?.connector;
  return {
    kind: 'approval.decided' as const,
    customer: customer.code,
    ...(cross === undefined ? {} : { cross }),
    tool,
    ...(connector === undefined ? {} : { connector }),
    risk,
  };
}

const endOf = ({ id, fingerprint, needed, approvedBy, extensions }: Approval, reason: string) => ({
  approval: id,
  outcome: 'withdrawn',
  reason,
  fingerprint,
  needed,
  have: approvedBy.length,
  ...(extensions === 0 ? {} : { extensions }),
});

const standingEndOf = ({ id, approval, usesLeft }: StandingApproval, reason: string) => ({
  standing: id,
  approval,
  outcome: 'withdrawn',
  reason,
  usesLeft,
});

interface Words {
  readonly reason: string;
  readonly standing: StandingTerms | null;
}
