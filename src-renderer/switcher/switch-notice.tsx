import { useEffect, useState } from 'react';
import { X } from 'lucide-react';
import { api, useApp, within } from '../api/app.ts';
import { faultWords } from '../api/fault-words.ts';
import { Button } from '../parts/button.tsx';
import { chord } from '../parts/chord.ts';
import { CustomerTile } from '../parts/customer-tile.tsx';
import { useRight } from '../parts/use-right.ts';
import { t } from '../words.ts';
import { dismissNotice, switchBack, useSwitching } from './switch-customer.ts';

const shownForMs = 20_000;

/** After a switch: where we are now, the way back, and which client apps it suspended. */
export function SwitchNotice() {
  const done = useSwitching((switching) => switching.done);
  const clients = useApp((app) => app.state?.clients) ?? [];
  const bound = useApp((app) => app.state?.binding?.customer);
  const mayArm = useRight('manage-client-apps');
  const [isHeld, setHeld] = useState(false);
  const [armFault, setArmFault] = useState<{ readonly after: typeof done; readonly text: string } | null>(null);
  const suspended = clients.filter(({ name, state }) => state === 'suspended' && done?.armedBefore.includes(name));

  useEffect(() => {
    if (done === null || isHeld) return;
    const timer = setTimeout(dismissNotice, shownForMs);
    return () => clearTimeout(timer);
  }, [done, isHeld]);

  const to = done !== null && bound?.id === done.to.id ? bound : null;
  const arm = async (): Promise<void> => {
    if (to === null) return;
    try {
      for (const { name } of suspended) await api().armClient({ name, customer: to.code }, within(15_000));
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
        <div className="notice">
          <CustomerTile customer={to} />
          <p>
            <b>{t('switcher.nowIn', { name: to.name })}</b>
            {suspended.length > 0 && (
              <span>
                {t('switcher.suspended', {
                  count: suspended.length,
                  names: suspended.map(({ name }) => name).join(', '),
                })}
              </span>
            )}
            {armFault !== null && armFault.after === done && <span className="bad">{armFault.text}</span>}
          </p>
          {suspended.length > 0 && mayArm && (
            <Button onClick={() => void arm()}>{t('switcher.arm', { code: to.code })}</Button>
          )}
          {done?.from && (
            <Button onClick={switchBack}>
              {t('switcher.back')} <kbd aria-hidden="true">{chord('`')}</kbd>
            </Button>
          )}
          <Button look="plain" className="square" aria-label={t('switcher.dismiss')} onClick={dismissNotice}>
            <X className="icon" aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}
