import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { focusInvalid } from '../../parts/focus-invalid.ts';
import { LabelledField } from '../../parts/labelled-field.tsx';
import { roleWords } from '../../parts/role-words.ts';
import { useDeed } from '../../parts/use-deed.ts';
import { t } from '../../words.ts';
import { inPlainWords } from './approval-fault.ts';
import { CustomerDialog } from './customer-dialog.tsx';
import { EndedStrip } from './ended-strip.tsx';
import { shortFingerprint } from './fingerprint.tsx';
import { approveCall } from './use-decision.ts';

interface Props {
  readonly approval: Approval;
  /** The fingerprint the person saw. */
  readonly seen: string;
  readonly close: () => void;
}

const longest = 8192;

/** Another person's yes, at this desk: in the demo a colleague is chosen, elsewhere they bring their signed identity. */
export function ColleagueDialog({ approval, seen, close }: Props) {
  const { id, customer, title, state, approvedBy } = approval;
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [pasted, setPasted] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const colleagues = useQuery({
    queryKey: ['colleagues', id, approvedBy.length],
    queryFn: ({ signal }) => api().colleagues({ approval: id }, within(10_000, signal)),
    staleTime: 0, // Who may is another question from one minute to the next.
  });
  const others = colleagues.data ?? [];
  const who = others.find((each) => each.id === chosen);
  const approve = useDeed(async () => {
    const identity =
      who === undefined
        ? pasted.trim()
        : (await inPlainWords(() => api().colleagueIdentity({ id: who.id }, within(15_000)))).identity;
    await approveCall({ id, fingerprint: seen, identity, standing: null });
  }, close);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const isMissing = who === undefined && pasted.trim() === '';
    setWrong(isMissing ? t('approvals.other.needed') : null);
    if (isMissing) focusInvalid(form.current);
    else if (state === 'pending') approve.run();
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const isLong = file.size > longest;
    setWrong(isLong ? t('approvals.other.fileLong') : null);
    if (isLong) return;
    setPasted((await file.text()).trim());
    setChosen(null);
  };
  return (
    <CustomerDialog title={t('approvals.other.title')} customer={customer} close={close}>
      <EndedStrip approval={approval} />
      <form ref={form} noValidate onSubmit={send}>
        <div className="dialog-body">
          <p>
            {t('approvals.other.what', {
              title,
              customer: customer.name,
              fingerprint: shortFingerprint(seen),
            })}
            . {t('approvals.other.lead')}
          </p>
          {colleagues.isPending && <p className="quiet">{t('approvals.other.loading')}</p>}
          {others.length > 0 && (
            <fieldset className="colleagues">
              <legend>{t('approvals.other.pick')}</legend>
              {others.map((each) => (
                <label key={each.id} className="colleague">
                  <input
                    type="radio"
                    name="colleague"
                    checked={chosen === each.id}
                    onChange={() => {
                      setChosen(each.id);
                      setPasted('');
                      setWrong(null);
                    }}
                  />
                  <b>{each.name}</b>
                  <span className="quiet">{roleWords(each.roles)}</span>
                </label>
              ))}
              <p className="faint small">{t('approvals.other.demo')}</p>
            </fieldset>
          )}
          <LabelledField label={t('approvals.other.paste')} help={t('approvals.other.pasteHelp')} wrong={wrong}>
            {(attributes) => (
              <textarea
                {...attributes}
                className="field mono"
                rows={3}
                maxLength={longest}
                spellCheck={false}
                autoComplete="off"
                value={pasted}
                onChange={(event) => {
                  setPasted(event.target.value);
                  setChosen(null);
                }}
              />
            )}
          </LabelledField>
          <label className="button file-button">
            {t('approvals.other.file')}
            <input type="file" className="unseen" onChange={(event) => void read(event.target.files?.[0])} />
          </label>
          <FaultLine fault={approve.fault} />
        </div>
        <DeedActs isBusy={approve.isBusy} keep={t('dialog.cancel')}>
          <Button type="submit" look="primary" isBusy={approve.isBusy} isIdle={state !== 'pending'}>
            {who === undefined
              ? t('approvals.other.submitPasted', { customer: customer.name })
              : t('approvals.other.submit', { name: who.name, customer: customer.name })}
          </Button>
        </DeedActs>
      </form>
    </CustomerDialog>
  );
}
