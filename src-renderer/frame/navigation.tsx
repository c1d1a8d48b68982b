import { Activity, Cable, House, ListChecks, type LucideIcon, MonitorSmartphone, SquarePlay } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { t } from '../words.ts';

export function Navigation() {
  return (
    <nav aria-label={t('nav.label')}>
      <NavLink to="/" icon={House} label={t('nav.customer')} />
      <NavLink to="/activity" icon={Activity} label={t('nav.activity')} />
      <NavLink to="/try" icon={SquarePlay} label={t('nav.try')} />
      <p className="nav-group" aria-hidden="true">
        {t('nav.workplace')}
      </p>
      <NavLink to="/ai-tools" icon={MonitorSmartphone} label={t('nav.aiTools')} />
      <NavLink to="/connectors" icon={Cable} label={t('nav.connectors')} />
      <NavLink to="/ledger" icon={ListChecks} label={t('nav.ledger')} />
    </nav>
  );
}

interface Props {
  readonly to: '/' | '/activity' | '/try' | '/ai-tools' | '/connectors' | '/ledger';
  readonly icon: LucideIcon;
  readonly label: string;
}

function NavLink({ to, icon: Icon, label }: Props) {
  return (
    <Link to={to} className="nav-link" activeOptions={{ exact: to === '/' }}>
      <Icon className="icon" aria-hidden="true" />
      {label}
    </Link>
  );
}
