import { type ReactNode, useContext, useEffect } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { t } from '../words.ts';
import { DialogHold } from './dialog-hold.ts';

interface Props {
  readonly isBusy: boolean;
  /** The words of the way out, which is the harmless answer. */
  readonly keep: string;
  /** The buttons that do it. */
  readonly children: ReactNode;
}

/** The foot of a dialog with a deed: the way out comes first, and there is none while the deed runs. */
export function DeedActs({ isBusy, keep, children }: Props) {
  const { hold, why } = useContext(DialogHold);
  useEffect(() => {
    hold(isBusy);
    return () => hold(false);
  }, [hold, isBusy]);
  return (
    <div className="dialog-acts">
      <p className="held" id={why} role="status">
        {isBusy && t('dialog.held')}
      </p>
      <Dialog.Close className="button" aria-disabled={isBusy || undefined} aria-describedby={isBusy ? why : undefined}>
        {keep}
      </Dialog.Close>
      {children}
    </div>
  );
}
