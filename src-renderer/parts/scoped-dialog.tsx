import { type ReactNode, useRef } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { t } from '../words.ts';
import { customerLook } from '../../src-shared/model/customer-look.ts';
import { hueStyle, noHue } from './customer-tile.tsx';
import { type Scope, ScopeChip, ScopeStrip, useCapturedScope } from './scope.tsx';

interface Props {
  readonly title: string;
  readonly close: () => void;
  /** Gets the scope the dialog was opened with; disables its submit when that is no longer current. */
  readonly children: (scope: Scope) => ReactNode;
}

/** A dialog that carries the customer it was opened for. Mount it to open it; the veil leaves the scope bar in sight. */
export function ScopedDialog({ title, close, children }: Props) {
  const scope = useCapturedScope();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="card dialog" ref={popup} initialFocus={() => firstField(popup.current)}>
          <header
            className="dialog-head hued"
            style={scope.customer === null ? noHue : hueStyle(customerLook(scope.customer))}
          >
            <Dialog.Title>{title}</Dialog.Title>
            <ScopeChip scope={scope} />
            <Dialog.Close className="button plain square" aria-label={t('dialog.close')}>
              <X className="icon" aria-hidden="true" />
            </Dialog.Close>
          </header>
          <ScopeStrip scope={scope} />
          {children(scope)}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The first thing to fill in; the first answer where there is nothing to fill in. Never the cross. */
function firstField(popup: HTMLElement | null): HTMLElement | null {
  return (
    popup?.querySelector<HTMLElement>('.dialog-body input') ??
    popup?.querySelector<HTMLElement>('.dialog-acts button') ??
    null
  );
}
