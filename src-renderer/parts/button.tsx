import type { ButtonHTMLAttributes, Ref } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly look?: 'primary' | 'danger' | 'plain' | undefined;
  /** Says that the work is running. The button stays focusable and does nothing. */
  readonly isBusy?: boolean;
  /** Nothing to do right now, often because it was just done: it looks disabled, does nothing, and keeps the focus. */
  readonly isIdle?: boolean;
}

export function Button({ look, isBusy = false, isIdle = false, className = '', onClick, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look ?? ''} ${className}`}
      aria-busy={isBusy || undefined}
      aria-disabled={isIdle || undefined}
      onClick={isBusy || isIdle ? (event) => event.preventDefault() : onClick}
    >
      {isBusy && <span className="busy" aria-hidden="true" />}
      {children}
    </button>
  );
}
