import { policyToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { hasTooManyBrackets, hasTooManyLevels } from '../../src-gateway/policy/too-deep.ts';

describe('hasTooManyBrackets', () => {
  it.each(['()', '[]', '{}'])('lets forty %s nest, and not one more', (pair) => {
    const [open = '', close = ''] = pair;
    expect(hasTooManyBrackets(open.repeat(40) + close.repeat(40))).toBe(false);
    expect(hasTooManyBrackets(open.repeat(41) + close.repeat(41))).toBe(true);
    expect(hasTooManyBrackets(`${pair.repeat(100)}${open.repeat(40)}`)).toBe(false);
  });

  it('counts all kinds together', () => {
    expect(hasTooManyBrackets('([{'.repeat(13))).toBe(false);
    expect(hasTooManyBrackets('([{'.repeat(14))).toBe(true);
  });

  it.each([
    ['a string', `"${'('.repeat(99)}"`],
    ['a string with a quote in it', `"\\"${'('.repeat(99)}"`],
    ['a string that ends with a backslash', `"\\\\" == "${'('.repeat(99)}"`],
    ['a comment', `// ${'('.repeat(99)}\ntrue`],
    ['a comment with a quote in it', `// it's 3" ${'('.repeat(99)}\n`],
    ['a comment that another line ends', `// ${'('.repeat(99)}\rtrue`],
  ])('does not count what stands in %s', (_, text) => {
    expect(hasTooManyBrackets(text)).toBe(false);
  });

  it.each([
    ['strings that would close them', '(")"'],
    ['strings with a quote in them that would', '("\\")"'],
    ['comments that would', '(// )\n'],
    ['comments with a quote in them', '(// "\n'],
    ['comments that only a carriage return ends', '(// "\r'],
    ['a slash', '(1/'],
    ['strings that look like a comment', '("//"'],
  ])('counts them between %s', (_, part) => {
    expect(hasTooManyBrackets(part.repeat(40))).toBe(false);
    expect(hasTooManyBrackets(part.repeat(41))).toBe(true);
  });
});

describe('hasTooManyLevels', () => {
  const policy = (conditions: string) => {
    const read = policyToJson(`permit (principal, action, resource) ${conditions};`);
    if (read.type !== 'success') throw new Error('not a policy');
    return read.json;
  };

  it('lets a hundred and eighteen operators stand in one another, and not one more', () => {
    expect(hasTooManyLevels(policy(`when { 1${'+1'.repeat(117)} > 2 }`))).toBe(false);
    expect(hasTooManyLevels(policy(`when { 1${'+1'.repeat(118)} > 2 }`))).toBe(true);
    expect(hasTooManyLevels(policy(`when { 2 > 1${'+1'.repeat(118)} }`))).toBe(true);
    expect(hasTooManyLevels(policy(`when { true } when { 1${'+1'.repeat(118)} > 2 }`))).toBe(true);
  });

  it('lets any number stand beside one another', () => {
    expect(hasTooManyLevels(policy(`when { [${'1,'.repeat(1500)}1].contains(context.minute) }`))).toBe(false);
  });

  it('lets there be forty conditions, and not one more', () => {
    expect(hasTooManyLevels(policy('when { true } unless { false }'.repeat(20)))).toBe(false);
    expect(hasTooManyLevels(policy(`${'when { true } unless { false }'.repeat(20)} when { true }`))).toBe(true);
    expect(hasTooManyLevels(policy(''))).toBe(false);
  });
});
