import { useState } from 'react';
import type { Approval, StandingTerms } from '../../../src-shared/model/approval.ts';
import { api, useApp, within } from '../../api/app.ts';
import { learnApproval } from '../../api/queries.ts';
import type { FaultWords } from '../../api/fault-words.ts';
import { type Action, useAction } from '../../parts/use-action.ts';
import { t } from '../../words.ts';
import { inPlainWords } from './approval-fault.ts';
import { useSettled } from './use-settled.ts';

export interface Decision {
  readonly approve: Action;
  readonly deny: Action;
  /** Why the last answer does not count. */
  readonly fault: FaultWords | null;
  /** Why it cannot be approved yet: what a person has to do first. Null when nothing is missing. */
  readonly hindrance: string | null;
  /** Whether this person is one of those who approved already. */
  readonly isMine: boolean;
  /** Approves if nothing hinders it, else does nothing. */
  readonly approveByKeys: () => void;
}

interface Shown {
  /** The fingerprint on screen, which is what is sent. */
  readonly seen: string;
  /** Whether the arguments have been on screen whole. */
  readonly isOpened: boolean;
  /** Whether the box of what cannot be undone is ticked. */
  readonly isRead: boolean;
}

/** What the signed-in person can answer to one request. */
export function useDecision(approval: Approval, { seen, isOpened, isRead }: Shown): Decision {
  const { id, state, approvedBy } = approval;
  const me = useApp((app) => app.state?.technician?.id);
  const isSettled = useSettled(`${id} ${seen} ${state} ${approvedBy.length} ${isOpened}`);
  const isMine = approvedBy.some((person) => person.id === me);
  const answer = { id, fingerprint: seen, identity: null };
  const [fault, setFault] = useState<FaultWords | null>(null);
  const approve = useAction(() => approveCall({ ...answer, standing: null }), setFault);
  const deny = useAction(
    () => inPlainWords(async () => learnApproval(await api().deny({ ...answer, reason: '' }, within(15_000)))),
    setFault,
  );
  const hindrance = hindranceWords({ isOpened, isRead, isSettled });
  return {
    approve,
    deny,
    fault,
    hindrance,
    isMine,
    approveByKeys: () => {
      if (hindrance === null && state === 'pending' && !isMine) approve.run();
    },
  };
}

export interface Yes {
  readonly id: Approval['id'];
  readonly fingerprint: string;
  /** Another person's signed identity; null for the signed-in technician. */
  readonly identity: string | null;
  readonly standing: StandingTerms | null;
}

export const approveCall = (yes: Yes): Promise<void> =>
  inPlainWords(async () =>
    learnApproval(
      await api().approve(
        { ...yes, standing: yes.standing === null ? null : { ...yes.standing, fixed: [...yes.standing.fixed] } },
        within(15_000),
      ),
    ),
  );

function hindranceWords({ isOpened, isRead, isSettled }: Omit<Shown, 'seen'> & { readonly isSettled: boolean }) {
  if (!isOpened) return t('approvals.card.unopened');
  if (!isRead) return t('approvals.card.unread');
  return isSettled ? null : t('approvals.card.settling');
}
