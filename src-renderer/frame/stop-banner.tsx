import { CircleAlert, OctagonX, X } from 'lucide-react';
import { useApp } from '../api/app.ts';
import { Button } from '../parts/button.tsx';
import { useRight } from '../parts/use-right.ts';
import { moment, t } from '../words.ts';
import { resumeAi, useStopping } from './stop-ai.ts';
import { stopButtonId } from './stop-button.tsx';

/** Across the whole window while all AI work is stopped: since when, by whom, and the way on for those who may take it. */
export function StopBanner() {
  const stopped = useApp((app) => app.state?.stopped ?? null);
  const { isBusy, failed } = useStopping();
  const mayResume = useRight('resume-ai');
  const resume = async (): Promise<void> => {
    if (await resumeAi()) document.getElementById(stopButtonId)?.focus(); // The banner goes, and its button with it.
  };
  return (
    <>
      {/* `aria-live` in so many words: a dialog hides the rest of the page from assistive technology, but not that. */}
      <span className="unseen" role="status" aria-live="polite">
        {stopped === null ? '' : t('policy.stop.lead')}
      </span>
      {stopped !== null && (
        <section className="banner stopped" aria-label={t('policy.stop.isStopped')}>
          <OctagonX className="icon" aria-hidden="true" />
          <p>
            <b>{t('policy.stop.lead')}</b> {t('policy.stop.since', { since: moment(stopped.since), by: stopped.by })}
            {!mayResume && ` ${t('policy.stop.mayResume')}`}
          </p>
          {mayResume && (
            <Button isBusy={isBusy} onClick={() => void resume()}>
              {t('policy.stop.resume')}
            </Button>
          )}
        </section>
      )}
      {failed !== null && (failed.deed === 'stop') === (stopped === null) && (
        <div className="banner failed-deed" role="alert">
          <CircleAlert className="icon" aria-hidden="true" />
          <p>
            <b>{t(failed.deed === 'stop' ? 'policy.stop.failed' : 'policy.stop.failedResume')}</b> {failed.message}{' '}
            {failed.remedy}
          </p>
          <Button
            look="plain"
            className="square"
            aria-label={t('switcher.dismiss')}
            onClick={() => useStopping.setState({ failed: null })}
          >
            <X className="icon" aria-hidden="true" />
          </Button>
        </div>
      )}
    </>
  );
}
