import { fc } from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { foldFrom, originOf, unitsOf, wordsOf } from '../../../src-gateway/screen/fold.ts';

describe('wordsOf', () => {
  it.each([
    ['Caf&eacute; Rouge', ['cafe', 'rouge']],
    ['Ｆｕｌｌ ＷＩＤＴＨ', ['full', 'width']],
    ['Mu\u0308ller Straße', ['muller', 'strasse']],
    ['A\u00adc\u200bm\u2060e', ['acme']],
    ['𝐀𝐜𝐦𝐞 Ⓐⓒⓜⓔ', ['acme', 'acme']],
    ['İstanbul ıs ISTANBUL', ['istanbul', 'is', 'istanbul']],
    ['Ærø Łódź œuvre', ['aero', 'lodz', 'oeuvre']],
    ['&#65;cme &#x41;cme &#x110000; &none;', ['acme', 'acme', 'and', 'x110000', 'and', 'none']],
    ['&toString; &valueOf; &__proto__;', ['and', 'tostring', 'and', 'valueof', 'and', 'proto']],
    ['a%20b 100% %zz', ['a', 'b', '100', 'zz']],
    ['R&D, R &amp; D, R＆D', ['r', 'and', 'd', 'r', 'and', 'd', 'r', 'and', 'd']],
    ['Acme™ …½', ['acme', '1', '2']],
    ['😀acme😀\ud800', ['acme']],
  ])('reads %j as %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('unitsOf', () => {
  it('keeps the signs a domain and a code are made of', () => {
    expect(unitsOf('mail.a-b．c')).toEqual(['mail', '.', 'a', '-', 'b', '.', 'c']);
    expect(unitsOf('MERI\u20117')).toEqual(['meri', '-', '7']);
  });
});

describe('foldFrom', () => {
  const text = fc
    .array(fc.constantFrom('a', 'É', 'ß', '\u200b', '&amp;', '&', '%41', '😀', '𝐀', 'ﷺ', '\u0301', 'ﬃ', ' ', '\ud800'))
    .map((all) => all.join(''));

  it('knows of every unit where in the text it came from', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { units, length, origins } = foldFrom(given, 0, new Uint16Array(given.length + 1));
        const places = Array.from({ length: length + 1 }, (_, unit) => originOf(unit, origins));
        expect(units[length]).toBe(0);
        expect(places[length]).toBe(given.length);
        expect(places).toEqual(places.toSorted((one, other) => one - other));
        for (let unit = 0; unit < length; unit += 1) {
          const alone = unitsOf(
            given.slice(
              places[unit],
              places.find((place) => place > (places[unit] ?? 0)),
            ),
          ).join('');
          expect(alone).toContain(String.fromCharCode(units[unit] ?? 0));
        }
      }),
    );
  });
});
