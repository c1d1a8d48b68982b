/** What lost its binding in a switch: calls that waited for a person, or were approved and had not run, and approvals for a while. */
import type { Approval, ApprovalDesk } from '../../src-shared/model/approval.ts';

export interface EndedBySwitch {
  readonly waiting: number;
  readonly approved: number;
  readonly standing: number;
}

/** By the desk before and after. What is on it no more has ended too: it keeps the last ones only. */
export function endedBySwitch(before: ApprovalDesk, after: ApprovalDesk, now: number): EndedBySwitch {
  const states = new Map(after.approvals.map(({ id, state }) => [id, state]));
  const hasEnded = ({ id }: Approval): boolean => (states.get(id) ?? 'withdrawn') === 'withdrawn';
  const standing = new Set(after.standing.map(({ id }) => id));
  return {
    waiting: before.approvals.filter((each) => each.state === 'pending' && hasEnded(each)).length,
    approved: before.approvals.filter((each) => each.state === 'approved' && !each.isUsed && hasEnded(each)).length,
    standing: before.standing.filter(({ id, expiresAt }) => !standing.has(id) && Date.parse(expiresAt) > now).length,
  };
}
