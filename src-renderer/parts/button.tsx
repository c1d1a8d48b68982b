import type { ButtonHTMLAttributes } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'primary' | 'danger' | 'plain';
  /** Says that the work is running. The button stays focusable and does nothing. */
  readonly isBusy?: boolean;
}

export function Button({ look, isBusy = false, className = '', onClick, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look ?? ''} ${className}`}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {isBusy && <span className="busy" aria-hidden="true" />}
      {children}
    </button>
  );
}
