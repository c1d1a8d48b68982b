import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { api, within } from '../../api/app.ts';
import { learnApproval, refreshApprovals } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { noHue } from '../../parts/customer-tile.tsx';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { useDeed } from '../../parts/use-deed.ts';
import { number, t } from '../../words.ts';
import { inPlainWords } from './approval-fault.ts';
import { CustomerDialog } from './customer-dialog.tsx';
import { EndedStrip } from './ended-strip.tsx';
import { ActsOnLine } from './acts-on.tsx';
import { gist } from './gist.ts';

interface Props {
  readonly approval: Approval;
  /** The fingerprint the person saw. */
  readonly seen: string;
  readonly close: () => void;
}

/** No to one request, and why. */
export function DenyDialog({ approval, seen, close }: Props) {
  const { id, customer, title, state } = approval;
  return (
    <CustomerDialog title={t('approvals.deny.title')} customer={customer} close={close}>
      <EndedStrip approval={approval} />
      <DenyForm
        isNeeded
        submit={t('approvals.deny.submit', { customer: customer.name })}
        isOver={state !== 'pending'}
        act={async (reason) =>
          learnApproval(await api().deny({ id, fingerprint: seen, identity: null, reason }, within(15_000)))
        }
        done={close}
      >
        <p>{t('approvals.deny.what', { title, customer: customer.name })}</p>
      </DenyForm>
    </CustomerDialog>
  );
}

interface ManyProps {
  readonly approvals: readonly Approval[];
  readonly close: () => void;
  /** How many are denied, and how many had ended by themselves before. */
  readonly done: (denied: number, missed: number) => void;
}

/** No to many at once: each is listed, and a reason may be given for all. What ended meanwhile is left out by itself. */
export function DenyManyDialog({ approvals, close, done }: ManyProps) {
  const [chosen] = useState(approvals);
  const count = { count: chosen.length, shown: number(chosen.length) };
  return (
    <ManyFrame chosen={chosen} close={close}>
      <DenyForm
        isNeeded={false}
        submit={t('approvals.deny.submitMany', count)}
        isOver={false}
        act={async (reason) => {
          const { denied } = await api().denyApprovals({ ids: chosen.map(({ id }) => id), reason }, within(30_000));
          await refreshApprovals();
          return denied;
        }}
        done={(denied) => {
          close();
          done(denied, chosen.length - denied);
        }}
      >
        <p>{t('approvals.deny.many', count)}</p>
        <ScrollRegion className="deny-list" label={t('approvals.deny.many', count)}>
          <ul>
            {chosen.map((each) => (
              <li key={each.id}>
                <b>{each.title}</b>{' '}
                <span className="quiet">
                  {each.customer.name}, {each.client}
                </span>
                <ActsOnLine approval={each} />
                <span className="queue-gist quiet">{gist(each)}</span>
              </li>
            ))}
          </ul>
        </ScrollRegion>
      </DenyForm>
    </ManyFrame>
  );
}

interface FrameProps {
  readonly chosen: readonly Approval[];
  readonly close: () => void;
  readonly children: ReactNode;
}

/** In the colours of the customer where there is but one, else in none, with how many there are. */
function ManyFrame({ chosen, close, children }: FrameProps) {
  const title = t('approvals.deny.titleMany', { count: chosen.length, shown: number(chosen.length) });
  const [first] = chosen;
  const customers = new Set(chosen.map(({ customer }) => customer.id)).size;
  if (first !== undefined && customers === 1)
    return (
      <CustomerDialog title={title} customer={first.customer} close={close}>
        {children}
      </CustomerDialog>
    );
  const chip = <span className="scope-chip">{t('approvals.deny.customers', { count: customers })}</span>;
  return (
    <DialogFrame title={title} close={close} chip={chip} style={noHue}>
      {children}
    </DialogFrame>
  );
}

interface FormProps<T> {
  readonly isNeeded: boolean;
  readonly isOver: boolean;
  readonly submit: string;
  readonly act: (reason: string) => Promise<T>;
  readonly done: (answer: T) => void;
  readonly children: ReactNode;
}

function DenyForm<T>({ isNeeded, isOver, submit, act, done, children }: FormProps<T>) {
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const deny = useDeed(() => inPlainWords(() => act(reason.trim())), done);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const isMissing = isNeeded && reason.trim() === '';
    setWrong(isMissing);
    if (isMissing) focusInvalid(form.current);
    else if (!isOver) deny.run();
  };
  return (
    <form ref={form} noValidate onSubmit={send}>
      <div className="dialog-body">
        {children}
        <LabelledField
          label={
            <>
              {t('approvals.deny.reason')} {!isNeeded && <span className="faint">{t('approvals.deny.optional')}</span>}
            </>
          }
          help={t('approvals.deny.reasonHelp')}
          wrong={isWrong ? t('approvals.deny.needed') : null}
        >
          {(attributes) => (
            <textarea
              {...attributes}
              className="field"
              rows={3}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </LabelledField>
        <FaultLine fault={deny.fault} />
      </div>
      <DeedActs isBusy={deny.isBusy} keep={t('approvals.deny.keep')}>
        <Button type="submit" look="danger" isBusy={deny.isBusy} isIdle={isOver}>
          {submit}
        </Button>
      </DeedActs>
    </form>
  );
}
