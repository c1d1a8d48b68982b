/**
 * Text a vendor sent, for the screen. It may come from anyone: it is shown as text, on one line, isolated so that it cannot
 * turn the words around it, and without the characters that nobody sees.
 */
import { t } from '../words.ts';

/** One line of what can be seen; empty when nothing can. */
export function plainLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Co}\p{Cn}\p{Cs}]+/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export function VendorText({ text }: { readonly text: string }) {
  const line = plainLine(text);
  return line === '' ? <i className="faint">{t('mapping.nameless')}</i> : <bdi>{line}</bdi>;
}
