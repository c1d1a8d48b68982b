/**
 * One request as a person decides on it. Nothing here decides: it sends the fingerprint that was on screen, and the gateway
 * judges. Closing or leaving it decides nothing either; only the clock does, and that is a no.
 */
import { type KeyboardEvent, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Approval, StandingApproval } from '../../../src-shared/model/approval.ts';
import { hueStyle } from '../../parts/customer-tile.tsx';
import { Button } from '../../parts/button.tsx';
import { useLooks } from '../../parts/looks.ts';
import { RiskBadge } from '../../parts/risk.tsx';
import { t } from '../../words.ts';
import { ApprovalActs } from './approval-acts.tsx';
import { ApprovalFacts } from './approval-facts.tsx';
import { ArgumentsView, isLong } from './arguments-view.tsx';
import { CustomerHead } from './customer-head.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { layoutOf } from './layout.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { TwoPersons } from './two-persons.tsx';
import { useDecision } from './use-decision.ts';
import { useKeptFocus } from './use-kept-focus.ts';

interface Props {
  readonly approval: Approval;
  /** What was approved for a while with it, as long as that holds. */
  readonly standing: StandingApproval | null;
  readonly next: { readonly title: string; readonly count: number; readonly open: () => void } | null;
}

/** Holds on to the fingerprint that was shown first: when the request is another one by now, that has to be read anew. */
export function ApprovalCard(props: Props) {
  const { fingerprint } = props.approval;
  const [seen, setSeen] = useState(fingerprint);
  return <Card key={seen} {...props} seen={seen} readAnew={() => setSeen(fingerprint)} />;
}

interface CardProps extends Props {
  readonly seen: string;
  readonly readAnew: () => void;
}

function Card({ approval, standing, next, seen, readAnew }: CardProps) {
  const { customer, risk, state, title } = approval;
  const lookOf = useLooks();
  const [isOpened, setOpened] = useState(false);
  const [isRead, setRead] = useState(false);
  const isChanged = approval.fingerprint !== seen;
  const layout = layoutOf(risk);
  const decision = useDecision(approval, {
    seen,
    isOpened: isOpened || !isLong(approval),
    isRead: isRead || layout !== 'destructive',
  });
  const { card, outcome } = useKeptFocus(state);

  const hear = (event: KeyboardEvent<HTMLElement>): void => {
    const isChord = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const from = event.target as Element;
    // What opens over the card is its child to React, not to the person: an Enter in there is not for the card.
    if (!isChord || event.nativeEvent.isComposing || !event.currentTarget.contains(from)) return;
    event.preventDefault(); // Or the button that has the focus would be pressed too.
    if (!event.repeat && !isChanged && from.closest('[data-deny]') === null) decision.approveByKeys();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Hears one chord for the buttons inside.
    <article
      ref={card}
      className={`approval hued ${layout}`}
      style={hueStyle(lookOf(customer))}
      aria-label={t('approvals.card.label', { title, customer: customer.name })}
      data-state={state}
      onKeyDown={hear}
    >
      {layout === 'destructive' && (
        <p className="approval-band">
          <TriangleAlert className="icon" aria-hidden="true" />
          {t('risk.destructive')}
        </p>
      )}
      <CustomerHead customer={customer}>{layout !== 'destructive' && <RiskBadge risk={risk} />}</CustomerHead>
      <div className="approval-body">
        <ApprovalFacts approval={approval}>
          {state === 'pending' && <EffectPanel approval={approval} layout={layout} />}
        </ApprovalFacts>
        <ArgumentsView
          approval={approval}
          isOfAi={approval.client !== 'operator'}
          isOpened={isOpened}
          open={() => setOpened(true)}
        />
        <TwoPersons approval={approval} />
      </div>
      {state !== 'pending' && (
        <OutcomePanel ref={outcome} approval={approval} standing={standing} takeBack={decision.deny} next={next} />
      )}
      {state === 'pending' && isChanged && (
        <div className="scope-strip" role="alert">
          <TriangleAlert className="icon" aria-hidden="true" />
          <p>
            <b>{t('approvals.changed.lead')}</b> {t('approvals.changed.rest')}
          </p>
          <Button onClick={readAnew}>{t('approvals.changed.anew')}</Button>
        </div>
      )}
      {state === 'pending' && !isChanged && (
        <ApprovalActs
          approval={approval}
          seen={seen}
          decision={decision}
          layout={layout}
          isRead={isRead}
          read={setRead}
        />
      )}
    </article>
  );
}
