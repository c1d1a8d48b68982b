import { useId, useState } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  /** What can be chosen besides typing: the value, and what people call it. */
  readonly options?: ReadonlyMap<string, string>;
  /** Makes of what was typed what is searched for; null when it cannot be. */
  readonly read?: (typed: string) => string | null;
  readonly wrong?: string;
  readonly set: (value: string | undefined) => void;
}

const asTyped = (typed: string): string => typed;

/** A filter that is typed. It counts when the field is left, at Enter, and when one of the options was chosen. */
export function FilterText({ label, value, options, read = asTyped, wrong = '', set }: Props) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [isWrong, setWrong] = useState(false);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
    setWrong(false);
  }
  const take = (given: string): void => {
    const found = given.trim() === '' ? '' : read(given.trim());
    setWrong(found === null);
    if (found !== null && found !== value) set(found === '' ? undefined : found);
  };
  return (
    <span className="filter-text">
      <input
        className="field"
        aria-label={label}
        placeholder={label}
        list={options === undefined ? undefined : id}
        value={typed}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        data-set={value !== ''}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target, nativeEvent }) => {
          setTyped(target.value);
          // An option chosen from the list comes without a kind of input, or as a replacement.
          const kind = (nativeEvent as InputEvent).inputType;
          if (kind === undefined || kind === 'insertReplacementText') take(target.value);
        }}
        onBlur={() => take(typed)}
        onKeyDown={(event) => event.key === 'Enter' && take(typed)}
      />
      {options !== undefined && (
        <datalist id={id}>
          {[...options].map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </datalist>
      )}
      {isWrong && (
        <span id={`${id}-wrong`} className="bad" role="alert">
          {wrong}
        </span>
      )}
    </span>
  );
}
