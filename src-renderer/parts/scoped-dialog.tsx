import type { ReactNode } from 'react';
import { hueStyle, noHue } from './customer-tile.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { useLooks } from './looks.ts';
import { type Scope, ScopeChip, ScopeStrip, useCapturedScope } from './scope.tsx';

interface Props {
  readonly title: string;
  readonly close: () => void;
  /** Gets the scope the dialog was opened with; disables its submit when that is no longer current. */
  readonly children: (scope: Scope) => ReactNode;
}

/** A dialog that carries the customer it was opened for. */
export function ScopedDialog({ title, close, children }: Props) {
  const scope = useCapturedScope();
  const lookOf = useLooks();
  return (
    <DialogFrame
      title={title}
      close={close}
      chip={<ScopeChip scope={scope} />}
      style={scope.customer === null ? noHue : hueStyle(lookOf(scope.customer))}
    >
      <ScopeStrip scope={scope} />
      {children(scope)}
    </DialogFrame>
  );
}
