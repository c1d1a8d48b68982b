import { describe, expect, it } from 'vitest';
import { Line } from '../../../src-connectors/hudu/text.ts';
import { fastest } from '../../fastest.ts';

describe('Line', () => {
  it('is one line with something on it', () => {
    for (const text of ['a', ' a b ', 'Ä', '日本', '1. <b>']) expect(Line.safeParse(text).success).toBe(true);
  });

  it.each(['', '   ', '\u00a0', 'a\nb', '\u0000', 'a\u001bb', 'a\u007f'])('is not %j', (text) => {
    expect(Line.safeParse(text).success).toBe(false);
  });

  it('is judged in no time, however long it is', () => {
    const text = `${'a'.repeat(200_000)}\u0000`;
    expect(fastest(() => expect(Line.safeParse(text).success).toBe(false))).toBeLessThan(2000);
  });
});
