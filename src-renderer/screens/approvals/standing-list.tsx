import { Hourglass } from 'lucide-react';
import type { StandingApproval } from '../../../src-shared/model/approval.ts';
import { api, within } from '../../api/app.ts';
import { refreshApprovals } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { RiskBadge } from '../../parts/risk.tsx';
import { useAction } from '../../parts/use-action.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { age, t } from '../../words.ts';
import { clientName } from '../activity/call-words.ts';
import { inPlainWords } from './approval-fault.ts';
import { argumentRows } from './argument-rows.ts';
import { ExactText } from './exact-view.tsx';
import { asClock, secondsLeft, useNow } from './time-left.ts';

/** Characters of a value: enough to know it again. Whoever approved it has read it whole. */
const longest = 300;

/** What runs without asking for a while: what exactly it lets run, with what is left of it, and the way to end it. */
export function StandingList({ standing }: { readonly standing: readonly StandingApproval[] }) {
  return (
    <div className="standing">
      <p className="quiet pad">{t('approvals.standing.help')}</p>
      <ul className="rows-list">
        {standing.map((each) => (
          <StandingRow key={each.id} standing={each} />
        ))}
      </ul>
    </div>
  );
}

function StandingRow({ standing }: { readonly standing: StandingApproval }) {
  const { id, customer, title, client, fixed, free, risk, usesLeft, givenBy, givenAt, expiresAt } = standing;
  const now = useNow();
  const withdraw = useAction(() =>
    inPlainWords(async () => {
      await api().withdrawStanding({ id }, within(15_000));
      await refreshApprovals();
    }),
  );
  const rows = argumentRows({ arguments: fixed, secrets: [] }).filter(({ name }) => name !== 'customer');
  const loose = free.filter((name) => name !== 'customer').map(plainLine);
  return (
    <li className="side-row standing-row">
      <CustomerTile customer={customer} />
      <div className="side-words">
        <b>{title}</b>
        <span>
          {customer.name}, {customer.code}, {clientName(client)}
        </span>
        <span>{t('approvals.standing.given', { name: plainLine(givenBy.name), age: age(givenAt, now) })}</span>
        {rows.length > 0 && (
          <dl className="standing-fixed">
            {rows.map(({ name, text }) => (
              <div key={name}>
                <dt>
                  <ExactText text={name} />
                </dt>
                <dd>
                  <ExactText text={text.slice(0, longest)} />
                  {text.length > longest && '…'}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <span className={loose.length > 0 ? 'standing-free' : undefined}>
          {loose.length === 0
            ? t('approvals.standing.nothing')
            : t('approvals.standing.anything', { names: loose.join(', ') })}
        </span>
        <FaultLine fault={withdraw.fault} />
      </div>
      <RiskBadge risk={risk} />
      <span className="standing-left number">
        <Hourglass className="icon" aria-hidden="true" />
        <span>
          {t('approvals.standing.left', { left: asClock(secondsLeft(expiresAt, now)) })}
          <br />
          {t('approvals.standing.uses', { count: usesLeft })}
        </span>
      </span>
      <Button
        isBusy={withdraw.isBusy}
        onClick={withdraw.run}
        aria-label={t('approvals.standing.withdrawFull', { title, customer: customer.name })}
      >
        {t('approvals.standing.withdraw')}
      </Button>
    </li>
  );
}
