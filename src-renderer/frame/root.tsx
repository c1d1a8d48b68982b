import { RouterProvider } from '@tanstack/react-router';
import { useApp } from '../api/app.ts';
import { t } from '../words.ts';
import { BulkheadMark } from './bulkhead-mark.tsx';
import { router } from './routes.tsx';
import { SignedOut } from './signed-out.tsx';

/** What the window is right now: not yet connected, signed out, or the frame with a screen in it. */
export function Root() {
  const line = useApp((app) => app.line);
  const hasState = useApp((app) => app.state !== null);
  if (line === 'signed-out') return <SignedOut />;
  if (hasState) return <RouterProvider router={router} />;
  return (
    <main className="alone">
      <div className="alone-card" role="status">
        <BulkheadMark />
        <h1>{t(line === 'lost' ? 'line.noAnswer' : 'line.connecting')}</h1>
        {line === 'lost' && <p className="quiet">{t('line.noAnswerHelp')}</p>}
      </div>
    </main>
  );
}
