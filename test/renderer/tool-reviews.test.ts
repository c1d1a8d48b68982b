import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../src-renderer/screens/tool-reviews/line-diff.ts';
import { reviewChanges } from '../../src-renderer/screens/tool-reviews/review-changes.ts';
import { schemaLines } from '../../src-renderer/screens/tool-reviews/schema-lines.ts';
import { fixtureReviews } from '../e2e/window-fixture-reviews.ts';

const shown = (before: string[], now: string[]): string[] =>
  lineDiff(before, now).map(({ kind, text }) => ({ same: ' ', gone: '-', new: '+' })[kind] + text);

describe('lineDiff', () => {
  it('keeps what both have, and puts what went before what came', () => {
    expect(shown(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([' a', '-b', '+x', ' c', '+d']);
    expect(shown([], ['a'])).toEqual(['+a']);
    expect(shown(['a'], [])).toEqual(['-a']);
    expect(shown(['a', 'b'], ['b', 'a'])).toEqual(['-a', ' b', '+a']);
  });

  it('says that all went and all came where there is too much to compare', () => {
    const before = Array.from({ length: 700 }, (_, line) => String(line));
    const lines = lineDiff(before, before);
    expect(lines.filter(({ kind }) => kind === 'gone').length).toBe(700);
    expect(lines.filter(({ kind }) => kind === 'new').length).toBe(700);
  });
});

describe('schemaLines', () => {
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'integer', minimum: 1, description: 'The id.' },
      lines: {
        type: 'array',
        items: { type: 'object', properties: { product: { type: 'string' } }, required: ['product'] },
      },
      more: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    },
    required: ['id'],
    additionalProperties: false,
  };

  it('says each argument in a line, then whatever else is said of it', () => {
    expect(schemaLines(schema)).toEqual([
      'id: integer, needed',
      'id, minimum: 1',
      'id, description: The id.',
      'lines: array, optional',
      'lines.each: object, needed',
      'lines.each.product: string, needed',
      'more: anything, optional',
      'more, anyOf: [{"type":"string"},{"type":"null"}]',
      'additionalProperties: false',
    ]);
  });

  it('lets no text pass for another argument', () => {
    const properties = { 'a: string, needed\nb': { type: 'string', description: 'One.\nc: string, needed' } };
    expect(schemaLines({ type: 'object', properties })).toEqual([
      '"a: string, needed\\nb": string, optional',
      '"a: string, needed\\nb", description: "One.\\nc: string, needed"',
    ]);
  });

  it.each([
    ['a keyword of an argument', { ...schema, properties: { ...schema.properties, id: { type: 'integer' } } }],
    ['what is needed', { ...schema, required: ['id', 'more'] }],
    ['what is needed and is no argument', { ...schema, required: ['id', 'ghost'] }],
    ['the whole being anything', { ...schema, type: undefined }],
    ['a type', { ...schema, type: ['object', 'null'] }],
    ['more arguments being let in', { ...schema, additionalProperties: true }],
    ['a definition beside', { ...schema, $defs: { secret: { type: 'string' } } }],
    ['an argument that is no schema', { ...schema, properties: { ...schema.properties, more: true } }],
    ['a type that is a list', { ...schema, properties: { ...schema.properties, id: { type: ['integer', 'null'] } } }],
    [
      'what a group says of more members',
      {
        ...schema,
        properties: {
          ...schema.properties,
          lines: {
            ...schema.properties.lines,
            items: { ...schema.properties.lines.items, additionalProperties: false },
          },
        },
      },
    ],
    ['no arguments at all', { ...schema, properties: [] }],
  ])('reads otherwise when %s changes', (_, other) => {
    expect(schemaLines(other)).not.toEqual(schemaLines(schema));
  });
});

describe('reviewChanges', () => {
  it('shows the fields that changed, the words a model reads first, and loses none of them', () => {
    const [changed] = fixtureReviews();
    if (changed === undefined) return expect.fail('no review');
    const changes = reviewChanges(changed);
    expect(changes.map(({ field }) => field)).toEqual(['description', 'risk', 'inputSchema']);
    const now = changes[0]?.lines.filter(({ kind }) => kind !== 'gone').map(({ text }) => text);
    expect(now?.join('')).toBe(changed.now.description);
    expect(changes[1]?.lines).toEqual([
      { kind: 'gone', text: 'Write' },
      { kind: 'new', text: 'External' },
    ]);
  });

  it('shows a change of nothing but space', () => {
    const [review] = fixtureReviews();
    if (review === undefined) return expect.fail('no review');
    const description = review.now.description.replace('. ', '.\n\n');
    const changes = reviewChanges({ before: review.now, now: { ...review.now, description } });
    expect(changes.map(({ field }) => field)).toEqual(['description']);
  });

  it('shows all of a new tool', () => {
    const fresh = fixtureReviews()[1];
    if (fresh === undefined) return expect.fail('no review');
    const recordSchema = { type: 'object', properties: { id: { type: 'integer' } } };
    const changes = reviewChanges({ before: null, now: { ...fresh.now, recordSchema } });
    expect(changes.length).toBe(9);
    expect(changes.flatMap(({ lines }) => lines).every(({ kind }) => kind === 'new')).toBe(true);
  });
});
