/**
 * How customers look, from the directory alone: the same on every machine. People learn it, so it hangs on little: a customer
 * has a hue and a pattern of its own by its id, and gives way only to those listed just before it. Colour is never the only
 * cue; name and domain stand beside it.
 */
export interface CustomerLook {
  readonly hue: number;
  readonly chroma: number;
  /** 0 or 1: neighbouring hues differ in lightness too, so that they stay apart for colour-blind eyes. */
  readonly shade: 0 | 1;
  readonly pattern: Pattern;
  readonly monogram: string;
}

export type Pattern = (typeof patterns)[number];

interface Named {
  readonly id: string;
  readonly name: string;
}

/** None near 27: red on a whole bar would say that something was stopped. */
const hues = [262, 62, 175, 330, 215, 105, 295, 135, 240, 350, 85, 195] as const;
const patterns = ['solid', 'stripes', 'dots', 'bars', 'columns', 'grid'] as const;

/** How many customers listed before one have another hue, and how many before it of its own hue have another pattern. */
const apart = { hue: 2, pattern: 4 };
/** Steps that lead through all hues, and through all patterns. */
const strides = { hue: [1, 5, 7, 11], pattern: [1, 5] } as const;

/** The looks of a whole directory, by id. In whatever order it comes. */
export function customerLooks(directory: readonly Named[]): ReadonlyMap<string, CustomerLook> {
  const looks = new Map<string, CustomerLook>();
  const lastHues: number[] = [];
  const lastPatterns = new Map<number, number[]>();
  for (const { id, name } of [...directory].sort(asListed)) {
    const hash = fnv1a(id);
    const hue = freePlace(lastHues, { of: hues.length, first: hash, stride: strides.hue[(hash >>> 8) % 4] ?? 1 });
    remember(lastHues, hue, apart.hue);
    const same = lastPatterns.get(hue) ?? [];
    const first = Math.floor(hash / hues.length);
    const pattern = freePlace(same, { of: patterns.length, first, stride: strides.pattern[(hash >>> 10) % 2] ?? 1 });
    remember(same, pattern, apart.pattern);
    lastPatterns.set(hue, same);
    looks.set(id, {
      hue: hues[hue] ?? 262,
      chroma: 0.13,
      shade: hue % 2 === 0 ? 0 : 1,
      pattern: patterns[pattern] ?? 'solid',
      monogram: monogram(name),
    });
  }
  return looks;
}

/** The look of one customer among a directory. One that is not in it any more has its own hue and pattern. */
export function customerLook(customer: Named, directory: readonly Named[]): CustomerLook {
  const look = customerLooks(directory).get(customer.id) ?? customerLooks([customer]).get(customer.id);
  if (look === undefined) throw new TypeError('A directory holds every customer it was made of.');
  return look;
}

/** By name, as people read lists; never by the words of one machine's language. */
function asListed(one: Named, other: Named): number {
  const [left, right] = [`${one.name.toLowerCase()}\n${one.id}`, `${other.name.toLowerCase()}\n${other.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The first place that none of the last ones has, in strides from one's own. There are more places than last ones. */
function freePlace(
  last: readonly number[],
  { of, first, stride }: { readonly of: number; readonly first: number; readonly stride: number },
): number {
  let place = first % of;
  while (last.includes(place)) place = (place + stride) % of;
  return place;
}

function remember(last: number[], place: number, most: number): void {
  last.push(place);
  if (last.length > most) last.shift();
}

/** The first letters of the first two words, or the first two letters of a single one. */
function monogram(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const [first = '?', second] = words;
  return (second === undefined ? [...first].slice(0, 2).join('') : `${[...first][0]}${[...second][0]}`).toUpperCase();
}

/** FNV-1a, 32 bits: stable everywhere, and no secret hangs on it. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
