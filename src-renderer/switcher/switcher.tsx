/** The palette that binds a customer: type, look, Enter. Enter takes what is visibly highlighted, never what is about to be. */
import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';
import { CircleAlert } from 'lucide-react';
import { useApp } from '../api/app.ts';
import { number, t } from '../words.ts';
import { CustomerList } from './customer-list.tsx';
import { closeSwitcher, releaseCustomer, useSwitching } from './switch-customer.ts';

export function Switcher() {
  const isOpen = useSwitching((switching) => switching.isOpen);
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => open || closeSwitcher()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="card palette" initialFocus={input}>
          <Dialog.Title className="unseen">{t('switcher.title')}</Dialog.Title>
          <Failure />
          <CustomerList input={input} />
          <Foot />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A switch that failed: nothing changed, and why. */
function Failure() {
  const failure = useSwitching((switching) => switching.failure);
  const bound = useApp((app) => app.state?.binding?.customer.name);
  if (failure === null) return null;
  return (
    <div className="strip denied" role="alert">
      <CircleAlert className="icon" aria-hidden="true" />
      <p>
        <b>{t('switcher.failed', { name: failure.name })}</b> {failure.message} {failure.remedy}{' '}
        {bound === undefined ? t('switcher.stillNone') : t('switcher.still', { name: bound })}
      </p>
    </div>
  );
}

function Foot() {
  const count = useApp((app) => app.state?.customerCount ?? 0);
  const isBound = useApp((app) => app.state?.binding !== null);
  return (
    <footer className="palette-foot">
      <span>
        <kbd>Enter</kbd> {t('switcher.enter')}
      </span>
      <span>
        <kbd>Esc</kbd> {t('switcher.escape')}
      </span>
      {isBound && (
        <button type="button" className="link" onClick={() => void releaseCustomer()}>
          {t('switcher.release')}
        </button>
      )}
      <span className="number">{t('switcher.count', { count, total: number(count) })}</span>
    </footer>
  );
}
