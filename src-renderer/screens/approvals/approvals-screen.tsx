/** What waits for a person, what is approved for a while, and what was decided. The address names the request that is open. */
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { ArrowLeft } from 'lucide-react';
import type { Approval, ApprovalDesk } from '../../../src-shared/model/approval.ts';
import { useApp } from '../../api/app.ts';
import { useApprovals } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { number, t } from '../../words.ts';
import { useIsNarrow } from '../mapping/use-is-narrow.ts';
import { ApprovalCard } from './approval-card.tsx';
import { DecidedList } from './decided-list.tsx';
import { useJump } from './jump.ts';
import { decidedOrder, nextWaiting, queueGroups } from './queue.ts';
import { QueueFoot } from './queue-foot.tsx';
import { QueueList } from './queue-list.tsx';
import { StandingList } from './standing-list.tsx';

type View = 'waiting' | 'standing' | 'decided';

export function ApprovalsScreen() {
  const approvals = useApprovals();
  const [chosen, setChosen] = useState<View | null>(null);
  const { id: address } = useParams({ strict: false });
  const desk = approvals.data;
  const found = desk?.approvals.find(({ id }) => id === address);
  if (chosen === null && desk !== undefined)
    setChosen(found !== undefined && found.state !== 'pending' ? 'decided' : 'waiting');
  const view = chosen ?? 'waiting';
  useJumpTo(desk !== undefined, () => setChosen('waiting'));
  return (
    <Page className="fill approvals" title={t('approvals.title')} lead={t('approvals.lead')}>
      {desk !== undefined && <Views desk={desk} view={view} choose={setChosen} />}
      {approvals.isError && <Failed thrown={approvals.error} retry={() => void approvals.refetch()} />}
      {approvals.isPending && <Waiting rows={6} />}
      {desk !== undefined && view === 'standing' && <Standing desk={desk} />}
      {desk !== undefined && view !== 'standing' && <Desk key={view} desk={desk} view={view} address={address} />}
    </Page>
  );
}

interface ViewsProps {
  readonly desk: ApprovalDesk;
  readonly view: View;
  readonly choose: (view: View) => void;
}

function Views({ desk, view, choose }: ViewsProps) {
  const navigate = useNavigate();
  const pending = desk.approvals.filter(({ state }) => state === 'pending').length;
  const counts = { waiting: pending, standing: desk.standing.length, decided: desk.approvals.length - pending };
  return (
    <div className="filters" role="group" aria-label={t('approvals.views.label')}>
      {(['waiting', 'standing', 'decided'] as const).map((each) => (
        <button
          key={each}
          type="button"
          className="chip"
          aria-pressed={view === each}
          onClick={() => {
            choose(each);
            void navigate({ to: '/approvals/{-$id}', params: { id: undefined }, replace: true });
          }}
        >
          {t(`approvals.views.${each}`)} <b>{number(counts[each])}</b>
        </button>
      ))}
    </div>
  );
}

function Standing({ desk: { standing } }: { readonly desk: ApprovalDesk }) {
  if (standing.length > 0) return <StandingList standing={standing} />;
  return (
    <Empty title={t('approvals.none.standing')}>
      <p>{t('approvals.none.standingHelp')}</p>
    </Empty>
  );
}

interface DeskProps {
  readonly desk: ApprovalDesk;
  readonly view: 'waiting' | 'decided';
  readonly address: string | undefined;
}

/** The list and the card beside it. What is shown stays until the person shows another: nothing that comes or goes swaps it. */
function Desk({ desk: { approvals, standing }, view, address }: DeskProps) {
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  const [shown, setShown] = useState<string | null>(address ?? null);
  const [followed, setFollowed] = useState(address);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const bound = useApp((app) => app.state?.binding?.customer.id ?? null);
  const groups = useMemo(() => queueGroups(approvals, { kept: shown, bound }), [approvals, shown, bound]);
  const decided = useMemo(() => decidedOrder(approvals), [approvals]);
  const waiting = groups.flatMap(({ members }) => members).filter(({ state }) => state === 'pending');
  const rows: readonly Approval[] = view === 'decided' ? decided : groups.flatMap(({ members }) => members);
  if (address !== followed) {
    setFollowed(address);
    if (address !== undefined) setShown(address); // Another address was opened: a link, or the way back.
  }
  const [first] = rows;
  if (shown === null && first !== undefined) setShown(first.id);

  const open = (id: string): void => {
    setShown(id);
    void navigate({ to: '/approvals/{-$id}', params: { id }, replace: address !== undefined });
  };
  const read = (id: string): void => {
    open(id);
    focusCard();
  };
  const forget = (): void => {
    setShown(null);
    void navigate({ to: '/approvals/{-$id}', params: { id: undefined } });
  };
  const approval = approvals.find(({ id }) => id === shown);
  const next = nextWaiting(groups, shown);
  if (shown === null && rows.length === 0 && address === undefined) return <Nothing view={view} />;
  const list = { shown, show: setShown, open: (id: string) => (isNarrow || id === shown ? read(id) : open(id)) };
  return (
    <div className="desk" data-open={address !== undefined}>
      <div className="desk-list">
        {view === 'decided' ? (
          <DecidedList approvals={decided} {...list} />
        ) : (
          <QueueList groups={groups} marked={marked} mark={(ids) => setMarked(new Set(ids))} {...list} />
        )}
        {view === 'waiting' && <QueueFoot waiting={waiting} marked={marked} mark={(ids) => setMarked(new Set(ids))} />}
      </div>
      <div className="desk-card">
        <Link className="button plain desk-back" to="/approvals/{-$id}" params={{ id: undefined }}>
          <ArrowLeft className="icon" aria-hidden="true" />
          {t('approvals.queue.back')}
        </Link>
        {approval === undefined ? (
          <Gone isNamed={shown !== null} forget={forget} />
        ) : (
          <ApprovalCard
            key={approval.id}
            approval={approval}
            standing={standing.find((each) => each.approval === approval.id) ?? null}
            next={
              next === null || view === 'decided'
                ? null
                : { title: next.title, count: waiting.length, open: () => read(next.id) }
            }
          />
        )}
      </div>
    </div>
  );
}

function Nothing({ view }: { readonly view: 'waiting' | 'decided' }) {
  return (
    <Empty title={t(`approvals.none.${view}`)}>
      <p>{t(`approvals.none.${view}Help`)}</p>
    </Empty>
  );
}

/** A request of an address that is not known (any more). */
function Gone({ isNamed, forget }: { readonly isNamed: boolean; readonly forget: () => void }) {
  return (
    <Empty title={t(isNamed ? 'approvals.gone.title' : 'approvals.pick.title')}>
      <p>{t(isNamed ? 'approvals.gone.help' : 'approvals.pick.help')}</p>
      {isNamed && <Button onClick={forget}>{t('approvals.gone.queue')}</Button>}
    </Empty>
  );
}

/** The person asked for the card by a key: its heading is where reading begins. */
function focusCard(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.approval-title')?.focus()),
  );
}

/** Shows the queue when it is asked for, and puts the focus into it where that is wanted too. */
function useJumpTo(isLoaded: boolean, prepare: () => void): void {
  const isWanted = useJump((jump) => jump.isWanted);
  useEffect(() => {
    if (!isWanted || !isLoaded) return;
    const { takesFocus } = useJump.getState();
    useJump.setState({ isWanted: false });
    prepare();
    if (!takesFocus) return;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.queue [role="option"][tabindex="0"]')?.focus()),
    );
  });
}
