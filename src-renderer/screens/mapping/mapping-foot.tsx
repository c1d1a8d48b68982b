import { Undo2 } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { chord } from '../../parts/chord.ts';
import { FaultLine } from '../../parts/fault-line.tsx';
import type { Action } from '../../parts/use-action.ts';
import { number, t } from '../../words.ts';

interface Props {
  readonly changes: number;
  readonly canUndo: boolean;
  /** What the last deed came to, when there is something to say. */
  readonly said: string;
  readonly saving: Action;
  readonly undo: () => void;
  readonly discard: () => void;
}

const keys = [
  ['Enter', 'enter'],
  ['Space', 'space'],
  ['Del', 'clear'],
  ['Esc', 'undo'],
] as const;

/** What is not saved and how to save it; always there, so that the list does not move when there is something. */
export function MappingFoot({ changes, canUndo, said, saving, undo, discard }: Props) {
  return (
    <div className="mapping-foot">
      <FaultLine fault={saving.fault} />
      <p className="mapping-keys wide-only" aria-hidden="true">
        {keys.map(([key, word]) => (
          <span key={key}>
            <kbd>{key}</kbd> {t(`mapping.keys.${word}`)}
          </span>
        ))}
      </p>
      <p className="mapping-said number" role="status">
        {said !== ''
          ? said
          : changes === 0
            ? t('mapping.noChanges')
            : t('mapping.changes', { count: changes, shown: number(changes) })}
      </p>
      <Button isIdle={!canUndo} onClick={undo}>
        <Undo2 className="icon" aria-hidden="true" />
        {t('mapping.undoLast')}
      </Button>
      <Button isIdle={changes === 0} onClick={discard}>
        {t('mapping.discard')}
      </Button>
      <Button look="primary" isIdle={changes === 0} isBusy={saving.isBusy} onClick={saving.run}>
        {changes === 0 ? t('mapping.saveNone') : t('mapping.save', { count: changes, shown: number(changes) })}
        <kbd aria-hidden="true">{chord('S')}</kbd>
      </Button>
    </div>
  );
}
