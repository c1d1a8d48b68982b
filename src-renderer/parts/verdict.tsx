import { Check, CircleDashed, Clock, TriangleAlert, Unplug, X } from 'lucide-react';
import type { CallVerdict } from '../screens/activity/call-row.ts';
import { t } from '../words.ts';

const icons = {
  allowed: Check,
  denied: X,
  asked: Clock,
  running: CircleDashed,
  interrupted: Unplug,
  faulted: TriangleAlert,
} as const;

/** How a call ended: colour, shape and word together. */
export function Verdict({ verdict }: { readonly verdict: CallVerdict }) {
  const Icon = icons[verdict];
  return (
    <span className={`verdict ${verdict}`}>
      <Icon aria-hidden="true" />
      {t(`verdict.${verdict}`)}
    </span>
  );
}
