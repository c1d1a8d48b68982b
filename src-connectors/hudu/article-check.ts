// Whether an article is what was sent, for the tools that write one. The vendor may tidy markup and white space.
import { isSet, memberOf, type Row, textOf } from '../row.ts';

/** The same words, whatever is between them. */
export function sameText(saved: unknown, sent: unknown): boolean {
  return flat(saved) === flat(sent);
}

/** Nobody reads it without a log-in. */
export function isUnshared(article: Row): boolean {
  const address = memberOf(article, 'share_url');
  return !isSet(article, 'enable_sharing') && (address === undefined || address === null || address === '');
}

const flat = (text: unknown): string => textOf({ text }, 'text', 2_000_000)?.replace(/\s+/g, ' ') ?? '';
