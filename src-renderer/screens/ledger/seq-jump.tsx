import { useId, useState } from 'react';
import { number, t } from '../../words.ts';

interface Props {
  /** Entries in the ledger. */
  readonly entries: number;
  readonly go: (seq: number) => void;
}

/** A field for the number of an entry, as a report or an auditor names it. */
export function SeqJump({ entries, go }: Props) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className="seq-jump"
      onSubmit={(event) => {
        event.preventDefault();
        const seq = Number(typed.replaceAll(/[\s,.']/g, ''));
        const isThere = Number.isSafeInteger(seq) && seq >= 1 && seq <= entries;
        setWrong(!isThere);
        if (isThere) go(seq);
      }}
    >
      <input
        className="field number"
        inputMode="numeric"
        aria-label={t('ledger.jump')}
        placeholder={t('ledger.jump')}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? id : undefined}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setWrong(false);
        }}
        onBlur={() => setWrong(false)}
        onKeyDown={({ key }) => key === 'Escape' && setWrong(false)}
      />
      {isWrong && (
        <span id={id} className="bad" role="alert">
          {t('ledger.jumpNone', { entries: number(entries) })}
        </span>
      )}
    </form>
  );
}
