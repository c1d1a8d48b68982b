import { OctagonX } from 'lucide-react';
import { useApp } from '../api/app.ts';
import { Button } from '../parts/button.tsx';
import { chord } from '../parts/chord.ts';
import { t } from '../words.ts';
import { stopAi, useStopping } from './stop-ai.ts';

export const stopButtonId = 'stop-ai';

/** One press, from every screen. It stays where it is when all is stopped, so that the focus does too. */
export function StopButton() {
  const isStopped = useApp((app) => app.state !== null && app.state.stopped !== null);
  const isBusy = useStopping((stopping) => stopping.isBusy);
  return (
    <Button
      id={stopButtonId}
      look="danger"
      className="stop"
      isBusy={isBusy && !isStopped}
      isIdle={isStopped}
      title={t('policy.stop.help', { chord: chord('Shift X') })}
      aria-keyshortcuts="Control+Shift+X Meta+Shift+X"
      onClick={() => void stopAi()}
    >
      <OctagonX className="icon" aria-hidden="true" />
      <span>{t(isStopped ? 'policy.stop.isStopped' : 'policy.stop.stop')}</span>
      <kbd aria-hidden="true">{chord('Shift X')}</kbd>
    </Button>
  );
}
