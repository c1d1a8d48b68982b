import { Link } from '@tanstack/react-router';
import { useAppState } from '../../api/app.ts';
import { HealthBadge } from '../../parts/health.tsx';
import { t } from '../../words.ts';

export function ConnectorHealth() {
  const { instances } = useAppState();
  return (
    <section className="side-section" aria-labelledby="home-connectors">
      <div className="section-head">
        <h2 id="home-connectors">{t('connectors.title')}</h2>
        <Link to="/connectors">{t('home.manage')}</Link>
      </div>
      {instances.length === 0 && <p className="quiet">{t('connectors.none')}</p>}
      <ul className="side-list">
        {instances.map(({ id, name, health, hasCredential }) => (
          <li key={id} className="side-row">
            <span className="side-words">
              <b>{name}</b>
              {(health.detail !== '' || !hasCredential) && (
                <span>{hasCredential ? health.detail : t('connectors.noCredential')}</span>
              )}
            </span>
            <HealthBadge health={health} />
          </li>
        ))}
      </ul>
    </section>
  );
}
