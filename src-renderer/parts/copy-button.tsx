import { useEffect, useState } from 'react';
import { Check, Copy } from 'lucide-react';
import { t } from '../words.ts';
import { Button } from './button.tsx';

/** Copies a text and says that it did, for two seconds and to a screen reader. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'), // The browser may forbid it; the text is on screen to select.
    );
  };
  return (
    <>
      <Button onClick={copy}>
        {outcome === 'copied' ? (
          <Check className="icon" aria-hidden="true" />
        ) : (
          <Copy className="icon" aria-hidden="true" />
        )}
        {outcome === null ? label : t(`copy.${outcome}`)}
      </Button>
      <span className="unseen" role="status">
        {outcome !== null && t(`copy.${outcome}`)}
      </span>
    </>
  );
}
