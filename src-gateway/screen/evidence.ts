// Whether a term found in a text is evidence of a customer, or only a word that is also somebody's name.
//
// The rule in one paragraph: a domain, a code and an id count as they are, and so does a name of several words with at
// least one that is not an ordinary word. A name of ordinary words counts with its capitals ("First Choice"). A single
// unusual word counts however it is written from five letters on, with its capital at four, spelled as the MSP spells it at
// three, unless it is a person's surname (after a first name, a title, an initial or an unknown word with a capital: "Sam
// Thornton", "Zofia Thornton") or stands before the @ of an address. A single ordinary word counts only as a name inside a
// sentence ("as at Summit last week"), no neighbour with a capital. A word that everybody writes with one (Monday, London,
// Smith, Apple) and two letters never count by themselves. Any of these counts before a legal form ("Apple Ltd").
import { isEveryday, isGiven, isGivenOrWord, isProper } from './everyday.ts';
import { firstWordUnit, table } from './fold.ts';
import { rule, type Rule, smallWords } from './rules.ts';

/** Whether `text[from..to)`, a term with this rule, is evidence. Looks at no more than a few words around it. */
export function isEvident(found: Rule, text: string, { from, to, isSingle }: Place): boolean {
  switch (found) {
    case rule.domain:
    case rule.id:
      return true;
    case rule.never:
    case rule.form:
      return false;
    case rule.any:
      return !(isSingle && isOfPerson(text, from, to));
    case rule.capitals:
      return hasCapitals(text.slice(from, to)) && !(isSingle && isOfPerson(text, from, to));
    case rule.upper:
      return isUpper(text.slice(from, to));
    case rule.alone:
      return isCapital(text, from) && isInSentence(text, from, to) && !isOfPerson(text, from, to);
  }
}

export interface Place {
  readonly from: number;
  readonly to: number;
  /** Whether the term is one word. */
  readonly isSingle: boolean;
}

/** A capital, or what stands for one: a digit. */
export function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
  const character = text.charAt(at);
  return character !== character.toLowerCase();
}

function isUpper(text: string): boolean {
  return text === text.toUpperCase();
}

/** Every word of weight begins with a capital or a digit. */
function hasCapitals(text: string): boolean {
  for (const [word] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const first = word.charAt(0);
    if (!smallWords.has(word.toLowerCase()) && first !== first.toUpperCase()) return false;
  }
  return true;
}

/** A surname after a first name, an initial or a title, or before ", Sam"; or the part of an address that is a person's. */
function isOfPerson(text: string, from: number, to: number): boolean {
  let end = to;
  while (end < to + nearby && isOfAddress(text.charCodeAt(end))) end += 1;
  if (text.charAt(end) === '@') return true;
  const { word, gap } = wordBefore(text, from);
  if (word !== '' && isFirstName(word, gap, isCapital(text, from))) return true;
  if (isGivenOrWord(word.toLowerCase()) && gap === ' ' && isCapital(word, 0)) {
    if (to === text.length || isLed(text, from - gap.length - word.length)) return true;
  }
  if (text.charAt(to) !== ',' || text.charAt(to + 1) !== ' ' || !isCapital(text, to + 2)) return false;
  return isGiven(/^\p{L}*/u.exec(text.slice(to + 2, to + nearby))?.[0].toLowerCase() ?? '');
}

/** Sam, S., Dr; and, for there are more first names than a list holds, a capitalised word that is no ordinary one: "Uma Lowe". */
function isFirstName(word: string, gap: string, hasCapital: boolean): boolean {
  if (!/^[ ._]{1,2}$/.test(gap)) return false;
  const lower = word.toLowerCase();
  if (isGiven(lower)) return true;
  if (!hasCapital || !isCapital(word, 0) || /[0-9]/.test(word)) return false;
  if (word.length === 1) return true;
  const isName = word.length >= 3 && word.slice(1) === lower.slice(1) && !smallWords.has(lower);
  return isName && gap === ' ' && !isEveryday(lower) && !isProper(lower) && !isGivenOrWord(lower);
}

/** A capital that no sentence's beginning, heading or longer name explains. */
function isInSentence(text: string, from: number, to: number): boolean {
  if (!isLed(text, from)) return false;
  if (/^[-/\\_.@][\p{L}\p{N}]/u.test(text.slice(to, to + 2))) return false;
  const after = /^(?:['\u2019]s)?[ \t]{0,2}[-/]?([\p{L}\p{N}])/u.exec(text.slice(to, to + 8))?.[1];
  return after === undefined || !isCapital(after, 0);
}

/** Whether a word goes before in the same sentence, none with a capital but one that begins it; "The" may be the name's. */
function isLed(text: string, from: number): boolean {
  const { word, gap } = wordBefore(text, from);
  if (word === '' || !/^,?[ \t]{1,3}["'\u201c\u2018(]?$/.test(gap)) return false;
  if (word === 'The') return isLed(text, from - gap.length - word.length);
  return !isCapital(word, 0) || leads.has(word.toLowerCase());
}

/** The word before, of at most some letters, and what is between; an empty word when there is none nearby. */
function wordBefore(text: string, from: number): { word: string; gap: string } {
  const least = Math.max(0, from - nearby);
  let end = from;
  while (end > least && !isLetter(text, end - 1)) end -= 1;
  let start = end;
  while (start > least && isLetter(text, start - 1)) start -= 1;
  return { word: text.slice(start, end), gap: text.slice(end, from) };
}

function isLetter(text: string, at: number): boolean {
  const unit = table[text.charCodeAt(at)] as number;
  return unit >= firstWordUnit;
}

/** Of the part of a mail address before its @: letters, digits and `.` `_` `+` `-`. */
function isOfAddress(code: number): boolean {
  return code === 0x2e || code === 0x5f || code === 0x2b || code === 0x2d || (table[code] as number) >= firstWordUnit;
}

const nearby = 32;

/** Words that begin a sentence about somebody. */
const leads: ReadonlySet<string> = new Set(
  'a an and as at but by did for from has if in is like of on per same so tell than that to unlike via was when with'.split(
    ' ',
  ),
);
