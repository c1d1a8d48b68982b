/** The states every list has beside its rows: nothing yet, still asking, could not ask. */
import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { faultWords } from '../api/fault-words.ts';
import { t } from '../words.ts';
import { Button } from './button.tsx';

/** Grey rows, shown by the style sheet only after 200 ms. */
export function Waiting({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div className="waiting" role="status">
      <span className="unseen">{t('state.waiting')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty-state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function Failed({ thrown, retry }: { readonly thrown: unknown; readonly retry?: () => void }) {
  const { message, remedy } = faultWords(thrown);
  return (
    <div className="failed" role="alert">
      <CircleAlert className="icon" aria-hidden="true" />
      <p>
        <b>{message}</b> {remedy}
      </p>
      {retry !== undefined && <Button onClick={retry}>{t('state.retry')}</Button>}
    </div>
  );
}
