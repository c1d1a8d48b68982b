/** What became of a request, in words that differ for a person's no, nobody's answer, and a request that fell away. */
import type { Approval } from '../../../src-shared/model/approval.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { t } from '../../words.ts';

/** "Denied by Sam Ortiz". Not for what is pending. */
export function outcomeSentence(approval: Approval): string {
  const { state, decided } = approval;
  if (state === 'withdrawn')
    return t('approvals.outcome.withdrawn', {
      reason: lowerFirst(plainLine(decided?.reason ?? '').replace(/\.$/, '')) || t('approvals.outcome.withdrawnWhy'),
    });
  if (state === 'expired') return t('approvals.outcome.expired');
  return t(state === 'approved' ? 'approvals.outcome.approved' : 'approvals.outcome.denied', {
    names: deciders(approval),
  });
}

/** Who decided, for a line in a list. */
export function outcomeBy(approval: Approval): string {
  if (approval.state === 'expired') return t('approvals.outcome.nobody');
  if (approval.state === 'withdrawn') return plainLine(approval.decided?.reason ?? '');
  return t('approvals.outcome.by', { names: deciders(approval) });
}

/** Both who approved; the one who denied. Names come from signed identities. */
function deciders({ state, approvedBy, decided }: Approval): string {
  const names = state === 'approved' && approvedBy.length > 0 ? approvedBy : [decided?.by ?? null];
  const [first = '', second] = names.map((each) => plainLine(each?.name ?? '') || t('approvals.outcome.someone'));
  return second === undefined ? first : t('approvals.outcome.and', { first, second });
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
