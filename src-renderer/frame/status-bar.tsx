import { useApp } from '../api/app.ts';
import { number, t } from '../words.ts';

/** The state of the proof and of what everything hangs on, always in sight. */
export function StatusBar() {
  const state = useApp((app) => app.state);
  const entries = useApp((app) => app.entries);
  if (state === null) return null;
  const { ledger, instances, tenant, isDemo, backlog, problems } = state;
  const isBroken = problems.some(({ id }) => id === 'broken');
  const how = isBroken ? 'ledgerBroken' : ledger.problem === null ? 'ledger' : 'ledgerProblem'; // The strip says what it is.
  return (
    <footer className="status-bar">
      <span className={how === 'ledger' ? '' : 'bad'}>{t(`status.${how}`, { entries: number(entries) })}</span>
      {backlog > 0 && <span>{t('status.backlog', { count: backlog })}</span>}
      {instances.map(({ id, name, health }) => (
        <span key={id} className={health.state === 'failing' ? 'bad' : ''}>
          <i className={`dot ${health.state}`} aria-hidden="true" />
          {t(`status.${health.state}`, { name })}
        </span>
      ))}
      <span className="tenant">{t(isDemo ? 'status.demo' : 'status.tenant', { name: tenant?.name ?? '' })}</span>
    </footer>
  );
}
