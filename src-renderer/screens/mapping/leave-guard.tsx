import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Button } from '../../parts/button.tsx';
import { DeedActs } from '../../parts/deed-acts.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { useAction } from '../../parts/use-action.ts';
import { WorkplaceDialog } from '../../parts/workplace-dialog.tsx';
import { number, t } from '../../words.ts';

interface Props {
  readonly changes: number;
  readonly save: () => Promise<void>;
}

/** Asks before changes are lost, whichever way the screen is left; the browser asks when the window itself closes. */
export function LeaveGuard({ changes, save }: Props) {
  const leaving = useBlocker({
    shouldBlockFn: () => changes > 0,
    enableBeforeUnload: () => changes > 0,
    withResolver: true,
  });
  const saveFirst = useAction(async () => {
    await save();
  });
  const isNeedless = leaving.status === 'blocked' && changes === 0; // They were being saved when the screen was left.
  const { proceed } = leaving;
  useEffect(() => {
    if (isNeedless) proceed?.();
  }, [isNeedless, proceed]);
  if (leaving.status !== 'blocked' || isNeedless) return null;
  return (
    <WorkplaceDialog
      title={t('mapping.leaving.title', { count: changes, shown: number(changes) })}
      close={leaving.reset}
    >
      <div className="dialog-body">
        <p>{t('mapping.leaving.help')}</p>
        <FaultLine fault={saveFirst.fault} />
      </div>
      <DeedActs isBusy={saveFirst.isBusy} keep={t('mapping.leaving.stay')}>
        <Button look="danger" isIdle={saveFirst.isBusy} onClick={leaving.proceed}>
          {t('mapping.leaving.leave')}
        </Button>
        <Button look="primary" isBusy={saveFirst.isBusy} onClick={saveFirst.run}>
          {t('mapping.leaving.save')}
        </Button>
      </DeedActs>
    </WorkplaceDialog>
  );
}
