import { useState } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { FileDown, ShieldCheck } from 'lucide-react';
import type { LedgerFilter } from '../../../src-shared/contract/ledger.ts';
import type { Format } from '../../../src-shared/export/write-export.ts';
import { Button } from '../../parts/button.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useRight } from '../../parts/use-right.ts';
import { WorkplaceDialog } from '../../parts/workplace-dialog.tsx';
import { number, t } from '../../words.ts';
import { isFiltered } from './ledger-search.ts';
import { type Saved, useExport } from './use-export.ts';

interface Props {
  /** What the list shows. */
  readonly filter: LedgerFilter;
  /** Entries in the ledger, and how many of them the list shows, where that is known. */
  readonly entries: number;
  readonly shown: number | undefined;
  readonly close: () => void;
}

const formats = ['jsonl', 'bundle', 'csv'] as const;

/** Which export, then how it goes, then what came of it. Closing it ends an export that runs. */
export function ExportDialog({ filter, entries, shown, close }: Props) {
  const mayRead = useRight('read-bodies');
  const [format, setFormat] = useState<Format>('jsonl');
  const [isPartial, setPartial] = useState(false);
  const [wantsBodies, setBodies] = useState(false);
  const bodies = wantsBodies && mayRead && format === 'bundle';
  const exporting = useExport({ format, filter: isPartial ? filter : {}, bodies });
  const { isBusy, share, fault, saved, isCancelled, run, cancel } = exporting;
  return (
    <WorkplaceDialog
      title={t('ledger.export.title')}
      close={() => {
        cancel();
        close();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <div className="dialog-body">
          <fieldset className="choices" disabled={isBusy}>
            <legend>{t('ledger.export.format')}</legend>
            {formats.map((each) => (
              <label key={each} className="check">
                <input type="radio" name="format" checked={format === each} onChange={() => setFormat(each)} />
                <span>
                  {t(`ledger.export.formats.${each}`)}
                  <span className="faint">{t(`ledger.export.${isPartial ? 'partHelp' : 'formatHelp'}.${each}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {isFiltered(filter) && (
            <fieldset className="choices" disabled={isBusy}>
              <legend>{t('ledger.export.which')}</legend>
              <label className="check">
                <input type="radio" name="which" checked={!isPartial} onChange={() => setPartial(false)} />
                <span>{t('ledger.export.all', { entries: number(entries) })}</span>
              </label>
              <label className="check">
                <input type="radio" name="which" checked={isPartial} onChange={() => setPartial(true)} />
                <span>
                  {shown === undefined
                    ? t('ledger.export.filteredUnknown')
                    : t('ledger.export.filtered', { entries: number(shown) })}
                  <span className="faint">{t('ledger.export.partial')}</span>
                </span>
              </label>
            </fieldset>
          )}
          {format === 'bundle' && (
            <label className="check">
              <input
                type="checkbox"
                checked={bodies}
                disabled={!mayRead || isBusy}
                onChange={({ target }) => setBodies(target.checked)}
              />
              <span>
                {t('ledger.export.bodies')}
                <span className="faint">{t(mayRead ? 'ledger.export.bodiesHelp' : 'ledger.export.bodiesNoRight')}</span>
              </span>
            </label>
          )}
          <p className="quiet">{t('ledger.export.recorded')}</p>
          {isBusy && (
            <div className="export-progress">
              <ProgressBar label={t('ledger.export.progress')} share={share} />
              <span className="number">{t('ledger.export.done', { share: Math.floor(share * 100) })}</span>
            </div>
          )}
          <div role="status">
            {saved !== null && <SavedLine saved={saved} />}
            {isCancelled && !isBusy && <p className="quiet">{t('ledger.export.cancelled')}</p>}
          </div>
          <FaultLine fault={fault} />
        </div>
        <div className="dialog-acts">
          {isBusy ? (
            <Button onClick={cancel}>{t('dialog.cancel')}</Button>
          ) : (
            <Dialog.Close className="button">{t('dialog.close')}</Dialog.Close>
          )}
          <Button type="submit" look="primary" isBusy={isBusy}>
            {t(saved === null ? 'ledger.export.submit' : 'ledger.export.again')}
          </Button>
        </div>
      </form>
    </WorkplaceDialog>
  );
}

/** What was saved, and what it can show: docs/audit-format.md. Only evidence that a signature holds bears the shield. */
function SavedLine({ saved }: { readonly saved: Saved }) {
  const { entries, name, checkpoint, recorded, isSigned, format, isPart } = saved;
  const isProof = format === 'bundle' || (format === 'jsonl' && !isPart);
  const look = !isProof ? 'plain' : isSigned ? 'proven' : 'asked';
  const Icon = look === 'proven' ? ShieldCheck : FileDown;
  return (
    <p className={`why number ${look}`}>
      <Icon className="icon" aria-hidden="true" />
      <span>
        <b>{t('ledger.export.saved', { count: entries, shown: number(entries), name })}</b>{' '}
        {t(`ledger.export.${isPart ? 'part' : 'whole'}.${format}`, { checkpoint: number(checkpoint) })}{' '}
        {isProof && !isSigned && `${t('ledger.export.unsigned')} `}
        {t('ledger.export.onRecord', { recorded: number(recorded) })}
      </span>
    </p>
  );
}
