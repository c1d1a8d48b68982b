import { CircleDollarSign, Eye, EyeOff, KeyRound, PencilLine, Send, TriangleAlert } from 'lucide-react';
import type { Risk } from '../../src-shared/model/risk.ts';
import { t } from '../words.ts';

const icons = {
  read: Eye,
  sensitive: EyeOff,
  credential: KeyRound,
  write: PencilLine,
  external: Send,
  spend: CircleDollarSign,
  destructive: TriangleAlert,
} as const;

/** A risk class: icon and word, red only for what cannot be undone. */
export function RiskBadge({ risk }: { readonly risk: Risk }) {
  const Icon = icons[risk];
  return (
    <span className={`risk ${risk}`}>
      <Icon className="icon" aria-hidden="true" />
      {t(`risk.${risk}`)}
    </span>
  );
}
