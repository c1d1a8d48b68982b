import { asFault } from '../../src-shared/fault.ts';
import type { Approval, ApprovalId, StandingTerms } from '../../src-shared/model/approval.ts';
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
  /** Bulkhead stops: whatever still waits is said to be withdrawn, and then nothing more is said. */
  endAll(): Promise<void>;
}

export interface ApprovalPowers {
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  readonly log: Log;
}

/** Milliseconds the gateway has, when Bulkhead stops, to say what still waits. */
const lastWord = 300;

export function makeApprovals({ facts, crew, recorder, log }: ApprovalPowers): Approvals {
  const decide = (given: Given, decision: 'approve' | 'deny', more: Partial<Words>): Promise<Approval> => {
    const { id, fingerprint, identity } = given;
    const by = identity ?? facts.tenancy.enrolment.identity;
    return crew.gateway.decide({ id, fingerprint, identity: by, decision, reason: '', standing: null, ...more });
  };

  /** What waited in a gateway that is gone: it will never say so itself, and nobody can decide it any more. */
  const withdraw = async (waiting: readonly Approval[], reason: string): Promise<void> => {
    await Promise.all(
      waiting.map(({ id, customer, tool, connector, risk, fingerprint, needed, approvedBy }) =>
        recorder.bySystem({
          kind: 'approval.decided',
          customer: customer.code,
          tool,
          connector,
          risk,
          params: { approval: id, outcome: 'withdrawn', reason, fingerprint, needed, have: approvedBy.length },
        }),
      ),
    ).catch((thrown: unknown) => log('warn', 'approvals.unrecorded', { fault: asFault(thrown).code }));
  };

  crew.onApprovalsLost = (waiting) => withdraw(waiting, 'The gateway ended, and forgot what waited.');

  return {
    approve: ({ standing, ...given }) => decide(given, 'approve', { standing }),
    deny: ({ reason, ...given }) => decide(given, 'deny', { reason }),
    denyAll: async (ids, reason) => {
      const { approvals } = await crew.gateway.approvals();
      const waiting = approvals.filter(({ id, state }) => state === 'pending' && ids.includes(id));
      const each = waiting.map(({ id, fingerprint }) =>
        decide({ id, fingerprint, identity: null }, 'deny', { reason }),
      );
      const results = await Promise.allSettled(each);
      const refused = results.flatMap((one) => (one.status === 'rejected' ? [asFault(one.reason)] : []));
      const real = refused.find(({ code }) => code !== 'APPROVAL_OVER' && code !== 'APPROVAL_UNKNOWN');
      if (real) throw real;
      return results.length - refused.length;
    },
    endAll: async () => {
      crew.onApprovalsLost = async () => {};
      const left = await stillWaiting(crew).catch(() => facts.waiting);
      await withdraw(left, 'Bulkhead stopped.');
    },
  };
}

async function stillWaiting(crew: Crew): Promise<readonly Approval[]> {
  const { approvals } = await crew.gateway.approvals(undefined, { deadlineMs: lastWord });
  return approvals.filter(({ state }) => state === 'pending');
}

interface Words {
  readonly reason: string;
  readonly standing: StandingTerms | null;
}
