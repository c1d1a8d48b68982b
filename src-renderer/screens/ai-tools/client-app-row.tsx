import { useRef, useState } from 'react';
import { CircleCheck, CirclePause, CircleSlash } from 'lucide-react';
import type { ClientView } from '../../../src-shared/contract/ui.ts';
import type { Customer } from '../../../src-shared/model/customer.ts';
import { api, within } from '../../api/app.ts';
import type { FaultWords } from '../../api/fault-words.ts';
import { Button } from '../../parts/button.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useHeir } from '../../parts/use-heir.ts';
import { useMeantPress } from '../../parts/use-meant-press.ts';
import { useRight } from '../../parts/use-right.ts';
import { age, t } from '../../words.ts';

interface Props {
  readonly app: ClientView;
  /** The customer on screen. Arming names it, so that a switch in the same moment cannot arm for another. */
  readonly customer: Customer | null;
  readonly isShort?: boolean;
  readonly revoke?: () => void;
}

const icons = { armed: CircleCheck, suspended: CirclePause, revoked: CircleSlash } as const;

export function ClientAppRow({ app, customer, isShort = false, revoke }: Props) {
  const [words, setWords] = useState<FaultWords | null>(null);
  const arm = useAction(
    () => api().armClient({ name: app.name, customer: app.pin ?? customer?.code ?? null }, within(15_000)),
    setWords,
  );
  const suspend = useAction(() => api().suspendClient({ name: app.name }, within(15_000)), setWords);
  const mayArm = useRight('manage-client-apps');
  const Icon = icons[app.state];
  const target = app.pin ?? customer?.code;
  const armIn = app.state === 'suspended' && mayArm ? target : undefined;
  const says = armIn === undefined ? t('aiTools.suspend') : t('aiTools.arm', { code: armIn });
  const press = useMeantPress(says);
  const isTurning = armIn !== undefined && press.isFresh;
  const end = (clicks: number): void => {
    const isMeant = press.isMeant();
    if (clicks > 1) return;
    if (armIn === undefined) suspend.run();
    else if (isMeant) arm.run();
  };
  const row = useRef<HTMLLIElement>(null);
  const button = useHeir(() =>
    (row.current?.querySelector<HTMLElement>('.row-actions button') ?? row.current)?.focus(),
  );
  const facts = [
    app.pin === null ? null : t('aiTools.pinned', { code: app.pin }),
    app.lastUsed === null ? t('aiTools.neverUsed') : t('aiTools.used', { age: age(app.lastUsed) }),
    isShort ? null : t('aiTools.added', { age: age(app.addedAt) }),
  ].filter((fact) => fact !== null);
  return (
    <li ref={row} className="side-row app-row" tabIndex={-1}>
      <span className="side-words">
        <b>{app.name}</b>
        {isShort ? (
          <span className={`app-state ${app.state}`}>
            <Icon className="icon" aria-hidden="true" />
            {[t(`aiTools.state.${app.state}`), ...facts].join(', ')}
          </span>
        ) : (
          <span className="sentence">{facts.join(', ')}</span>
        )}
        {words !== null && (
          <span className="bad" role="alert">
            {words.message} {words.remedy}
          </span>
        )}
      </span>
      {!isShort && (
        <span className={`app-state ${app.state}`}>
          <Icon className="icon" aria-hidden="true" />
          {t(`aiTools.state.${app.state}`)}
        </span>
      )}
      <span className="row-actions">
        {(app.state === 'armed' || armIn !== undefined) && (
          // One button for both, so that whoever pressed it stays on it. It arms only who could read that it would.
          <Button
            ref={button}
            isBusy={arm.isBusy || suspend.isBusy}
            isIdle={isTurning}
            onPointerDown={press.begin}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              if (event.repeat) event.preventDefault();
              else press.begin();
            }}
            onClick={({ detail: clicks }) => end(clicks)}
          >
            {says}
            <span className="unseen">: {app.name}</span>
          </Button>
        )}
        {revoke !== undefined && (
          <Button look="danger" onClick={revoke}>
            {t('aiTools.revoke')}
            <span className="unseen">: {app.name}</span>
          </Button>
        )}
      </span>
    </li>
  );
}
