/**
 * A text of the AI, for a person who must approve exactly it. What cannot be seen could be approved unseen, so it is made
 * visible: hidden characters as their code, long stretches of nothing as their length.
 */
import { unseenCharacters } from '../../../src-shared/unseen.ts';
import { t } from '../../words.ts';

/** A stretch of what can be seen, or a mark that stands for what cannot. */
export interface TextPart {
  readonly kind: 'seen' | 'mark';
  readonly text: string;
}

/** Three kinds of what is not seen: characters without a shape or that bury others, a stretch of at least five spaces, and of at least four line breaks. */
const unseen = new RegExp(
  String.raw`((?:(?![\n\t])[${unseenCharacters}]|\p{M}{3,})+)|([\p{Zs}\t]{5,})|((?:\n[\p{Zs}\t]*){4,})`,
  'gu',
);

export function exactParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(unseen)) {
    if (match.index > from) parts.push({ kind: 'seen', text: text.slice(from, match.index) });
    parts.push({ kind: 'mark', text: markOf(match) });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'seen', text: text.slice(from) });
  return parts;
}

function markOf([whole, hidden, spaces]: RegExpExecArray): string {
  if (hidden !== undefined) {
    const [first = '', ...others] = [...hidden].map(codeOf);
    return others.length === 0 ? first : t('approvals.card.hidden', { first, more: others.length });
  }
  if (spaces !== undefined) return t('approvals.card.spaces', { count: [...spaces].length });
  return t('approvals.card.breaks', { count: [...whole].filter((each) => each === '\n').length });
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
