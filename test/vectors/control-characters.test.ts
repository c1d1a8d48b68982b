// A control character in a name is what a log, a terminal or a vendor's page may stumble over. No argument that is one line takes
// one, wherever in the text it stands.
import { describe, expect, it } from 'vitest';
import { connectors } from '../../src-connectors/connectors.ts';

const texts = connectors.flatMap(({ tools }) =>
  tools.flatMap(({ name, input }) =>
    Object.entries(input.shape).flatMap(([argument, schema]) =>
      ['ab\u001bcd', '\u0000', 'ab\u007f'].map((text) => ({ name, argument, schema, text })),
    ),
  ),
);

describe('every argument of every tool', () => {
  it('takes no control character', () => {
    const taking = texts.filter(({ argument, schema, text }) => {
      const { success } = (schema as { safeParse(value: unknown): { success: boolean } }).safeParse(text);
      // What is only compared is never sent.
      return success && !['customer', 'expectedProduct'].includes(argument);
    });
    expect([...new Set(taking.map(({ name, argument }) => `${name} ${argument}`))]).toEqual([]);
  });
});
