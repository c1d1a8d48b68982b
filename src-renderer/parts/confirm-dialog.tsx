import type { ReactNode } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { Button } from './button.tsx';
import { FaultLine } from './fault-line.tsx';
import { useAction } from './use-action.ts';
import { WorkplaceDialog } from './workplace-dialog.tsx';

interface Props {
  readonly title: string;
  /** What happens, in full sentences. */
  readonly children: ReactNode;
  readonly keep: string;
  readonly submit: string;
  readonly act: () => Promise<unknown>;
  readonly close: () => void;
}

/** A deed of the workplace that cannot be undone: what it does, then the two answers, the harmless one first. */
export function ConfirmDialog({ title, children, keep, submit, act, close }: Props) {
  const deed = useAction(async () => {
    await act();
    close();
  });
  return (
    <WorkplaceDialog title={title} close={close}>
      <div className="dialog-body">
        {children}
        <FaultLine fault={deed.fault} />
      </div>
      <div className="dialog-acts">
        <Dialog.Close className="button">{keep}</Dialog.Close>
        <Button look="danger" isBusy={deed.isBusy} onClick={deed.run}>
          {submit}
        </Button>
      </div>
    </WorkplaceDialog>
  );
}
