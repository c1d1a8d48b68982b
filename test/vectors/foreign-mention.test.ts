// A text that means another customer and is written so that a search for the name does not find it, or so that searching
// takes for ever. Known misses, and so not here: look-alikes of other alphabets, misspellings, a name over two members.
import { describe, expect, it } from 'vitest';
import { makeMsp } from '../../bench/screen-customers.ts';
import { mark } from '../../src-gateway/screen/records.ts';
import { makeScreen } from '../../src-gateway/screen/screen.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { screening } from '../gateway/screen/customers.ts';

const { text, apply } = screening();

describe('a foreign name in disguise', () => {
  it.each([
    ['zero width', 'A\u200bc\u200cm\u200de Gr\u2060oup'],
    ['soft hyphens', 'Ac\u00adme Gro\u00adup'],
    ['bidi controls', '\u202aAcme\u202c \u2067Group\u2069'],
    ['a byte order mark', '\ufeffAcme\ufeff Group'],
    ['tag characters', 'Acme\u{e0041}\u{e007f} Group'],
    ['variation selectors', 'Acme\ufe0f Group'],
    ['combining accents', 'A\u0301cm\u0308e Gro\u0336up'],
    ['accents', 'Àcmé Grøup'],
    ['full width', 'Ａｃｍｅ　Ｇｒｏｕｐ'],
    ['styled letters', '𝔸𝕔𝕞𝕖 𝑮𝒓𝒐𝒖𝒑'],
    ['circled letters', 'Ⓐⓒⓜⓔ Ⓖⓡⓞⓤⓟ'],
    ['entities', '&#65;cme&#32;&#x47;roup'],
    ['entities inside', 'Ac&shy;me&nbsp;Gr&zwnj;oup'],
    ['percent signs', '%41cme%20Group'],
    ['line breaks', 'Acme\r\n\r\n\tGroup'],
    ['a quoted mail', '> > Acme\n> > Group'],
    ['markup', '<b>Acme</b>&nbsp;<span class="x">Group</span>'],
    ['Markdown', '**Acme** _Group_'],
    ['dashes', 'Acme\u2011Group'],
    ['no space', 'ACMEGroup'],
    ['case', 'aCmE gRoUp'],
    ['a line separator', 'Acme\u2028Group'],
    ['odd spaces', 'Acme\u00a0\u2009\u3000Group'],
    ['a thousand spaces', `Acme${' '.repeat(1000)}Group`],
    ['a control character', 'Ac\u0007me Group'],
  ])('%s', (_, disguised) => {
    const left = String(text(`before ${disguised} after`));
    expect(left).toMatch(/^before .*\[another customer\].* after$/s);
    expect(left.normalize('NFKD').replaceAll(/[^a-z]/gi, '')).not.toMatch(/acme|group/i);
  });

  it('is found in every corner of a record', () => {
    const record = { a: [{ b: { c: ['fine', ['Acme Group']] } }], d: { e: 'acmegroup.example' } };
    expect(apply([record]).records).toEqual([{ a: [{ b: { c: ['fine', [mark]] } }], d: { e: mark } }]);
  });

  it('leaves through no half of a surrogate pair', () => {
    expect(text('\ud83d Acme Group \ude00')).toBe(`\ud83d ${mark} \ude00`);
  });
});

describe('a text made to be slow', () => {
  const msp = makeMsp(2000);
  const screen = makeScreen({ ...msp, policy: { mode: 'redact', never: [] } });
  const bound = CustomerId.parse('customer-1999');
  const ownName = msp.customers.find(({ id }) => id === bound)?.name;
  const others = msp.customers.filter(({ name }) => name !== ownName);

  it('with the names of all 2,000 customers leaves with none of them', () => {
    const given = others.map(({ name }) => `Seen at ${name} too`).join('.\n');
    const { records, redacted } = screen.apply([{ given }], bound);
    expect(redacted).toBe(others.length);
    expect(records).toEqual([{ given: others.map(() => `Seen at ${mark} too`).join('.\n') }]);
  });

  it('of 4 MB is read to its end, in a bounded number of steps', () => {
    const [first, last] = [others[3]?.name ?? '', others.at(-1)?.name ?? ''];
    const filler = `The ${first.split(' ')[0]} x, `;
    const given = `${filler.repeat(Math.ceil(4_000_000 / filler.length))}${last}`;
    const before = screen.effort();
    const { records } = screen.apply([{ given }], bound);
    expect(screen.effort() - before).toBeLessThan(30 * given.length);
    expect(String(records[0]?.['given']).endsWith(mark)).toBe(true);
    expect(String(records[0]?.['given'])).not.toContain(last);
  });
});
