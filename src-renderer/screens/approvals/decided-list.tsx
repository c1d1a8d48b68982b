import type { Approval } from '../../../src-shared/model/approval.ts';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { moment, t } from '../../words.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import { outcomeBy } from './outcome-words.ts';
import { useListKeys } from './use-list-keys.ts';

interface Props {
  readonly approvals: readonly Approval[];
  readonly shown: string | null;
  readonly show: (id: string) => void;
  readonly open: (id: string) => void;
}

/** What ended lately, and how. */
export function DecidedList({ approvals, shown, show, open }: Props) {
  const ids = approvals.map(({ id }) => id);
  const stop = shown !== null && ids.includes(shown as Approval['id']) ? shown : (ids[0] ?? null);
  const { list, hear } = useListKeys(ids, stop, { show, open });
  return (
    <div
      ref={list}
      className="queue decided"
      role="listbox"
      aria-label={t('approvals.queue.decided')}
      tabIndex={-1}
      onKeyDown={hear}
    >
      {approvals.map((each) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The list hears the keys for its rows.
        <div
          key={each.id}
          role="option"
          className="queue-row"
          data-id={each.id}
          aria-selected={each.id === shown}
          aria-current={each.id === shown || undefined}
          tabIndex={each.id === stop ? 0 : -1}
          onClick={() => open(each.id)}
        >
          <CustomerTile customer={each.customer} />
          <span className="queue-words">
            <b>{each.title}</b>
            <span>{each.customer.name}</span>
            <span>
              <OutcomeBadge state={each.state} />
              <span className="decided-by">{outcomeBy(each)}</span>
            </span>
          </span>
          <span className="queue-end faint number">{moment(each.decided?.at ?? each.askedAt)}</span>
        </div>
      ))}
    </div>
  );
}
