// Folding text for comparison: case, accents, full width and other compatibility forms, and what is never drawn, all gone.
// Whoever writes into a ticket chose the text; time and space are linear in its length whatever it holds.
//
// Each code unit of the text becomes no, one or a few folded units:
//
//   0              the end of the text
//   1 .. 47        between words. A few are told apart, because domains, codes and tags are made of them
//   48 .. 65535    part of a word: a digit, or a letter in its plainest lower-case form
import { encoded } from './encoded.ts';

/** Folded units from here on are part of a word. */
export const firstWordUnit = 48;
export const between = {
  at: 1,
  less: 2,
  more: 3,
  open: 4,
  close: 5,
  space: 32,
  other: 33,
  and: 38,
  plus: 43,
  dash: 45,
  dot: 46,
} as const;

/** Texts up to this length are folded into memory that is there already. */
export const keptUnits = 1 << 16;

export interface Folded {
  /** The unit at `length` is 0. */
  readonly units: Uint16Array;
  readonly length: number;
  /** Where in the text a unit came from; of `length`, the length of the text. */
  readonly origins: Origins;
}

/** Where units came from, as pairs: from this unit on, counted from there in the text. No pairs: each from its own place. */
export interface Origins {
  readonly units: readonly number[];
  readonly places: readonly number[];
}

/** The place in the text of a unit. */
export function originOf(unit: number, { units, places }: Origins): number {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((units[middle] as number) <= unit) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? unit : (places[low - 1] as number) + unit - (units[low - 1] as number);
}

/**
 * Folds a text of which the first `done` characters are folded already, one unit each, in `given`. The result lies in
 * `given` as long as it has room.
 */
export function foldFrom(text: string, done: number, given: Uint16Array): Folded {
  let units = given;
  let length = done;
  const origins = { units: [] as number[], places: [] as number[] };
  for (let at = done; at < text.length; ) {
    const unit = table[text.charCodeAt(at)] as number;
    if (unit !== 0 && length < units.length - 1) {
      units[length] = unit;
      length += 1;
      at += 1;
      continue;
    }
    if (length + mostUnits >= units.length) units = longer(units);
    const { taken, means } = look(text, at);
    for (let index = 0; index < means.length; index += 1) {
      units[length] = means.charCodeAt(index);
      if (means.length !== taken) note(origins, length, at);
      length += 1;
    }
    at += taken;
    if (means.length !== taken) note(origins, length, at);
  }
  units[length] = 0;
  return { units, length, origins };
}

function note({ units, places }: { units: number[]; places: number[] }, unit: number, place: number): void {
  if (units.at(-1) === unit) {
    units.pop();
    places.pop();
  }
  units.push(unit);
  places.push(place);
}

function longer(units: Uint16Array): Uint16Array {
  const made = new Uint16Array(units.length * 2 + mostUnits);
  made.set(units);
  return made;
}

/** The words of a text, folded as all texts are; `&` and `+` are the word "and". */
export function wordsOf(text: string): string[] {
  return unitsOf(text).flatMap((part) => {
    if (part === '&' || part === '+') return ['and'];
    return part.charCodeAt(0) < firstWordUnit ? [] : [part];
  });
}

/** The words of a text and each sign between them, folded. For short texts of ours. */
export function unitsOf(text: string): string[] {
  const parts: string[] = [];
  let isInWord = false;
  for (let at = 0; at < text.length; ) {
    const unit = table[text.charCodeAt(at)] as number;
    const { taken, means } = unit === 0 ? look(text, at) : { taken: 1, means: String.fromCharCode(unit) };
    for (const sign of means.split('')) {
      const isWord = sign.charCodeAt(0) >= firstWordUnit;
      if (isWord && isInWord) parts[parts.length - 1] += sign;
      else parts.push(sign);
      isInWord = isWord;
    }
    at += taken;
  }
  return parts;
}

/** By code unit: its folded unit, or 0 where a closer look is needed. Filled in as characters are met, for there are many. */
export const table = new Uint16Array(0x10000);

/** What the characters met so far mean that are nothing at all or several units. At most the 65,536 of the basic plane. */
const several = new Map<number, string>();

/** What the text has at `at` in folded units, and how many of its code units that takes. */
function look(text: string, at: number): { taken: number; means: string } {
  const found = encoded(text, at);
  if (found !== undefined) return { taken: found.taken, means: meaning(found.character) };
  const point = text.codePointAt(at) as number;
  return { taken: point > 0xffff ? 2 : 1, means: meaning(String.fromCodePoint(point)) };
}

/** Folded units of one character, remembered for the next time. */
function meaning(character: string): string {
  const code = character.charCodeAt(0);
  if (character.length > 1) return beyond(character);
  const known = table[code] as number;
  if (known !== 0) return String.fromCharCode(known);
  const before = several.get(code);
  if (before !== undefined) return before;
  const means = signs[character] ?? toUnits(plainest(character));
  if (means.length === 1 && !(character in signs)) table[code] = means.charCodeAt(0);
  else several.set(code, means);
  return means;
}

/** Outside the basic plane: styled letters are letters, tags are nothing, other scripts are as they are, pictures are not words. */
function beyond(character: string): string {
  const point = character.codePointAt(0) as number;
  if (point >= 0xe0000) return point < 0xe1000 ? '' : other;
  if (isWithin(point, 0x1d400, 0x1d7ff) || isWithin(point, 0x1f100, 0x1f1ff)) return toUnits(plainest(character));
  return isWithin(point, 0x10000, 0x1cfff) || isWithin(point, 0x20000, 0x3ffff) ? character : other;
}

/** A character in its plainest form: letters and digits, signs between words, or nothing. */
function plainest(character: string): string {
  if (/^\p{White_Space}$/u.test(character)) return ' ';
  if (/^[\p{Cf}\p{Cc}]$/u.test(character)) return '';
  if (/^[\p{Pd}\u2212]$/u.test(character)) return '-';
  // "Acme™" is not "acmetm", and an ellipsis is one sign.
  if (/^[\u2120\u2122\u2026]$/.test(character)) return '!';
  const decomposed = character.normalize('NFKD').replace(accents, '').toUpperCase().toLowerCase();
  return [...decomposed.replace(accents, '')].map((letter) => letters[letter] ?? letter).join('');
}

function toUnits(folded: string): string {
  if (folded.length > mostUnits) return other;
  return [...folded]
    .map((each) => (/[0-9a-z]|[^\0-\x7f]/.test(each) ? ownUnit(each) : (separators[each] ?? other)))
    .join('');
}

function ownUnit(character: string): string {
  return /[\p{L}\p{N}\p{M}]/u.test(character) ? character : other;
}

function isWithin(point: number, first: number, last: number): boolean {
  return point >= first && point <= last;
}

/** No character becomes more; the few whose normal form is longer are no part of anybody's name. */
const mostUnits = 4;
const accents = /[\u0300-\u036f]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]/g;

/** Letters that no normal form takes apart. */
const letters: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ŧ: 't',
};

const other = String.fromCharCode(between.other);

const separators: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      [' ', 'space'],
      ['&', 'and'],
      ['+', 'plus'],
      ['.', 'dot'],
      ['-', 'dash'],
      ['@', 'at'],
      ['<', 'less'],
      ['>', 'more'],
      ['[', 'open'],
      [']', 'close'],
    ] as const
  ).map(([sign, name]) => [sign, String.fromCharCode(between[name])]),
);

/** Where an encoded character may begin: never taken from the table. */
const signs: Readonly<Record<string, string>> = { '&': String.fromCharCode(between.and), '%': other };

for (let code = 0; code < 0x250; code += 1) meaning(String.fromCharCode(code));
