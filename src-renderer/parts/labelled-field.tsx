import { type ReactNode, useId } from 'react';

interface Props {
  readonly label: ReactNode;
  readonly help: ReactNode;
  /** What does not fit, in place of the help; null while all is well. */
  readonly wrong: string | null;
  /** The control: it takes these attributes. */
  readonly children: (attributes: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string;
  }) => ReactNode;
}

/** A control with its label above and one line below it, which says what to fill in or what is wrong. */
export function LabelledField({ label, help, wrong, children }: Props) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': wrong !== null, 'aria-describedby': `${id}-help` })}
      <span id={`${id}-help`} className={wrong === null ? 'faint' : 'bad'}>
        {wrong ?? help}
      </span>
    </div>
  );
}
