/** Entry of the window: opens the line to the application and draws what it says. The page is trusted with a session, never with a secret. */
import './zod-jitless.ts';
import './look/look.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useApp } from './api/app.ts';
import { connect } from './api/connect.ts';
import { openPort } from './api/open-port.ts';
import { queryClient, refreshApprovals } from './api/queries.ts';
import { Root } from './frame/root.tsx';
import { follow, resetFeed } from './screens/activity/feed-store.ts';

const life = new AbortController();
window.addEventListener('pagehide', () => life.abort());

void connect(
  openPort,
  {
    opened: (client, state) => {
      const before = useApp.getState().state;
      // A smaller ledger or another tenant is another ledger: nothing shown of the old one may stay.
      if (before !== null && (before.tenant?.id !== state.tenant?.id || before.ledger.entries > state.ledger.entries))
        resetFeed();
      useApp.setState({ line: 'open', client, state, entries: state.ledger.entries });
      void queryClient.invalidateQueries();
      void follow();
    },
    changed: (state) => useApp.setState({ state }),
    grew: (entries) => {
      useApp.setState({ entries });
      void follow();
    },
    approvalsChanged: () => void refreshApprovals(),
    lost: () => useApp.setState({ line: 'lost' }),
    signedOut: () => useApp.setState({ line: 'signed-out', client: null, state: null }),
  },
  life.signal,
);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <Root />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
