import type { ReactNode } from 'react';
import { History, RefreshCw } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { VendorText } from '../../parts/vendor-text.tsx';
import { age, moment, t } from '../../words.ts';
import { clientName } from '../activity/call-words.ts';
import { ActsOn } from './acts-on.tsx';
import { useNow } from './time-left.ts';

/** What, who, why, and which request exactly. `children` is what it does, after the first sentence. */
export function ApprovalFacts({ approval, children }: { readonly approval: Approval; readonly children: ReactNode }) {
  const { title, tool, connector, repeats, ranAt, because, policyVersion } = approval;
  return (
    <>
      <h2 className="approval-title" tabIndex={-1}>
        {title}
      </h2>
      <Asker approval={approval} />
      {children}
      <dl className="facts">
        <dt>{t('approvals.card.tool')}</dt>
        <dd>
          {connectorName(connector)}, <code>{tool}</code>
        </dd>
        <ActsOn approval={approval} />
        <dt>{t('approvals.card.why')}</dt>
        <dd>
          {because.length === 0 && (
            <>
              {t('approvals.card.noRule')} <PolicyVersion version={policyVersion} />
            </>
          )}
          {because.map(({ id, says }, place) => (
            <span key={id} className="rule">
              {says === '' ? <code>{id}</code> : says}
              {place === because.length - 1 && <PolicyVersion version={policyVersion} />}
            </span>
          ))}
        </dd>
      </dl>
      {ranAt !== null && (
        <p className="repeats">
          <History className="icon" aria-hidden="true" />
          {t('approvals.card.ranAt', { time: moment(ranAt) })}
        </p>
      )}
      {repeats > 0 && (
        <p className="repeats">
          <RefreshCw className="icon" aria-hidden="true" />
          {t('approvals.card.repeats', { count: repeats + 1 })}
        </p>
      )}
    </>
  );
}

function PolicyVersion({ version }: { readonly version: number }) {
  return <span className="faint number"> {t('approvals.card.policy', { version })}</span>;
}

/** Who asks, for whom, and since when. */
function Asker({ approval: { client, technician, askedAt } }: { readonly approval: Approval }) {
  return (
    <p className="asker">
      {client === 'operator' ? (
        <>
          <b>
            <VendorText text={technician.name} />
          </b>
          , {t('approvals.card.own').toLowerCase()}
        </>
      ) : (
        <>
          <b>{clientName(client)}</b> {t('approvals.card.wants')}{' '}
          <b>
            <VendorText text={technician.name} />
          </b>
        </>
      )}
      <span className="faint number">
        , {moment(askedAt)}, {age(askedAt, useNow())}
      </span>
    </p>
  );
}
