// The screen against the plainest way to say what it does: every name at every word of the text.
import { fc } from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { CustomerId } from '../../../src-shared/model/ids.ts';
import { mark } from '../../../src-gateway/screen/records.ts';
import { makeScreen } from '../../../src-gateway/screen/screen.ts';
import { screening } from './customers.ts';

const words = ['zorbu', 'quixo', 'vexal', 'plamt'];
const name = fc
  .array(fc.constantFrom(...words, 'and'), { minLength: 1, maxLength: 4 })
  .map((parts) =>
    parts.filter((part, at) => part !== 'and' || (at > 0 && at < parts.length - 1 && parts[at - 1] !== 'and')),
  )
  .filter((parts) => parts.length > 0 && parts.at(-1) !== 'and');
const between = fc.constantFrom(' ', '\n', ' - ', ', ', '...', ' \u200b', '_', '  "', ' is ', '/');
const text = fc
  .array(
    fc.tuple(
      fc.constantFrom(...words, 'and', 'zorbuquixo', 'VEXAL', 'PLAMT', 'quíxo', 'ple\u00adxx', 'pl\u200bamt'),
      between,
    ),
  )
  .map((pairs) => pairs.flat().join(''));

interface Token {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

function tokensOf(given: string): Token[] {
  return [...given.matchAll(/[a-zí][a-zí\u00ad\u200b]*/giu)].map((found) => ({
    word: found[0]
      .replaceAll(/[\u00ad\u200b]/g, '')
      .toLowerCase()
      .replaceAll('í', 'i'),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

/** Ways to write a name. */
function waysOf(parts: readonly string[]): string[][] {
  const glued = parts.join('');
  const ways = [[...parts], parts.filter((part) => part !== 'and')];
  return parts.length > 1 && glued.length >= 7 ? [...ways, [glued]] : ways;
}

function runsOf(way: readonly string[]): string[] {
  return way.flatMap((_, from) => way.slice(from).map((__, more) => way.slice(from, from + more + 1).join(' ')));
}

function oracle(given: string, names: readonly (readonly string[])[], bound: number): string {
  const tokens = tokensOf(given);
  const own = new Set(waysOf(names[bound] ?? []).flatMap(runsOf));
  const others = new Set(
    names.filter((_, at) => at !== bound).flatMap((parts) => waysOf(parts).map((way) => way.join(' '))),
  );
  const isOthers = given.split('').map(() => false);
  for (const [from] of tokens.entries()) {
    for (let to = from + 1; to <= tokens.length; to += 1) {
      const said = tokens
        .slice(from, to)
        .map(({ word }) => word)
        .join(' ');
      if (others.has(said) && !own.has(said)) isOthers.fill(true, tokens[from]?.from, tokens[to - 1]?.to);
    }
  }
  return given.split('').reduce((left, letter, at) => {
    if (isOthers[at] !== true) return left + letter;
    return isOthers[at - 1] === true ? left : left + mark;
  }, '');
}

describe('makeScreen', () => {
  it('marks exactly what the plainest reading marks', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 6 }), text, (names, given) => {
        const customers = names.map((parts, at) => ({
          id: CustomerId.parse(`c${at}`),
          code: `ZZZZ-${at + 1}`,
          name: parts.join(' '),
          domain: '',
          aliases: [],
        }));
        const screen = makeScreen({ customers, instances: [], policy: { mode: 'redact', never: [] } });
        const left = screen.apply([{ given }], CustomerId.parse('c0')).records[0]?.['given'];
        expect(left).toBe(oracle(given, names, 0));
      }),
      { numRuns: 3000 },
    );
  });

  it('reads whatever text there is, and marks a name after it', () => {
    const { text: leaves } = screening();
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '&',
        '&#',
        ';',
        '<',
        '%4',
        '\ud83d',
        '\u200b',
        'client ',
        '#',
        '7',
        '@',
        '.',
        '[.]',
        'Acme',
        '-',
        'toString',
        '\u0301',
      ),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const given = parts.join('');
        expect(String(leaves(`${given}\n\n== == == == acmegroup.example`))).toMatch(/\[another customer\]$/);
      }),
      { numRuns: 3000 },
    );
  });
});
