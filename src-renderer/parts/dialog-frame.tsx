import { type CSSProperties, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { t } from '../words.ts';
import { DialogHold } from './dialog-hold.ts';

interface Props {
  readonly title: ReactNode;
  readonly close: () => void;
  /** Whom it is about, at the right of its head, in whose colours. */
  readonly chip: ReactNode;
  readonly style: CSSProperties;
  /** Which page of it is shown: another one moves the focus to its first field. */
  readonly step?: string;
  readonly children: ReactNode;
}

/** What every dialog looks like. Mount it to open it; the veil leaves the scope bar in sight. */
export function DialogFrame({ title, close, chip, style, step, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const shown = useRef(step);
  const isPressed = useRef(false);
  const [isHeld, setHeld] = useState(false);
  const why = useId();
  const holding = useMemo(() => ({ hold: setHeld, why }), [why]);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    firstField(popup.current)?.focus();
  }, [step]);
  return (
    <Dialog.Root
      open
      modal="trap-focus" // The scope bar stays in reach of the pointer: all AI can be stopped over any dialog.
      onOpenChange={(isOpen, { event }) => isOpen || isHeld || isInScopeBar(event) || close()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup
          className="card dialog"
          ref={popup}
          initialFocus={() => firstField(popup.current)}
          onPointerDown={() => (isPressed.current = true)}
          onPointerUp={() => (isPressed.current = false)}
          onFocus={({ target, currentTarget }) => {
            // When what had the focus is gone the dialog itself is given it, a frame later: there nobody can type.
            if (target === currentTarget && !isPressed.current) firstField(popup.current)?.focus();
          }}
        >
          <header className="dialog-head hued" style={style}>
            <Dialog.Title>{title}</Dialog.Title>
            {chip}
            <Dialog.Close
              className="button plain square"
              aria-label={t('dialog.close')}
              aria-disabled={isHeld || undefined}
              aria-describedby={isHeld ? why : undefined}
            >
              <X className="icon" aria-hidden="true" />
            </Dialog.Close>
          </header>
          <DialogHold value={holding}>{children}</DialogHold>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** A press there is meant for what is there. What was typed in the dialog stays. */
const isInScopeBar = ({ target }: Event): boolean => target instanceof Element && target.closest('.scope') !== null;

/** The first thing to fill in; the first answer where there is nothing to fill in. Never the cross. */
function firstField(popup: HTMLElement | null): HTMLElement | null {
  return (
    popup?.querySelector<HTMLElement>('.dialog-body :is(input:checked, input:not([type=radio]), select, textarea)') ??
    popup?.querySelector<HTMLElement>('.dialog-body input, .dialog-acts [data-first]') ??
    popup?.querySelector<HTMLElement>('.dialog-acts button') ??
    null
  );
}
