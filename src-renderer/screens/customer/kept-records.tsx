import { Link } from '@tanstack/react-router';
import type { Customer } from '../../../src-shared/model/customer.ts';
import { useKept } from '../../api/use-kept.ts';
import { Failed } from '../../parts/states.tsx';
import { useRight } from '../../parts/use-right.ts';
import { day, number, t } from '../../words.ts';

/** How much is kept of what calls for this customer asked and answered, since when, and how long. */
export function KeptRecords({ customer }: { readonly customer: Customer }) {
  const mayDestroy = useRight('destroy-keys');
  const { data, error, refetch } = useKept(true);
  const kept = data?.find((each) => each.customer?.code === customer.code);
  return (
    <section className="side-section" aria-labelledby="home-kept">
      <div className="section-head">
        <h2 id="home-kept">{t('ledger.kept.title')}</h2>
        <Link to="/ledger/kept">{t('ledger.kept.all')}</Link>
      </div>
      {error !== null && <Failed thrown={error} retry={() => void refetch()} />}
      {data !== undefined && (kept === undefined || kept.bodies === 0) && (
        <p className="quiet">{t('ledger.kept.nothing')}</p>
      )}
      {kept !== undefined && kept.bodies > 0 && (
        <p className="number">
          {t('ledger.kept.bodies', { count: kept.bodies, shown: number(kept.bodies) })}{' '}
          {kept.oldest !== null && t('ledger.kept.since', { day: day(kept.oldest) })}{' '}
          <span className="faint">
            {kept.days === null
              ? t('ledger.kept.stays')
              : t('ledger.kept.goes', { count: kept.days, shown: number(kept.days) })}
          </span>
        </p>
      )}
      {mayDestroy && <p className="faint">{t('ledger.kept.boundHelp')}</p>}
    </section>
  );
}
