/** The frame every screen stands in: whose compartment this is above, where to go at the side, the state of the proof below. */
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useLayoutEffect } from 'react';
import { useApp } from '../api/app.ts';
import { useDirectoryLooks, useLooks } from '../parts/looks.ts';
import { CrossBanner } from '../screens/cross/cross-banner.tsx';
import { AddClientPlace } from '../screens/ai-tools/add-client-button.tsx';
import { wantQueue } from '../screens/approvals/jump.ts';
import { closeSwitcher, openSwitcher, switchBack } from '../switcher/switch-customer.ts';
import { SwitchNotice } from '../switcher/switch-notice.tsx';
import { Switcher } from '../switcher/switcher.tsx';
import { t } from '../words.ts';
import { ApprovalNews } from './approval-notice.tsx';
import { useLanding } from './landing.ts';
import { LineStrip } from './line-strip.tsx';
import { Navigation } from './navigation.tsx';
import { ScopeBar } from './scope-bar.tsx';
import { StatusBar } from './status-bar.tsx';
import { stopAi } from './stop-ai.ts';
import { StopBanner } from './stop-banner.tsx';
import { useWindowTitle } from './window-title.ts';

export function Frame() {
  useLanding();
  useDirectoryLooks();
  useBoundColours();
  useWindowTitle();
  useChords();
  return (
    <div className="frame">
      <a className="skip" href="#main" onClick={skipToMain}>
        {t('frame.skip')}
      </a>
      <ScopeBar />
      <ApprovalNews />
      <div className="banners">
        <StopBanner />
        <CrossBanner />
      </div>
      <Navigation />
      <main id="main" tabIndex={-1}>
        <LineStrip />
        <Outlet />
      </main>
      <StatusBar />
      <Switcher />
      <SwitchNotice />
      <AddClientPlace />
    </div>
  );
}

/** The address is a route, so the skip link moves the focus itself. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** The bound customer's hue on the whole document. The only thing that changes with a switch. */
function useBoundColours(): void {
  const customer = useApp((app) => app.state?.binding?.customer ?? null);
  const lookOf = useLooks();
  const { hue, chroma, shade } = customer === null ? { hue: 262, chroma: 0, shade: 0 } : lookOf(customer);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--hue', String(hue));
    style.setProperty('--chroma', String(chroma));
    style.setProperty('--shade', String(shade));
  }, [hue, chroma, shade]);
}

function useChords(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      if (event.shiftKey && event.key.toLowerCase() === 'x') void stopAi();
      else if (event.shiftKey && event.key.toLowerCase() === 'a') {
        closeSwitcher();
        wantQueue();
        void navigate({ to: '/approvals/{-$id}', params: { id: undefined } });
      } else if (event.key.toLowerCase() === 'k') openSwitcher();
      else if (event.key === '`' || event.code === 'Backquote') switchBack();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [navigate]);
}
