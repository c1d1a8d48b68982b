import {
  Activity,
  Cable,
  FileDiff,
  House,
  ListChecks,
  type LucideIcon,
  MonitorSmartphone,
  ShieldQuestionMark,
  SquarePlay,
} from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { Link } from '@tanstack/react-router';
import { useApp } from '../api/app.ts';
import { usePendingCount } from '../api/queries.ts';
import { useHasCustomers } from '../parts/use-has-customers.ts';
import { useRight } from '../parts/use-right.ts';
import { wantQueueShown } from '../screens/approvals/jump.ts';
import { number, t } from '../words.ts';

/** Where to go. What a role does not include is not offered, nor to try a tool for nobody. */
export function Navigation() {
  const pending = usePendingCount();
  const changed = useApp((app) => app.state?.changedTools ?? 0);
  const mayRead = useRight('read-ledger');
  const mayReview = useRight('review-tools');
  const nav = useCurrentInSight();
  const isBound = useApp((app) => (app.state?.binding ?? null) !== null);
  const mayTry = useHasCustomers() !== false || isBound;
  return (
    <nav ref={nav} aria-label={t('nav.label')}>
      <NavLink to="/" icon={House} label={t('nav.customer')} />
      {mayRead && <NavLink to="/activity" icon={Activity} label={t('nav.activity')} />}
      <NavLink
        to="/approvals/{-$id}"
        icon={ShieldQuestionMark}
        label={t('nav.approvals')}
        count={pending}
        what={t('approvals.notice.short')}
        follow={wantQueueShown}
      />
      {mayTry && <NavLink to="/try" icon={SquarePlay} label={t('nav.try')} />}
      <p className="nav-group" aria-hidden="true">
        {t('nav.workplace')}
      </p>
      <NavLink to="/ai-tools" icon={MonitorSmartphone} label={t('nav.aiTools')} />
      <NavLink to="/connectors" icon={Cable} label={t('nav.connectors')} />
      {mayReview && (
        <NavLink
          to="/tools"
          icon={FileDiff}
          label={t('nav.reviews')}
          count={changed}
          what={t('policy.reviews.blocked')}
        />
      )}
      {mayRead && <NavLink to="/ledger" icon={ListChecks} label={t('nav.ledger')} />}
    </nav>
  );
}

/** Pixels of the links beside the current one that are seen too. */
const neighbour = 36;

/** In a narrow window the navigation is a row that may not fit: where one is stays in sight. */
function useCurrentInSight(): RefObject<HTMLElement | null> {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = nav.current;
    if (element === null) return;
    // Not by scrollIntoView: the next Tab would go on from there, and not from where the person is.
    const show = (): void => {
      const link = element.querySelector<HTMLElement>('[aria-current="page"]');
      if (link === null) return;
      const start = link.offsetLeft - element.offsetLeft;
      const least = start + link.offsetWidth + neighbour - element.clientWidth;
      element.scrollLeft = Math.min(start - neighbour, Math.max(least, element.scrollLeft));
    };
    const size = new ResizeObserver(show);
    const current = new MutationObserver(show);
    size.observe(element);
    current.observe(element, { subtree: true, attributeFilter: ['aria-current'] });
    return () => {
      size.disconnect();
      current.disconnect();
    };
  }, []);
  return nav;
}

interface Props {
  readonly to: '/' | '/activity' | '/approvals/{-$id}' | '/try' | '/ai-tools' | '/connectors' | '/tools' | '/ledger';
  readonly icon: LucideIcon;
  readonly label: string;
  /** How many things wait there for a person, and what is said of them after the number. */
  readonly count?: number;
  readonly what?: string;
  /** What it does besides. */
  readonly follow?: () => void;
}

function NavLink({ to, icon: Icon, label, count = 0, what, follow }: Props) {
  return (
    // Without parameters of its own a link keeps the address's: the approvals then stay on the one that is open.
    <Link
      to={to}
      params={{ id: undefined }}
      className="nav-link"
      activeOptions={{ exact: to === '/' }}
      onClick={follow}
    >
      <Icon className="icon" aria-hidden="true" />
      {label}
      {count > 0 && (
        <span className="nav-count number">
          {number(count)}
          <span className="unseen"> {what}</span>
        </span>
      )}
    </Link>
  );
}
