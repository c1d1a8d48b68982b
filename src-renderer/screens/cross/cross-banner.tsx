import { useState } from 'react';
import { Layers } from 'lucide-react';
import type { CrossView } from '../../../src-shared/model/cross.ts';
import { api, useApp, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useHeir } from '../../parts/use-heir.ts';
import { moment, number, t } from '../../words.ts';
import { asMinutes, secondsLeft, useNow } from '../approvals/time-left.ts';

const shown = 2;

/** Across the whole window while a client app works on several customers: which, until when, why, and the way to end it. */
export function CrossBanner() {
  const crosses = useApp((app) => app.state?.crosses) ?? none;
  const others = crosses.length - shown;
  return (
    <>
      <span className="unseen" role="status" aria-live="polite">
        {crosses.map(({ client, customers }) => t('policy.cross.strip', { client, count: customers.length })).join(' ')}
      </span>
      {crosses.slice(0, shown).map((cross) => (
        <CrossStrip key={cross.code} cross={cross} />
      ))}
      {others > 0 && (
        <p className="banner crossing">{t('policy.cross.others', { count: others, more: number(others) })}</p>
      )}
    </>
  );
}

const none: readonly CrossView[] = [];

/** One of them. The time is said in minutes: nobody has to decide anything by it. */
export function CrossStrip({ cross }: { readonly cross: CrossView }) {
  const { code, client, customers, reason, openedBy, until } = cross;
  const left = secondsLeft(until, useNow());
  const [isOpen, setOpen] = useState(false);
  const strip = useHeir(() => document.getElementById('main')?.focus());
  const end = useAction(() => api().closeCross({ code }, within(15_000)));
  return (
    <section ref={strip} className="banner crossing" aria-label={code}>
      <Layers className="icon" aria-hidden="true" />
      <div className="banner-words">
        <p>
          <b>{t('policy.cross.strip', { client, count: customers.length })}</b>{' '}
          <span className="number">
            {t('policy.cross.ends', { code, by: openedBy, left: asMinutes(left), at: moment(until) })}
          </span>{' '}
          {t('policy.cross.why', { reason })}
        </p>
        {isOpen && (
          <ul className="crossed">
            {customers.map((customer) => (
              <li key={customer.code}>
                {customer.name} <span className="mono faint">{customer.code}</span>
              </li>
            ))}
          </ul>
        )}
        <FaultLine fault={end.fault} />
      </div>
      <span className="row-actions">
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('policy.cross.who')}
        </Button>
        <Button isBusy={end.isBusy} onClick={end.run}>
          {t('policy.cross.close')}
          <span className="unseen">: {code}</span>
        </Button>
      </span>
    </section>
  );
}
