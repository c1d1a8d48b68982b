// Whether a style keeps what it is on from being seen. Whoever wrote it may be hostile: a model would read what a technician
// cannot see. In doubt it hides. Not found here: text in the colour of its background, and what a style sheet hides by a
// class, because only a whole page tells of those.

/** `style` as in the attribute, its character references decoded. Takes time in proportion to its length. */
export function isHiding(style: string): boolean {
  if (style.length > longestStyle) return true;
  const declarations = unescaped(style)
    .toLowerCase()
    .split(';')
    .map((one) => {
      const [name = '', ...value] = one.split(':');
      return { name: name.trim().replace(/^-(?:webkit|moz|ms|o)-/, ''), value: value.join(':').trim() };
    });
  // A comment can part any word, and nobody writes one by hand.
  if (style.includes('/*') || declarations.some(hides)) return true;
  const isCut = declarations.some(({ name, value }) => name.startsWith('overflow') && /hidden|clip/.test(value));
  return isCut && declarations.some(({ name, value }) => extents.has(name) && isNothing(value));
}

interface Declaration {
  readonly name: string;
  readonly value: string;
}

/** CSS escapes (CSS Syntax §4.3.7): up to six digits and a space, or the character itself. */
function unescaped(style: string): string {
  return style.replace(/\\(?:([0-9a-f]{1,6})\s?)?/gi, (_, digits: string | undefined) => {
    const code = Number.parseInt(digits ?? '', 16);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
  });
}

function hides({ name, value }: Declaration): boolean {
  const test = tests.get(name);
  return test !== undefined && (value.length > longest || test(value));
}

const within = (pattern: RegExp) => (value: string) => pattern.test(value);
const isFaint = (value: string): boolean => numberOf(value) <= (value.includes('%') ? 10 : 0.1);
const isColourless = within(/transparent|^#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)\b|(?:,[^,]*,[^,]*,|\/)\s*0*(?:\.0*)?%?\s*\)/);
const isFarAway = within(/-\s*(?:\d{3,}|\d{2,}(?:\.\d*)?r?em)|(?<![.\d])(?:\d{4,}|\d{3,}v[wh])/);

/** Of a value that is worked out elsewhere nothing is known. */
const isTiny = (size: string): boolean =>
  size.includes('(') || numberOf(size) <= (/\d(?:px|pt)/.test(size) ? 2 : size.includes('%') ? 20 : 0.2);

const isNothing = (extent: string): boolean =>
  extent.includes('(') || numberOf(extent) <= (/em|in|cm/.test(extent) ? 0.1 : 1);

const tests: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['display', within(/none|\(/)],
  ['visibility', within(/hidden|collapse|\(/)],
  ['content-visibility', within(/hidden|\(/)],
  ['mso-hide', within(/all/)],
  ['opacity', (value) => value.includes('(') || isFaint(value)],
  ['color', isColourless],
  ['text-fill-color', isColourless],
  ['font-size', isTiny],
  // The size is the first number that is no weight; a weight has no unit and is never 0.
  ['font', (value) => value.split(/[\s/]+/).some((part) => /^[+-]?[\d.]/.test(part) && isTiny(part))],
  ['clip-path', (value) => !/^none\b/.test(value)],
  ['clip', (value) => !/^auto\b/.test(value)],
  ['scale', isFaint],
  [
    'transform',
    (value) => isFarAway(value) || /rotate[xy3]|matrix/.test(value) || value.split('scale').slice(1).some(isShrunk),
  ],
  ['translate', isFarAway],
  ['left', isFarAway],
  ['right', isFarAway],
  ['top', isFarAway],
  ['bottom', isFarAway],
  ['inset', isFarAway],
  ['margin', isFarAway],
  ['margin-left', isFarAway],
  ['margin-top', isFarAway],
  ['text-indent', isFarAway],
]);

/** What follows `scale` in a transform: `x(0.1)`, `(1, 0)`. */
function isShrunk(rest: string): boolean {
  const [, inside = ''] = /\(([^)]*)/.exec(rest) ?? [];
  return inside.split(',').some(isFaint);
}

/** The number a value begins with; NaN when it begins with none. */
const numberOf = (value: string): number => Number.parseFloat(value);

const extents: ReadonlySet<string> = new Set(['width', 'height', 'max-width', 'max-height']);
/** So long is no style, and none of these values, in ordinary writing. */
const longestStyle = 5000;
const longest = 200;
