/** How a customer looks, from its id alone: the same on every machine. Colour is never the only cue; name and domain stand beside it. */
export interface CustomerLook {
  readonly hue: number;
  readonly chroma: number;
  /** 0 or 1: neighbouring hues differ in lightness too, so that they stay apart for colour-blind eyes. */
  readonly shade: 0 | 1;
  readonly pattern: 'solid' | 'stripes' | 'dots';
  readonly monogram: string;
}

/** None near 27: red on a whole bar would say that something was stopped. */
const hues = [262, 62, 175, 330, 215, 105, 295, 135, 240, 350, 85, 195] as const;
const patterns = ['solid', 'stripes', 'dots'] as const;

export function customerLook({ id, name }: { readonly id: string; readonly name: string }): CustomerLook {
  const hash = fnv1a(id);
  const place = hash % hues.length;
  return {
    hue: hues[place] ?? 262,
    chroma: 0.13,
    shade: place % 2 === 0 ? 0 : 1,
    pattern: patterns[Math.floor(hash / hues.length) % patterns.length] ?? 'solid',
    monogram: monogram(name),
  };
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
