import { useApp } from '../api/app.ts';
import { number, t } from '../words.ts';

/** The state of the proof and of what everything hangs on, always in sight. */
export function StatusBar() {
  const state = useApp((app) => app.state);
  const entries = useApp((app) => app.entries);
  if (state === null) return null;
  const { ledger, instances, tenant, isDemo, backlog } = state;
  return (
    <footer className="status-bar">
      <span className={ledger.problem === null ? '' : 'bad'}>
        {ledger.problem === null
          ? t('status.ledger', { entries: number(entries) })
          : t('status.ledgerProblem', { entries: number(entries), problem: ledger.problem })}
      </span>
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
