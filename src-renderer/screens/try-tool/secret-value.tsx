import { useState } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { t } from '../../words.ts';

/** A secret: not on the page until it is shown, and to be copied without being shown. */
export function SecretValue({ name, value }: { readonly name: string; readonly value: string }) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <span className="token-line">
      <code className="token secret">
        {isShown ? (
          value
        ) : (
          <>
            <span aria-hidden="true">••••••••••••</span>
            <span className="unseen">{t('try.secret.hidden')}</span>
          </>
        )}
      </code>
      <Button aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        <Icon className="icon" aria-hidden="true" />
        {t(isShown ? 'try.secret.hide' : 'try.secret.show')}
        <span className="unseen">: {name}</span>
      </Button>
      <CopyButton text={value} label={t('try.secret.copy')} />
    </span>
  );
}
