import type { Approval, ApprovalDesk, StandingApproval } from '../../src-shared/model/approval.ts';

/** What ends when the gateway that holds it ends: it is in that gateway's memory and nowhere else. */
export interface AliveApprovals {
  readonly waiting: readonly Approval[];
  /** Approved and not run yet. */
  readonly unused: readonly Approval[];
  readonly standing: readonly StandingApproval[];
}

export const noneAlive: AliveApprovals = { waiting: [], unused: [], standing: [] };

export const aliveIn = ({ approvals, standing }: ApprovalDesk): AliveApprovals => ({
  waiting: approvals.filter(({ state }) => state === 'pending'),
  unused: approvals.filter(({ state, isUsed }) => state === 'approved' && !isUsed),
  standing,
});
