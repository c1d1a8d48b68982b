import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useApp } from '../api/app.ts';
import { useHasCustomers } from '../parts/use-has-customers.ts';
import { workplaces } from '../parts/workplaces.ts';

/** Who opens the window at its first screen, and could choose no customer there, is led to their work. Once: they may come back. */
export function useLanding(): void {
  const navigate = useNavigate();
  const isHome = useRouterState({ select: ({ location }) => location.pathname === '/' });
  const isBound = useApp((app) => app.state?.binding !== null);
  const rights = useApp((app) => app.state?.rights);
  const hasCustomers = useHasCustomers();
  const hasLanded = useRef(false);
  useEffect(() => {
    if (hasLanded.current || hasCustomers === undefined) return;
    // No right and no customer may be all that is known as yet.
    hasLanded.current = hasCustomers || (rights ?? []).length > 0;
    const work = workplaces.find(({ right }) => rights?.includes(right));
    if (isHome && !isBound && !hasCustomers && work !== undefined) void navigate({ to: work.to, replace: true });
  }, [navigate, isHome, isBound, rights, hasCustomers]);
}
