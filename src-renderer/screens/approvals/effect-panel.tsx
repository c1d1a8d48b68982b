import { CircleDollarSign, KeyRound, PencilLine, Send, TriangleAlert } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { t } from '../../words.ts';
import type { Layout } from './layout.ts';

const icons = {
  read: PencilLine,
  sensitive: PencilLine,
  write: PencilLine,
  credential: KeyRound,
  external: Send,
  spend: CircleDollarSign,
  destructive: TriangleAlert,
} as const;

/** What a yes does: a plain line for a change, a panel of its own for what costs, leaves or cannot be undone. */
export function EffectPanel({
  approval: { risk, customer },
  layout,
}: {
  readonly approval: Approval;
  readonly layout: Layout;
}) {
  const words = t(`approvals.effect.${risk}`, { customer: customer.name });
  if (layout === 'plain') return <p className="quiet effect-line">{words}</p>;
  const Icon = icons[risk];
  return (
    <div className="effect">
      <Icon aria-hidden="true" />
      <p>{words}</p>
    </div>
  );
}
