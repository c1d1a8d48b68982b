import { useRef, useState } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { Button } from '../../parts/button.tsx';
import { whenFocusIsLost } from '../../parts/when-focus-is-lost.ts';
import { number, t } from '../../words.ts';
import { DenyManyDialog } from './deny-dialog.tsx';

interface Props {
  readonly waiting: readonly Approval[];
  readonly marked: ReadonlySet<string>;
  readonly mark: (ids: readonly string[]) => void;
}

/** Below the queue: no to many at once. There is no yes to many. */
export function QueueFoot({ waiting, marked, mark }: Props) {
  const [isDenying, setDenying] = useState(false);
  const [done, setDone] = useState<{ readonly denied: number; readonly missed: number } | null>(null);
  const outcome = useRef<HTMLParagraphElement>(null);
  const chosen = waiting.filter(({ id }) => marked.has(id));
  const count = { count: chosen.length, shown: number(chosen.length) };
  return (
    <div className="queue-foot">
      <p className="faint small queue-keys" aria-hidden="true">
        <span>
          <kbd>J</kbd> <kbd>K</kbd> {t('approvals.queue.keys')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('approvals.queue.open')}
        </span>
        <span>
          <kbd>Space</kbd> {t('approvals.queue.mark')}
        </span>
      </p>
      <p ref={outcome} className="small" role="status" tabIndex={-1}>
        {done !== null &&
          chosen.length === 0 &&
          [
            t('approvals.queue.denied', { count: done.denied, shown: number(done.denied) }),
            done.missed > 0 ? t('approvals.queue.some', { shown: number(done.missed) }) : '',
          ].join(' ')}
        {chosen.length > 0 && t('approvals.queue.chosen', count)}
      </p>
      <div className="row-actions">
        {chosen.length < waiting.length && waiting.length > 1 && (
          <Button onClick={() => mark(waiting.map(({ id }) => id))}>
            {t('approvals.queue.all', { shown: number(waiting.length) })}
          </Button>
        )}
        {chosen.length > 0 && (
          <>
            <Button onClick={() => mark([])}>{t('approvals.queue.clear')}</Button>
            <Button look="danger" onClick={() => setDenying(true)}>
              {t('approvals.queue.deny', count)}
            </Button>
          </>
        )}
      </div>
      {isDenying && (
        <DenyManyDialog
          approvals={chosen}
          close={() => setDenying(false)}
          done={(denied, missed) => {
            setDone({ denied, missed });
            mark([]);
            whenFocusIsLost(() => outcome.current?.focus()); // The button that opened it is gone with the marks.
          }}
        />
      )}
    </div>
  );
}
