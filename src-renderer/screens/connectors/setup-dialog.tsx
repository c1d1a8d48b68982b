/** The short path from nothing to a working instance: account, credential, test, then the mapping screen. Every step can wait. */
import { useState } from 'react';
import type { InstanceId } from '../../../src-shared/model/ids.ts';
import { useAppState } from '../../api/app.ts';
import { Waiting } from '../../parts/states.tsx';
import { WorkplaceDialog } from '../../parts/workplace-dialog.tsx';
import { t } from '../../words.ts';
import { AccountForm } from './account-form.tsx';
import { CredentialForm } from './credential-form.tsx';
import { TestStep } from './test-step.tsx';

const steps = ['account', 'credential', 'test', 'map'] as const;
type Step = (typeof steps)[number];

interface Props {
  /** The instance to go on with; null adds one. */
  readonly instance: InstanceId | null;
  readonly close: () => void;
  /** Leads to the change of an instance whose account turned out wrong. */
  readonly change: (instance: InstanceId) => void;
}

export function SetupDialog({ instance: start, close, change }: Props) {
  const { instances } = useAppState();
  const [{ step, id }, setPlace] = useState<{ readonly step: Step; readonly id: InstanceId | null }>({
    step: start === null ? 'account' : 'credential',
    id: start,
  });
  const instance = instances.find((each) => each.id === id);
  const title = instance === undefined ? t('connectors.setup.title') : t('connectors.setup.titleOf', instance);
  return (
    <WorkplaceDialog title={title} close={close} step={instance === undefined ? 'account' : step}>
      <ol className="setup-steps" aria-label={t('connectors.setup.steps')}>
        {steps.map((each, place) => (
          <li
            key={each}
            className={place < steps.indexOf(step) ? 'done' : ''}
            aria-current={each === step ? 'step' : undefined}
          >
            {t(`connectors.setup.step.${each}`)}
          </li>
        ))}
      </ol>
      {step === 'account' && <AccountForm done={(added) => setPlace({ step: 'credential', id: added })} />}
      {step !== 'account' && instance === undefined && <Waiting rows={3} />}
      {step === 'credential' && instance !== undefined && (
        <CredentialForm
          instance={instance}
          leave={t('connectors.setup.later')}
          done={() => setPlace({ step: 'test', id })}
        />
      )}
      {step === 'test' && instance !== undefined && (
        <TestStep
          instance={instance}
          back={() => setPlace({ step: 'credential', id })}
          change={() => change(instance.id)}
        />
      )}
    </WorkplaceDialog>
  );
}
