import { useState } from 'react';
import { Check, X } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { api, useAppState, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { HealthBadge } from '../../parts/health.tsx';
import { useAction } from '../../parts/use-action.ts';
import { age, moment, number, t } from '../../words.ts';

interface Tested {
  readonly ok: boolean;
  readonly detail: string;
  /** The customer it was tested for: the words go away with a switch. */
  readonly customer: string;
}

export function InstanceRow({
  instance,
  setCredential,
}: {
  readonly instance: InstanceView;
  readonly setCredential: () => void;
}) {
  const { customerCount, binding } = useAppState();
  const [tested, setTested] = useState<Tested | null>(null);
  const customer = binding?.customer ?? null;
  const test = useAction(async () => {
    if (customer === null) return;
    setTested(null);
    setTested({ ...(await api().testInstance({ instance: instance.id }, within(60_000))), customer: customer.id });
  });
  const { name, baseUrl, health, mapped, hasCredential, credentialChangedAt } = instance;
  return (
    <li className="side-row instance-row">
      <span className="side-words">
        <b>{name}</b>
        <code>{baseUrl}</code>
      </span>
      <span className="side-words">
        <HealthBadge health={health} />
        <span>
          {health.at === null
            ? t('connectors.neverSeen')
            : `${health.detail} ${t('connectors.seen', { at: moment(health.at) })}`}
        </span>
      </span>
      <span className="side-words">
        <b className="number">{t('connectors.mapped', { mapped: number(mapped), all: number(customerCount) })}</b>
        <span>
          {hasCredential
            ? t('connectors.credentialSet', { age: credentialChangedAt === null ? '' : age(credentialChangedAt) })
            : t('connectors.noCredential')}
        </span>
      </span>
      <span className="row-actions">
        <Button isBusy={test.isBusy} disabled={customer === null} onClick={test.run}>
          {customer === null ? t('connectors.test') : t('connectors.testIn', { code: customer.code })}
          <span className="unseen">: {name}</span>
        </Button>
        <Button onClick={setCredential}>
          {t(hasCredential ? 'connectors.replace' : 'connectors.set')}
          <span className="unseen">: {name}</span>
        </Button>
      </span>
      <span className="row-result" role="status">
        {test.fault !== null && (
          <span className="bad">
            {test.fault.message} {test.fault.remedy}
          </span>
        )}
        {tested !== null && tested.customer === customer?.id && (
          <span className={tested.ok ? 'good' : 'bad'}>
            {tested.ok ? <Check className="icon" aria-hidden="true" /> : <X className="icon" aria-hidden="true" />}
            {tested.detail}
          </span>
        )}
      </span>
    </li>
  );
}
