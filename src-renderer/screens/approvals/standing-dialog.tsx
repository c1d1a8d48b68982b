import { type SubmitEvent, useRef, useState } from 'react';
import type { Approval, StandingTerms } from '../../../src-shared/model/approval.ts';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { t } from '../../words.ts';
import { clientName } from '../activity/call-words.ts';
import { type ArgumentRow, argumentRows } from './argument-rows.ts';
import { CustomerDialog } from './customer-dialog.tsx';
import { EndedStrip } from './ended-strip.tsx';
import { ExactText } from './exact-view.tsx';
import { approveCall } from './use-decision.ts';

interface Props {
  readonly approval: Approval;
  /** The fingerprint the person saw. */
  readonly seen: string;
  readonly close: () => void;
}

const choices: readonly StandingTerms['minutes'][] = [15, 30, 60];

/** Yes to this call and to calls like it: for how long, how many, and what of it must stay as it is. All of it, at first. */
export function StandingDialog({ approval, seen, close }: Props) {
  const { id, customer, state, policyVersion } = approval;
  const client = clientName(approval.client);
  const rows = argumentRows(approval);
  const form = useRef<HTMLFormElement>(null);
  const [minutes, setMinutes] = useState<StandingTerms['minutes']>(15);
  const [uses, setUses] = useState('5');
  const [isWrong, setWrong] = useState(false);
  const [free, setFree] = useState<readonly string[]>([]);
  const count = Number(uses);
  const isCount = /^\d{1,2}$/.test(uses.trim()) && count >= 1 && count <= 50;
  const approve = useDeed(async () => {
    const fixed = rows.map(({ name }) => name).filter((name) => !free.includes(name));
    await approveCall({ id, fingerprint: seen, identity: null, standing: { minutes, uses: count, fixed } });
  }, close);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    setWrong(!isCount);
    if (!isCount) focusInvalid(form.current);
    else if (state === 'pending') approve.run();
  };
  return (
    <CustomerDialog title={t('approvals.standing.title')} customer={customer} close={close}>
      <EndedStrip approval={approval} />
      <form ref={form} noValidate onSubmit={send}>
        <div className="dialog-body">
          <fieldset className="choices">
            <legend>{t('approvals.standing.minutes')}</legend>
            {choices.map((each) => (
              <label key={each} className="choice number">
                <input type="radio" name="minutes" checked={minutes === each} onChange={() => setMinutes(each)} />
                {t('approvals.standing.minutesOf', { count: each })}
              </label>
            ))}
          </fieldset>
          <LabelledField
            label={t('approvals.standing.uses')}
            help={t('approvals.standing.usesHelp')}
            wrong={isWrong && !isCount ? t('approvals.standing.usesWrong') : null}
          >
            {(attributes) => (
              <input
                {...attributes}
                className="field uses"
                inputMode="numeric"
                value={uses}
                onChange={(event) => setUses(event.target.value)}
              />
            )}
          </LabelledField>
          <Fixed
            rows={rows}
            free={free}
            toggle={(name) => setFree(free.includes(name) ? free.filter((each) => each !== name) : [...free, name])}
          />
          <p className="quiet small">
            {t('approvals.standing.always', { customer: customer.name, client, version: policyVersion })}
          </p>
          <p className={`in-words ${free.length > 0 ? 'loose' : ''}`} aria-live="polite">
            {t('approvals.standing.inWords', {
              count: isCount ? count : 0,
              minutes,
              client,
              title: approval.title,
              customer: customer.name,
            })}{' '}
            <b>
              {free.length === 0
                ? t('approvals.standing.nothing')
                : t('approvals.standing.anything', { names: free.join(', ') })}
            </b>
          </p>
          <FaultLine fault={approve.fault} />
        </div>
        <DeedActs isBusy={approve.isBusy} keep={t('dialog.cancel')}>
          <Button type="submit" look="primary" isBusy={approve.isBusy} isIdle={state !== 'pending'}>
            {t('approvals.standing.submit', { minutes, customer: customer.name })}
          </Button>
        </DeedActs>
      </form>
    </CustomerDialog>
  );
}

interface FixedProps {
  readonly rows: readonly ArgumentRow[];
  readonly free: readonly string[];
  readonly toggle: (name: string) => void;
}

/** One box for each argument. The customer's is not among them: it can never be another. */
function Fixed({ rows, free, toggle }: FixedProps) {
  const choosable = rows.filter(({ name }) => name !== 'customer');
  if (choosable.length === 0) return null;
  return (
    <fieldset className="fixed-list">
      <legend>{t('approvals.standing.fixed')}</legend>
      {choosable.map(({ name, kind, text }) => (
        // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Its text is drawn by ExactText.
        <label key={name} className="check">
          <input type="checkbox" checked={!free.includes(name)} onChange={() => toggle(name)} />
          <span>
            <code>
              <ExactText text={name} />
            </code>
            <span className="fixed-value">
              {kind === 'secret' ? t('approvals.card.secret') : <ExactText text={text.slice(0, 300)} />}
            </span>
          </span>
        </label>
      ))}
      <p className="faint small">{t('approvals.standing.free')}</p>
    </fieldset>
  );
}
