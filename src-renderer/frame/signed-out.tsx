import { t } from '../words.ts';
import { BulkheadMark } from './bulkhead-mark.tsx';

/** The session of this window is gone: used up, expired, or of an earlier start. Says how to get a fresh one. */
export function SignedOut() {
  return (
    <main className="alone">
      <div className="alone-card">
        <BulkheadMark />
        <h1>{t('signedOut.title')}</h1>
        <p className="quiet">{t('signedOut.lead')}</p>
        <ul className="steps">
          <li>
            {t('signedOut.start')} <code>bulkhead start</code>
          </li>
          <li>{t('signedOut.paste')}</li>
        </ul>
        <a className="button primary" href="/login">
          {t('signedOut.login')}
        </a>
      </div>
    </main>
  );
}
