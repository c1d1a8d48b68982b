import { Fingerprint as Mark } from 'lucide-react';
import { t } from '../../words.ts';

/** Which request it is, exactly: the same everywhere it is shown, and another one if anything of it is different. */
export function Fingerprint({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <span className="fingerprint" title={`${fingerprint}. ${t('approvals.card.fingerprintHelp')}`}>
      <Mark className="icon" aria-hidden="true" />
      <span className="unseen">{t('approvals.card.fingerprint')} </span>
      <code>{shortFingerprint(fingerprint)}</code>
    </span>
  );
}

/** The first eight digits in two groups, as people compare them. */
export const shortFingerprint = (fingerprint: string): string =>
  `${fingerprint.slice(0, 4)}·${fingerprint.slice(4, 8)}`;
