import { useEffect, useRef, useState } from 'react';
import { X } from 'lucide-react';
import type { ClientView } from '../../src-shared/contract/ui.ts';
import { api, useApp, within } from '../api/app.ts';
import { faultWords } from '../api/fault-words.ts';
import { Button } from '../parts/button.tsx';
import { chord } from '../parts/chord.ts';
import { CustomerTile } from '../parts/customer-tile.tsx';
import { useHeir } from '../parts/use-heir.ts';
import { useRight } from '../parts/use-right.ts';
import { number, t } from '../words.ts';
import type { EndedBySwitch } from './ended-by-switch.ts';
import { dismissNotice, switchBack, useSwitching } from './switch-customer.ts';

const shownForMs = 20_000;

/** After a switch: where we are now, the way back, what it ended, and the client apps that a person may want to arm. */
export function SwitchNotice() {
  const done = useSwitching((switching) => switching.done);
  const clients = useApp((app) => app.state?.clients) ?? [];
  const bound = useApp((app) => app.state?.binding?.customer);
  const mayArm = useRight('manage-client-apps');
  const [isHeld, setHeld] = useState(false);
  const [armFault, setArmFault] = useState<{ readonly after: typeof done; readonly text: string } | null>(null);
  const idle = clients.filter(({ state, pin }) => state === 'suspended' && pin === null);
  const suspended = idle.filter(({ id }) => done?.armedBefore.includes(id));
  const armedHere = idle.filter((app) => done?.armedHere.includes(app.id) && !suspended.includes(app));
  const offered = [...suspended, ...armedHere];
  const dismissal = useRef<HTMLButtonElement>(null);
  const armButton = useHeir(() => dismissal.current?.focus());
  const notice = useHeir(() => {
    setHeld(false); // What goes away with the focus in it tells of no blur.
    document.getElementById('main')?.focus();
  });

  useEffect(() => {
    if (done === null || isHeld) return;
    const timer = setTimeout(dismissNotice, shownForMs);
    return () => clearTimeout(timer);
  }, [done, isHeld]);

  const to = done !== null && bound?.id === done.to.id ? bound : null;
  const ended = endedWords(done?.ended ?? null);
  const arm = async (): Promise<void> => {
    if (to === null) return;
    try {
      for (const { name } of offered) await api().armClient({ name, customer: to.code }, within(15_000));
    } catch (thrown) {
      setArmFault({ after: done, text: faultWords(thrown).message });
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Only holds it while someone reads it.
    <div
      className="notices"
      role="status"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {to !== null && (
        <div ref={notice} className="notice">
          <CustomerTile customer={to} />
          <p>
            <b>{t('switcher.nowIn', { name: to.name })}</b>
            {suspended.length > 0 && <span>{t('switcher.suspended', { names: namesOf(suspended) })}</span>}
            {armedHere.length > 0 && <span>{t('switcher.armedHere', { names: namesOf(armedHere) })}</span>}
            {ended !== '' && <span>{ended}</span>}
            {armFault !== null && armFault.after === done && <span className="bad">{armFault.text}</span>}
          </p>
          {offered.length > 0 && mayArm && (
            <Button ref={armButton} onClick={() => void arm()}>
              {t('switcher.arm', { code: to.code })}
            </Button>
          )}
          {done?.from && (
            <Button onClick={switchBack}>
              {t('switcher.back')} <kbd aria-hidden="true">{chord('`')}</kbd>
            </Button>
          )}
          <Button
            ref={dismissal}
            look="plain"
            className="square"
            aria-label={t('switcher.dismiss')}
            onClick={dismissNotice}
          >
            <X className="icon" aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}

const namesOf = (apps: readonly ClientView[]): string => apps.map(({ name }) => name).join(', ');

/** "2 waiting calls withdrawn, 1 approval for a while ended." Empty where nothing was. */
function endedWords(ended: EndedBySwitch | null): string {
  if (ended === null) return '';
  const kinds = ['waiting', 'approved', 'standing'] as const;
  const parts = kinds
    .filter((kind) => ended[kind] > 0)
    .map((kind) => t(`switcher.ended.${kind}`, { count: ended[kind], shown: number(ended[kind]) }));
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}
