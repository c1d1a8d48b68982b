import { CheckSquare, Square } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { CustomerTile, hueStyle } from '../../parts/customer-tile.tsx';
import { useLooks } from '../../parts/looks.ts';
import { RiskBadge } from '../../parts/risk.tsx';
import { plainLine } from '../../parts/vendor-text.tsx';
import { number, t } from '../../words.ts';
import { ActsOnLine } from './acts-on.tsx';
import { ClockLeft } from './countdown.tsx';
import { gist } from './gist.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import type { QueueGroup } from './queue.ts';
import { useListKeys } from './use-list-keys.ts';

interface Props {
  readonly groups: readonly QueueGroup[];
  /** The one whose card is shown. */
  readonly shown: string | null;
  readonly marked: ReadonlySet<string>;
  readonly mark: (ids: readonly string[]) => void;
  readonly show: (id: string) => void;
  readonly open: (id: string) => void;
}

/** What waits, for eye and keyboard: moving shows the card beside it, marking is for saying no to many. */
export function QueueList({ groups, shown, marked, mark, show, open }: Props) {
  const lookOf = useLooks();
  const rows = groups.flatMap(({ members }) => members);
  const ids = rows.map(({ id }) => id);
  const stop = shown !== null && ids.includes(shown as Approval['id']) ? shown : (ids[0] ?? null);
  const toggle = (id: string): void =>
    mark(marked.has(id) ? [...marked].filter((each) => each !== id) : [...marked, id]);
  const { list, hear } = useListKeys(ids, stop, {
    show,
    open,
    mark: toggle,
    markAll: () => mark(rows.filter(({ state }) => state === 'pending').map(({ id }) => id)),
    unmark: () => mark([]),
  });
  return (
    <div
      ref={list}
      className="queue"
      role="listbox"
      aria-label={t('approvals.queue.label')}
      aria-multiselectable="true"
      tabIndex={-1}
      onKeyDown={hear}
    >
      {groups.map(({ key, customer, risk, isFirst, members }) => (
        <div
          key={key}
          role="group"
          aria-label={t('approvals.queue.group', {
            customer: customer.name,
            code: customer.code,
            risk: t(`risk.${risk}`),
          })}
        >
          {isFirst && (
            <div className="queue-customer hued" style={hueStyle(lookOf(customer))} aria-hidden="true">
              <CustomerTile customer={customer} />
              <b>{customer.name}</b>
              <span className="faint">{customer.code}</span>
            </div>
          )}
          <div className="queue-risk" aria-hidden="true">
            <RiskBadge risk={risk} />
            <span className="faint number">{number(members.length)}</span>
          </div>
          {members.map((row) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The list hears the keys for its rows.
            <div
              key={row.id}
              role="option"
              className="queue-row"
              data-id={row.id}
              aria-selected={marked.has(row.id)}
              aria-current={row.id === shown || undefined}
              tabIndex={row.id === stop ? 0 : -1}
              onClick={() => open(row.id)}
            >
              <Mark row={row} isMarked={marked.has(row.id)} toggle={() => toggle(row.id)} />
              <Row row={row} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

interface MarkProps {
  readonly row: Approval;
  readonly isMarked: boolean;
  readonly toggle: () => void;
}

/** The box of a row, for the mouse: the keyboard has Space, and a reader hears whether the row is selected. */
function Mark({ row, isMarked, toggle }: MarkProps) {
  const Icon = isMarked ? CheckSquare : Square;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className="queue-mark"
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        if (row.state === 'pending') toggle();
      }}
    >
      {row.state === 'pending' && <Icon className="icon" />}
    </span>
  );
}

function Row({ row }: { readonly row: Approval }) {
  const { title, client, technician, state, expiresAt, needed, approvedBy } = row;
  return (
    <>
      <span className="queue-words">
        <b>{title}</b>
        <ActsOnLine approval={row} />
        <span className="queue-gist">{gist(row)}</span>
        <span>
          {client === 'operator'
            ? t('approvals.queue.own')
            : t('approvals.queue.from', { client, name: plainLine(technician.name) })}
        </span>
      </span>
      <span className="queue-end">
        {state === 'pending' ? <ClockLeft until={expiresAt} /> : <OutcomeBadge state={state} />}
        {state === 'pending' && needed === 2 && (
          <span className="faint number">
            {approvedBy.length}/{needed}
          </span>
        )}
      </span>
    </>
  );
}
