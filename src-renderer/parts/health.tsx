import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { Health } from '../../src-shared/model/instance.ts';
import { t } from '../words.ts';

const icons = { healthy: CircleCheck, failing: CircleAlert, unknown: CircleHelp } as const;

export function HealthBadge({ health }: { readonly health: Health }) {
  const Icon = icons[health.state];
  return (
    <span className={`health ${health.state}`}>
      <Icon className="icon" aria-hidden="true" />
      {t(`health.${health.state}`)}
    </span>
  );
}
