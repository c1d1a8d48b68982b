import { useAppState } from '../../api/app.ts';
import { number, t } from '../../words.ts';

/** Calls of this billing period against what is included. */
export function UsageMeter() {
  const { usage } = useAppState();
  if (usage === null) return null;
  const share = usage.included === 0 ? 1 : Math.min(1, usage.calls / usage.included);
  return (
    <section className="side-section" aria-labelledby="home-usage">
      <h2 id="home-usage">{t('home.usage', { period: usage.period })}</h2>
      <p className="number">
        {t('home.usageWords', { calls: number(usage.calls), included: number(usage.included) })}{' '}
        <span className="faint">{t(usage.overage === 'block' ? 'home.overageBlock' : 'home.overageAllow')}</span>
      </p>
      <div className="meter" data-full={share >= 1} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </div>
    </section>
  );
}
