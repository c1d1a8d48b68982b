import { OctagonAlert, TriangleAlert, Unplug } from 'lucide-react';
import { useApp } from '../api/app.ts';
import { t, windowWords } from '../words.ts';

/** What is wrong right now: the line to the application, and the problems the application itself reports. */
export function LineStrip() {
  const line = useApp((app) => app.line);
  const problems = useApp((app) => app.state?.problems) ?? [];
  return (
    <div className="strips">
      {line === 'lost' && (
        <div className="strip asked" role="alert">
          <Unplug className="icon" aria-hidden="true" />
          <p>
            <b>{t('line.lost')}</b> {t('line.lostHelp')}
          </p>
        </div>
      )}
      {problems.map(({ id, severity, text, remedy }) => (
        <div
          key={id}
          className={`strip ${severity === 'blocking' ? 'denied' : 'asked'}`}
          data-problem={id}
          role="alert"
        >
          {severity === 'blocking' ? (
            <OctagonAlert className="icon" aria-hidden="true" />
          ) : (
            <TriangleAlert className="icon" aria-hidden="true" />
          )}
          <p>
            <b>{windowWords(text)}</b> {windowWords(remedy)}
          </p>
        </div>
      ))}
    </div>
  );
}
