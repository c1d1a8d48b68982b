// A character written otherwise: an HTML entity, or a percent sign and two hex digits. Decoded once and never again, as
// whatever showed the text would.

export interface Encoded {
  readonly character: string;
  /** How many code units of the text it takes. */
  readonly taken: number;
}

/** What is encoded at `at`, if anything. Looks at no more than a dozen characters. */
export function encoded(text: string, at: number): Encoded | undefined {
  const sign = text.charCodeAt(at);
  if (sign === 0x25) return percentEncoded(text.slice(at + 1, at + 3));
  if (sign !== 0x26) return undefined;
  const end = text.slice(at + 1, at + longest).indexOf(';');
  if (end < 1) return undefined;
  const character = entity(text.slice(at + 1, at + 1 + end));
  return character === undefined ? undefined : { character, taken: end + 2 };
}

/** Only what is ASCII: a longer character is several of these. */
function percentEncoded(digits: string): Encoded | undefined {
  if (!/^[2-7][0-9a-f]$/i.test(digits)) return undefined;
  return { character: String.fromCharCode(Number.parseInt(digits, 16)), taken: 3 };
}

function entity(name: string): string | undefined {
  const number = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name);
  if (number === null)
    return /^([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash)$/i.exec(name)?.[1] ?? named.get(name);
  const point = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  return point > 0x10ffff ? undefined : String.fromCodePoint(point);
}

const longest = 12;

/** Those that turn up inside or between the words of a name. A map: the text chooses what is looked up. */
const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['nbsp', ' '],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', ' '],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['rsquo', "'"],
  ['lsquo', "'"],
  ['ndash', '-'],
  ['mdash', '-'],
  ['period', '.'],
  ['shy', '\u00ad'],
  ['zwj', '\u200d'],
  ['zwnj', '\u200c'],
  ['szlig', 'ß'],
  ['aelig', 'æ'],
  ['oelig', 'œ'],
  ['AElig', 'Æ'],
  ['OElig', 'Œ'],
]);
