import { fc } from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { canonicalText, readJson } from '../../../src-cli/verifier/canonical.ts';
import { canonical } from '../../../src-shared/canonical.ts';

describe('canonicalText', () => {
  it('gives the RFC’s own example (RFC 8785, section 3.2.4)', () => {
    const example = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalText(JSON.parse(example))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts names by their UTF-16 code units (RFC 8785, section 3.2.3)', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const value = Object.fromEntries(names.map((name, at) => [name, at]));
    expect(canonicalText(value)).toBe(
      `{${sorted.map((name) => `${JSON.stringify(name)}:${names.indexOf(name)}`).join(',')}}`,
    );
  });

  it('agrees with the writer’s for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalText(value)).toBe(canonical(value));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN, '\ud800', { '\udc00': 1 }, undefined])('has none for %j', (value) => {
    expect(() => canonicalText(value)).toThrow(TypeError);
  });
});

describe('readJson', () => {
  it.each(['{"a":1,"a":1}', '[{"b":{"a":1,"c":[],"a":2}}]', '{"a":1,"\\u0061":1}', '{"a" : 1, "b": "a:", "a" :1}'])(
    'refuses %s',
    (text) => expect(readJson(text)).toBeUndefined(),
  );

  it.each([98, 99, 100, 1000])('refuses a name that is there twice and stands %i spaces from its colon', (count) => {
    expect(readJson(`{"a":1,"a"${' '.repeat(count)}:2}`)).toBeUndefined();
    expect(readJson(`{"a"${'\t'.repeat(count)}:1,"a":2}`)).toBeUndefined();
  });

  it('refuses what nests too deeply to be looked at', () => {
    expect(readJson('['.repeat(50_000) + ']'.repeat(50_000))).toBeUndefined();
  });

  it.each(['{"a":{"a":1},"b":{"a":1}}', ' {"a" : "\\"a\\":", "b":"a"}', '[ "a", "a" ]', '{"a":"}","b":1.0}'])(
    'reads %s',
    (text) => expect(readJson(text)).toEqual(JSON.parse(text)),
  );
});
