import { describe, expect, it } from 'vitest';
import { schemaFields, toArguments } from '../../src-renderer/screens/try-tool/schema-fields.ts';

const fields = schemaFields({
  type: 'object',
  required: ['customer', 'ticket_id'],
  properties: {
    customer: { type: 'string' },
    status: { type: 'string', enum: ['open', 'closed'] },
    ticket_id: { type: 'integer' },
    hidden: { type: 'boolean' },
    tags: { type: 'array' },
  },
});

describe('schemaFields', () => {
  it('asks for everything but the customer, what is required first', () => {
    expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['ticket_id', 'integer', true],
      ['status', 'choice', false],
      ['hidden', 'flag', false],
      ['tags', 'json', false],
    ]);
  });
});

describe('toArguments', () => {
  it('reads what was typed and leaves empty optional fields out', () => {
    expect(toArguments(fields, { ticket_id: ' 48213 ', hidden: 'true', tags: '["a"]', status: '' })).toEqual({
      ok: true,
      value: { ticket_id: 48_213, hidden: true, tags: ['a'] },
    });
  });
  it('names the field that does not fit', () => {
    expect(toArguments(fields, {})).toEqual({ ok: false, field: 'ticket_id' });
    expect(toArguments(fields, { ticket_id: '4.5' })).toEqual({ ok: false, field: 'ticket_id' });
    expect(toArguments(fields, { ticket_id: '1', tags: '[' })).toEqual({ ok: false, field: 'tags' });
  });
});
