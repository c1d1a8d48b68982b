/** What became of a request, in words that differ for a person's no, nobody's answer, and a request that fell away. */
import type { Approval } from '../../../src-shared/model/approval.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { t } from '../../words.ts';

/** "Denied by Sam Ortiz". Not for what is pending. */
export function outcomeSentence(approval: Approval): string {
  const { state, decided, approvedBy } = approval;
  const yes = approvers(approval);
  if (state === 'approved') return t('approvals.outcome.approved', { names: yes });
  if (state === 'expired') {
    if (wasApproved(approval)) return t('approvals.outcome.unused', { names: yes });
    return yes === '' ? t('approvals.outcome.expired') : t('approvals.outcome.expiredOne', { names: yes });
  }
  if (state === 'withdrawn') {
    const reason =
      lowerFirst(plainLine(decided?.reason ?? '').replace(/\.$/, '')) || t('approvals.outcome.withdrawnWhy');
    if (yes === '') return t('approvals.outcome.withdrawn', { reason });
    return t(wasApproved(approval) ? 'approvals.outcome.withdrawnYes' : 'approvals.outcome.withdrawnOne', {
      names: yes,
      reason,
    });
  }
  const names = decider(approval);
  if (!wasApproved(approval)) return t('approvals.outcome.denied', { names });
  return approvedBy.every(({ id }) => id === decided?.by?.id)
    ? t('approvals.outcome.takenBack', { names })
    : t('approvals.outcome.takenBackOf', { yes, names });
}

/** Who decided, for a line in a list. */
export function outcomeBy(approval: Approval): string {
  const { state, decided } = approval;
  const yes = approvers(approval);
  if (state === 'approved') return t('approvals.outcome.by', { names: yes });
  if (state === 'expired') {
    if (wasApproved(approval)) return t('approvals.outcome.byUnused', { names: yes });
    return yes === '' ? t('approvals.outcome.nobody') : t('approvals.outcome.byAlone', { names: yes });
  }
  if (state === 'withdrawn') {
    const reason = plainLine(decided?.reason ?? '');
    if (yes === '') return reason;
    return t(wasApproved(approval) ? 'approvals.outcome.byWithdrawn' : 'approvals.outcome.byWithdrawnOne', {
      names: yes,
      reason,
    });
  }
  return t('approvals.outcome.by', { names: decider(approval) });
}

/** Whether as many persons had approved it as it needed, whatever became of it then. */
export const wasApproved = ({ approvedBy, needed }: Approval): boolean => approvedBy.length >= needed;

/** Both who approved; empty where nobody did. Names come from signed identities. */
function approvers({ approvedBy }: Approval): string {
  const [first, second] = approvedBy.map(({ name }) => nameOf(name));
  if (first === undefined) return '';
  return second === undefined ? first : t('approvals.outcome.and', { first, second });
}

const decider = ({ decided }: Approval): string => nameOf(decided?.by?.name ?? '');

const nameOf = (name: string): string => plainLine(name) || t('approvals.outcome.someone');

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
