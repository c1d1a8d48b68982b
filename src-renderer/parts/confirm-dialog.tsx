import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { DeedActs } from './deed-acts.tsx';
import { FaultLine } from './fault-line.tsx';
import { useDeed } from './use-deed.ts';
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
  const deed = useDeed(act, close);
  return (
    <WorkplaceDialog title={title} close={close}>
      <div className="dialog-body">
        {children}
        <FaultLine fault={deed.fault} />
      </div>
      <DeedActs isBusy={deed.isBusy} keep={keep}>
        <Button look="danger" isBusy={deed.isBusy} onClick={deed.run}>
          {submit}
        </Button>
      </DeedActs>
    </WorkplaceDialog>
  );
}
