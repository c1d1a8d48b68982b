import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../src-gateway/strict-json.ts';

/** One key in every spelling JSON allows: each character as itself or as its escape, in either case. */
const spelled = (key: string): fc.Arbitrary<string> =>
  fc
    .array(fc.nat(2), { minLength: key.length, maxLength: key.length })
    .map((choices) => {
      const units = Array.from({ length: key.length }, (_, at) => {
        const escape = `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`;
        const plain = JSON.stringify(key[at] ?? '').slice(1, -1);
        return [plain, escape, escape.toUpperCase().replace('\\U', '\\u')][choices[at] ?? 0];
      });
      return `"${units.join('')}"`;
    })
    .filter((text) => JSON.parse(text) === key);
const isSafe = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  Object.entries(value).every(([key, member]) => key !== '__proto__' && isSafe(member));
const json = fc.jsonValue({ maxDepth: 6 }).filter(isSafe);
const key = fc.string().filter((name) => name !== '__proto__');

describe('parseStrictJson', () => {
  it('reads any JSON without repeated keys as JSON.parse does, however it is spaced', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, '\t', ' \n'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an object that says a key twice, in whatever spelling and however deep', () => {
    const given = key.chain((name) => fc.tuple(spelled(name), spelled(name), json, json, json, fc.nat(20)));
    fc.assert(
      fc.property(given, ([one, other, first, between, second, depth]) => {
        const members = `${one}:${JSON.stringify(first)},"between${one.slice(1)}:${JSON.stringify(between)},${other}:${JSON.stringify(second)}`;
        const text = `${'{"in":['.repeat(depth / 2)}{${members}}${']}'.repeat(depth / 2)}`;
        JSON.parse(text);
        expect(parseStrictJson(text)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('takes the same key in different objects', () => {
    expect(parseStrictJson('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toEqual({ a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] });
  });

  it('is not confused by brackets, commas, quotes and escapes inside strings', () => {
    for (const text of ['{"a":"{\\"a\\":1,","b":"]}"}', '["\\\\","\\"{"]', '{"a\\\\":1,"a\\"":2}', '"{\\"a\\":1}"']) {
      expect(parseStrictJson(text), text).toEqual(JSON.parse(text));
    }
  });

  it('refuses a key that reaches a prototype, in whatever spelling', () => {
    fc.assert(
      fc.property(spelled('__proto__'), (name) => {
        expect(parseStrictJson(`{"x":{${name}:{"customer":"A"}}}`)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('takes 32 levels and no more, of either kind', () => {
    const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
    expect(parseStrictJson(nested('[', ']', 32))).toBeDefined();
    expect(parseStrictJson(nested('[', ']', 33))).toBeUndefined();
    expect(parseStrictJson(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)).toBeUndefined();
  });

  it('answers quickly and without a throw for half a million levels', () => {
    expect(parseStrictJson('['.repeat(500_000))).toBeUndefined();
    expect(parseStrictJson('['.repeat(500_000) + ']'.repeat(500_000))).toBeUndefined();
  });

  it('takes five thousand members and elements and no more, wherever they are', () => {
    const members = (count: number) => Array.from({ length: count }, (_, at) => `"${at}":0`).join(',');
    const zeros = (count: number) => Array(count).fill(0).join(',');
    for (const text of [`{${members(5000)}}`, `[${zeros(5000)}]`, `{"a":{${members(2499)}},"b":[${zeros(2499)}]}`]) {
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    }
    for (const text of [`{${members(5001)}}`, `[${zeros(5001)}]`, `{"a":{${members(2499)}},"b":[${zeros(2500)}]}`]) {
      expect(parseStrictJson(text)).toBeUndefined();
    }
    expect(parseStrictJson(`[${Array(2500).fill('[]').join(',')}]`)).toHaveLength(2500);
    expect(parseStrictJson(`[${Array(2501).fill('{}').join(',')}]`)).toBeUndefined();
    expect(parseStrictJson(JSON.stringify({ note: ',[{'.repeat(5000) }))).toEqual({ note: ',[{'.repeat(5000) });
  });

  it('refuses what is not JSON', () => {
    for (const text of ['', '{', '{a:1}', "{'a':1}", '{"a":1,}', 'undefined', '\ufeff{}', '{}{}', 'NaN', '{"a":01}']) {
      expect(parseStrictJson(text), text).toBeUndefined();
    }
  });
});
