import { describe, expect, it } from 'vitest';
import { argumentRows, longLength } from '../../src-renderer/screens/approvals/argument-rows.ts';
import { exactParts } from '../../src-renderer/screens/approvals/exact-text.ts';
import { fastest } from '../fastest.ts';

const seen = (text: string) => ({ kind: 'seen', text });
const mark = (text: string) => ({ kind: 'mark', text });

describe('exactParts', () => {
  it('leaves what can be seen as it is, in any script', () => {
    for (const text of [
      'Restarted the spooler.',
      'Grüße aus Zürich\n\nAmy',
      'שלום',
      '再起動しました',
      'Zoe\u0308, A\u030a, vie\u0323\u0302t, ที่นี่, हिन्दी, مُحَمَّد',
      '👍 done',
      'a  b\tc',
    ])
      expect(exactParts(text)).toEqual([seen(text)]);
  });

  it.each([
    ['a direction that turns the text around', 'safe\u202Egnp.exe', [seen('safe'), mark('U+202E'), seen('gnp.exe')]],
    ['a zero width space', 'pay\u200Bpal', [seen('pay'), mark('U+200B'), seen('pal')]],
    ['a control character', 'a\u0000b', [seen('a'), mark('U+0000'), seen('b')]],
    ['a carriage return that would hide a line', 'a\rb', [seen('a'), mark('U+000D'), seen('b')]],
    ['a letter that looks like nothing', 'a\u3164b', [seen('a'), mark('U+3164'), seen('b')]],
    ['a variation of nothing', 'a\uFE0Eb', [seen('a'), mark('U+FE0E'), seen('b')]],
    ['a tower of accents', `a${'\u0301'.repeat(60)}`, [seen('a'), mark('U+0301 and 59 more hidden')]],
    ['what strikes a letter out', 'o\u0336k', [seen('o'), mark('U+0336'), seen('k')]],
    ['what encloses a letter', 'a\u20dd', [seen('a'), mark('U+20DD')]],
    ['words in tag characters', 'ok\u{E0064}\u{E0065}\u{E006C}', [seen('ok'), mark('U+E0064 and 2 more hidden')]],
  ])('shows %s as its code', (_, text, parts) => {
    expect(exactParts(text)).toEqual(parts);
  });

  it('says how long a stretch of nothing is, so that nothing can be pushed out of sight', () => {
    expect(exactParts(`a${' '.repeat(312)}b`)).toEqual([seen('a'), mark('312 spaces'), seen('b')]);
    expect(exactParts(`a${'\n \t'.repeat(40)}b`)).toEqual([seen('a'), mark('40 line breaks'), seen('b')]);
    expect(exactParts(`a${'\u2003'.repeat(9)}b`)).toEqual([seen('a'), mark('9 spaces'), seen('b')]);
  });

  it('treats markup as the letters it is made of', () => {
    const text = '<img src=x onerror=alert(1)> [click](javascript:alert(1)) &amp;';
    expect(exactParts(text)).toEqual([seen(text)]);
  });

  it('takes a long text in no time', () => {
    const text = `${'\n '.repeat(50_000)}${' \t'.repeat(50_000)}x`.repeat(2);
    expect(fastest(() => exactParts(text))).toBeLessThan(2000);
  });
});

describe('argumentRows', () => {
  it('keeps the order, every value whole, and the place of a secret', () => {
    expect(
      argumentRows({
        arguments: {
          customer: 'MERI-7',
          quantity: 12,
          lines: [{ a: 1 }],
          is: false,
          none: null,
          password: '[not recorded]',
        },
        secrets: ['password'],
      }),
    ).toEqual([
      { name: 'customer', kind: 'words', text: 'MERI-7' },
      { name: 'quantity', kind: 'code', text: '12' },
      { name: 'lines', kind: 'code', text: '[ { "a": 1 } ]' },
      { name: 'is', kind: 'code', text: 'false' },
      { name: 'none', kind: 'code', text: 'null' },
      { name: 'password', kind: 'secret', text: '' },
    ]);
  });
});

describe('argumentRows of a long list', () => {
  it('has a line for each part, and loses no line break of a text', () => {
    const [row] = argumentRows({ secrets: [], arguments: { lines: [{ note: `a\nb ${'x'.repeat(90)}` }] } });
    expect(row?.text).toBe(`[\n  {\n    "note": "a\\nb ${'x'.repeat(90)}"\n  }\n]`);
  });
});

describe('longLength', () => {
  it('is none for what fits at a glance, else how many characters there are', () => {
    const lengthOf = (note: string) => longLength(argumentRows({ arguments: { note }, secrets: [] }));
    expect([lengthOf('short'), lengthOf('a'.repeat(800)), lengthOf('a\n'.repeat(20))]).toEqual([0, 804, 44]);
  });
});
