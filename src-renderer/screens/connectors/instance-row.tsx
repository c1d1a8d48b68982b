import { Link } from '@tanstack/react-router';
import { ArrowRight, CircleAlert, CircleCheck } from 'lucide-react';
import type { InstanceView } from '../../../src-shared/contract/ui.ts';
import { useAppState } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { connectorTitle } from '../../parts/connector-name.ts';
import { HealthBadge } from '../../parts/health.tsx';
import { age, number, t } from '../../words.ts';
import { type InstanceDeed, InstanceMenu } from './instance-menu.tsx';
import { instanceStatus, type InstanceStatus, nextStep } from './instance-status.ts';
import { currentResult, testInstance, useTests } from './instance-tests.ts';

interface Props {
  readonly instance: InstanceView;
  /** Whether a test would be made: it surveys the vendor, or reads the bound customer where the instance serves that. */
  readonly mayTest: boolean;
  /** Null for whom the policy does not let set up connectors: they see how it stands. */
  readonly open: ((deed: InstanceDeed) => void) | null;
}

/** One instance: what it is, how it stands, and the next thing to do about it. */
export function InstanceRow({ instance, mayTest, open }: Props) {
  const { customerCount, binding } = useAppState();
  const isTesting = useTests(({ running }) => running.has(instance.id));
  const last = useTests(({ results }) => results.get(instance.id));
  const tested = currentResult(last, instance, binding?.customer.id ?? null);
  const { id, name, connector, baseUrl, health, lastUsed, mapped, hasCredential, credentialChangedAt } = instance;
  const next = nextStep(instance);
  const of = <span className="unseen">: {name}</span>;
  return (
    <li className="instance-row" aria-label={name}>
      <span className="side-words">
        <b>{name}</b>
        {!name.startsWith(connectorTitle(connector)) && <span>{connectorTitle(connector)}</span>}
        <code>{baseUrl}</code>
      </span>
      <span className="side-words">
        <HealthBadge health={health} />
        <span>{lastUsed === null ? t('connectors.notUsed') : t('connectors.lastUsed', { age: age(lastUsed) })}</span>
      </span>
      <span className="side-words">
        <b className="number">{t('connectors.mapped', { mapped: number(mapped), all: number(customerCount) })}</b>
        <span className={hasCredential ? '' : 'missing'}>{credentialWords(hasCredential, credentialChangedAt)}</span>
      </span>
      <span className="row-actions">
        {mayTest && (
          <Button isBusy={isTesting} disabled={!hasCredential} onClick={() => void testInstance(instance)}>
            {t('connectors.test')}
            {of}
          </Button>
        )}
        {open !== null && (
          <>
            <Button look={next === 'credential' ? 'primary' : undefined} onClick={() => open('credential')}>
              {t(hasCredential ? 'connectors.replace' : 'connectors.set')}
              {of}
            </Button>
            <Link
              className={`button ${next === 'map' ? 'primary' : ''}`}
              to="/connectors/$instance/map"
              params={{ instance: id }}
            >
              {t('connectors.map')}
              {of}
            </Link>
            <InstanceMenu instance={instance} open={open} />
          </>
        )}
      </span>
      <StatusLine status={instanceStatus({ instance, customerCount, isTesting, tested, mayManage: open !== null })} />
    </li>
  );
}

/** Always there, so that a result does not move the rows below. */
function StatusLine({ status: { tone, words } }: { readonly status: InstanceStatus }) {
  return (
    <span className={`instance-status ${tone}`} role="status">
      {tone === 'busy' && <span className="busy" aria-hidden="true" />}
      {tone === 'good' && <CircleCheck className="icon" aria-hidden="true" />}
      {tone === 'bad' && <CircleAlert className="icon" aria-hidden="true" />}
      {tone === 'next' && <ArrowRight className="icon" aria-hidden="true" />}
      <span>{words}</span>
    </span>
  );
}

function credentialWords(hasCredential: boolean, changedAt: string | null): string {
  if (!hasCredential) return t('connectors.noCredential');
  return changedAt === null
    ? t('connectors.credentialSetOnce')
    : t('connectors.credentialSet', { age: age(changedAt) });
}
