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

export interface Folded {
  /** Good until the next folding; the unit at `length` is 0. */
  readonly units: Uint16Array;
  readonly length: number;
  /** Where in the text a unit came from; of `length`, the length of the text. */
  readonly at: (unit: number) => number;
}

/** Returns a folder with memory of its own: what it returned last is overwritten by the next call. */
export function makeFolder(): (text: string) => Folded {
  const kept = new Uint16Array(keptUnits + 1);
  return (text) => {
    const { length } = text;
    // What a long text needs is not kept for the next: one of 4 MB must not cost memory for good.
    const units = length <= keptUnits ? kept : new Uint16Array(length + 1);
    const plain = foldPlain(text, units);
    return plain === length ? { units, length, at: (unit) => unit } : foldRest(text, units.subarray(0, plain));
  };
}

/** The words of a text, folded as all texts are; `&` and `+` are the word "and". */
export function wordsOf(text: string): string[] {
  return unitsOf(text).flatMap((part) => {
    if (part === '&' || part === '+') return ['and'];
    return part.charCodeAt(0) < firstWordUnit ? [] : [part];
  });
}

/** The words of a text and each sign between them, folded. */
export function unitsOf(text: string): string[] {
  const { units, length } = makeFolder()(text);
  const parts: string[] = [];
  for (let at = 0; at < length; at += 1) {
    const unit = units[at] as number;
    const isInside = unit >= firstWordUnit && at > 0 && (units[at - 1] as number) >= firstWordUnit;
    if (isInside) parts[parts.length - 1] += String.fromCharCode(unit);
    else parts.push(String.fromCharCode(unit));
  }
  return parts;
}

/** By code unit: its folded unit, or 0 where a closer look is needed. Filled in as characters are met, for there are many. */
export const table = new Uint16Array(0x10000);

/** What the characters met so far mean that are nothing at all or several units. At most the 65,536 of the basic plane. */
const several = new Map<number, string>();

/** One unit a character, as far as that goes. Returns how far: the rest begins with something that needs a closer look. */
function foldPlain(text: string, units: Uint16Array): number {
  const { length } = text;
  for (let at = 0; at < length; at += 1) {
    const unit = table[text.charCodeAt(at)] as number;
    if (unit === 0) return at;
    units[at] = unit;
  }
  units[length] = 0;
  return length;
}

/** `before` is what was folded already, unit by character. */
function foldRest(text: string, before: Uint16Array): Folded {
  let units = new Uint16Array(text.length + mostUnits + 1);
  let positions = new Uint32Array(units.length);
  units.set(before);
  for (let at = 0; at < before.length; at += 1) positions[at] = at;
  let length = before.length;
  let at = length;
  while (at < text.length) {
    if (length + mostUnits >= units.length) [units, positions] = [longer(units), longer(positions)];
    const { taken, means } = look(text, at);
    for (let index = 0; index < means.length; index += 1) {
      units[length] = means.charCodeAt(index);
      positions[length] = at;
      length += 1;
    }
    at += taken;
    for (let unit = plainUnit(text, at); unit !== 0 && length < units.length - 1; unit = plainUnit(text, at)) {
      units[length] = unit;
      positions[length] = at;
      length += 1;
      at += 1;
    }
  }
  units[length] = 0;
  positions[length] = text.length;
  return { units, length, at: (index) => positions[index] as number };
}

/** The folded unit of a character that needs no closer look, or 0. */
function plainUnit(text: string, at: number): number {
  return at < text.length ? (table[text.charCodeAt(at)] as number) : 0;
}

function longer<Units extends Uint16Array | Uint32Array>(units: Units): Units {
  const made = new (units.constructor as new (length: number) => Units)(units.length * 2);
  made.set(units);
  return made;
}

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
  if (character === '\u2122' || character === '\u2120') return '!'; // Trade marks: "Acme™" is not "acmetm".
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

const keptUnits = 1 << 16;
/** No character becomes more; the few whose normal form is longer are no part of anybody's name. */
const mostUnits = 4;
const accents = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/gu;

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
