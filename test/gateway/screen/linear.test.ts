// Whoever writes a ticket may choose its text to make reading it slow. Steps are counted: time is noisy, counts are not.
import { describe, expect, it } from 'vitest';
import { CustomerId } from '../../../src-shared/model/ids.ts';
import { makeScreen } from '../../../src-gateway/screen/screen.ts';
import { customers, instances } from './customers.ts';

/** Names that are the beginnings of each other, as deep as a walk can go. */
const deep = Array.from({ length: 20 }, (_, at) => ({
  id: CustomerId.parse(`deep-${at}`),
  code: `DEEP-${at + 1}`,
  name: Array.from({ length: at + 2 }, () => 'zorbu').join(' '),
  domain: `${Array.from({ length: at + 2 }, () => 'zorbu').join('.')}.example`,
  aliases: [],
}));

const screenOf = (others: typeof deep) =>
  makeScreen({ customers: [...customers, ...others], instances, policy: { mode: 'redact', never: ['zorbu vexal'] } });
const [ordinary, nested] = [screenOf([]), screenOf(deep)];

function stepsFor(text: string, screen = nested): number {
  const before = screen.effort();
  screen.apply([{ text }], CustomerId.parse('pub'));
  return screen.effort() - before;
}

const size = 8000;
/** Steps for one character, with customers as an MSP has them. */
const most = 60;

describe('makeScreen', () => {
  it.each([
    'a',
    ' ',
    'zorbu ',
    'Zorbu\n',
    'zorbu.',
    'zorbu-',
    '<zorbu>',
    'zorbu<b>',
    'zorbu<',
    'zorbu&',
    'zorbu&amp;',
    'zorbu%20',
    'zorbu\u200b ',
    'zo\u200brbu\u0301 ',
    '&',
    '&#',
    '%',
    '\u00ad',
    'ß',
    '…',
    '😀',
    '𝐀',
    '\ud800',
    'Acme ',
    'Acme Group ',
    'Acme <Group',
    'client ',
    'client 1 ',
    'client_id=127,',
    '127,',
    'id ',
    'acmegroup.example ',
    'acmegroup.example@',
    'a@acmegroup.example.',
    'x.x@acmegroup.example',
    'acmegroup[.',
    'Summit, ',
    'as at Summit, ',
    'Thornton, Sam ',
    'Sam Thornton@',
    'First ',
    'First Choice ',
    '0b6c2f4e-1d3a-',
  ])('takes steps in proportion to a text of many %j', (part) => {
    const once = stepsFor(part.repeat(Math.ceil(size / part.length)));
    const fourfold = stepsFor(part.repeat(Math.ceil((4 * size) / part.length)));
    expect(stepsFor(part.repeat(Math.ceil(size / part.length)), ordinary)).toBeLessThan(most * size);
    expect(fourfold).toBeLessThan(4.4 * once + 1000);
  });

  it('takes steps in proportion to a text of names with long gaps', () => {
    const text = (gap: number): string => `zorbu${' '.repeat(gap)}`.repeat(25);
    expect(stepsFor(text(2000))).toBeLessThan(4.4 * stepsFor(text(500)));
  });
});
