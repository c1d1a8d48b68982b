/**
 * What a call acts on. That it is the customer's was proven before anybody was asked; what it is called there anybody may have
 * written, so a name stands by itself, apart from what Bulkhead says of it.
 */
import type { Approval } from '../../../src-shared/model/approval.ts';
import { connectorName } from '../../parts/connector-name.ts';
import { VendorText } from '../../parts/vendor-text.tsx';
import { t } from '../../words.ts';

type Acting = Pick<Approval, 'subjects' | 'connector'>;

/** For the facts of the card; nothing where the call names no record. */
export function ActsOn({ approval: { subjects, connector } }: { readonly approval: Acting }) {
  if (subjects?.length === 0) return null;
  return (
    <>
      <dt>{t('approvals.card.on')}</dt>
      <dd className="acts-on">
        {subjects === null && t('approvals.card.onUnknown')}
        {subjects?.map(({ kind, id, name }) => (
          <span key={`${kind} ${id}`}>
            <b>
              <VendorText text={name ?? ''} />
            </b>{' '}
            <span className="faint">
              ({connectorName(connector)} {kind} {id})
            </span>
          </span>
        ))}
      </dd>
    </>
  );
}

/** A line has no room for one whole; the card has it. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The same on one line, to tell rows apart: the first of them, and how many there are besides. */
export function ActsOnLine({ approval: { subjects } }: { readonly approval: Acting }) {
  if (subjects === null) return <span className="faint">{t('approvals.queue.onUnknown')}</span>;
  const [first] = subjects;
  if (first === undefined) return null;
  return (
    <span className="queue-on">
      <span className="faint">{t('approvals.queue.on')}</span>
      <span className="queue-name">
        <VendorText text={first.name ?? ''} />
      </span>
      <span className="queue-id faint">
        ({first.kind} {uuid.test(first.id) ? `${first.id.slice(0, 8)}…` : first.id})
        {subjects.length > 1 && ` +${subjects.length - 1}`}
      </span>
    </span>
  );
}
