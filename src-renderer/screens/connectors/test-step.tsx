import { Dialog } from '@base-ui/react/dialog';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { CircleCheck, CircleX } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { Button } from '../../parts/button.tsx';
import { t } from '../../words.ts';
import { testInstance, useTests } from './instance-tests.ts';

interface Props {
  readonly instance: InstanceView;
  /** Back to the credential. */
  readonly back: () => void;
  /** To its name, address and settings. */
  readonly change: () => void;
}

/** Tests the instance at once, says what came of it, and leads on to the mapping. */
export function TestStep({ instance, back, change }: Props) {
  const isRunning = useTests(({ running }) => running.has(instance.id));
  const result = useTests(({ results }) => results.get(instance.id)) ?? null;
  const hasFailed = result?.ok === false && !isRunning;
  const { id, name } = instance;
  // oxlint-disable-next-line react/exhaustive-deps -- Once for each instance; a push of the state is no reason to ask again.
  useEffect(() => void testInstance(instance), [id]);
  const next = useRef<HTMLAnchorElement>(null);
  // The field that had the focus is gone with its step: what nobody holds goes to the way on, now and when the test has ended.
  useEffect(() => {
    const held = document.activeElement;
    if (held === null || held === document.body || held.getAttribute('role') === 'dialog') next.current?.focus();
  }, [id, isRunning]);
  return (
    <>
      <div className="dialog-body test-step" role="status">
        {isRunning || result === null ? (
          <p>
            <span className="busy" aria-hidden="true" /> {t('connectors.setup.testing', { name })}
          </p>
        ) : (
          <p className={result.ok ? 'good' : 'bad'}>
            {result.ok ? (
              <CircleCheck className="icon" aria-hidden="true" />
            ) : (
              <CircleX className="icon" aria-hidden="true" />
            )}
            <b>{result.detail}</b>
          </p>
        )}
        <p className="quiet">
          {!isRunning && result !== null && t(result.ok ? 'connectors.setup.worksNext' : 'connectors.setup.failsNext')}
        </p>
      </div>
      <div className="dialog-acts">
        <Dialog.Close className="button">{t('connectors.setup.later')}</Dialog.Close>
        {hasFailed && <Button onClick={change}>{t('connectors.change')}</Button>}
        {hasFailed && <Button onClick={back}>{t('connectors.replace')}</Button>}
        <Button look={hasFailed ? 'primary' : undefined} isBusy={isRunning} onClick={() => void testInstance(instance)}>
          {t('connectors.setup.again')}
        </Button>
        <Link
          ref={next}
          className={`button ${hasFailed ? '' : 'primary'}`}
          data-first
          to="/connectors/$instance/map"
          params={{ instance: id }}
        >
          {t('connectors.map')}
        </Link>
      </div>
    </>
  );
}
