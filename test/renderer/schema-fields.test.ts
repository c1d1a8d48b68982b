import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hiddenMembers } from '../../src-renderer/screens/try-tool/hidden-members.ts';
import { schemaFields, toArguments, withoutSecrets } from '../../src-renderer/screens/try-tool/schema-fields.ts';
import type { Risk } from '../../src-shared/model/risk.ts';

const line = z.strictObject({ product: z.string().max(40), quantity: z.int().min(1).max(300) });
/** As connectors declare arguments. */
const declared = z.strictObject({
  customer: z.string(),
  ticketId: z.int().min(1).max(2_147_483_647).describe('The ticket id.'),
  status: z.enum(['open', 'closed']).optional(),
  hidden: z.boolean().optional(),
  note: z.string().min(2).max(4000).optional(),
  title: z.string().max(20).optional(),
  due: z.iso.date().optional(),
  from: z.iso.datetime().optional(),
  minutes: z.number().min(0.25).max(24).optional(),
  password: z.string().max(100).optional().meta({ writeOnly: true }),
  tags: z.array(z.string()).max(2).optional(),
  lines: z.array(line).min(1).max(2).optional(),
  owner: z.string().max(10).nullable().optional().describe('Who.'),
  deep: z.array(z.strictObject({ inner: z.array(line) })).optional(),
});
const fields = schemaFields(z.toJSONSchema(declared, { io: 'input' }));
const read = (typed: Parameters<typeof toArguments>[1]) => toArguments(fields, { ticketId: '1', ...typed });

describe('schemaFields', () => {
  it('asks for everything but the customer, what is required first, each as what it is', () => {
    expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
      ['ticketId', 'integer', true],
      ['status', 'choice', false],
      ['hidden', 'flag', false],
      ['note', 'long', false],
      ['title', 'text', false],
      ['due', 'date', false],
      ['from', 'time', false],
      ['minutes', 'number', false],
      ['password', 'secret', false],
      ['tags', 'lines', false],
      ['lines', 'group', false],
      ['owner', 'text', false],
      ['deep', 'json', false],
    ]);
    expect(fields.find(({ name }) => name === 'owner')?.help).toBe('Who.');
    expect(fields.find(({ name }) => name === 'lines')?.members.map(({ name, kind }) => [name, kind])).toEqual([
      ['product', 'text'],
      ['quantity', 'integer'],
    ]);
  });
});

describe('toArguments', () => {
  it('reads what was typed and leaves empty optional fields out', () => {
    const typed = {
      ticketId: ' 48213 ',
      hidden: 'true',
      note: ' one\ntwo ',
      due: '2026-11-30',
      minutes: '0.5',
      password: ' spaces stay ',
      tags: 'a\n\n b ',
      lines: [{ product: 'P-1', quantity: '25' }],
      deep: '[{"inner":[]}]',
      status: '',
    };
    expect(toArguments(fields, typed)).toEqual({
      ok: true,
      value: {
        ticketId: 48_213,
        hidden: true,
        note: 'one\ntwo',
        due: '2026-11-30',
        minutes: 0.5,
        password: ' spaces stay ',
        tags: ['a', 'b'],
        lines: [{ product: 'P-1', quantity: 25 }],
        deep: [{ inner: [] }],
      },
    });
  });
  it('sends a local time as the moment it is', () => {
    expect(read({ from: '2026-11-30T09:30' })).toEqual({
      ok: true,
      value: { ticketId: 1, from: new Date('2026-11-30T09:30').toISOString() },
    });
  });
  it('reads a choice among numbers as a number', () => {
    const priorities = schemaFields(z.toJSONSchema(z.object({ priority: z.literal([1, 2]) })));
    expect(toArguments(priorities, { priority: '2' })).toEqual({ ok: true, value: { priority: 2 } });
    expect(toArguments(priorities, { priority: '3' })).toMatchObject({ ok: false, why: 'kind' });
  });
  it.each([
    [{ ticketId: '' }, 'ticketId', 'needed'],
    [{ ticketId: '4.5' }, 'ticketId', 'kind'],
    [{ ticketId: '0' }, 'ticketId', 'least'],
    [{ note: 'x' }, 'note', 'least'],
    [{ title: 'x'.repeat(21) }, 'title', 'most'],
    [{ minutes: '25' }, 'minutes', 'most'],
    [{ due: '30.11.2026' }, 'due', 'kind'],
    [{ tags: 'a\nb\nc' }, 'tags', 'most'],
    [{ deep: '[' }, 'deep', 'kind'],
    [
      {
        lines: [
          { product: 'P-1', quantity: '25' },
          { product: 'P-2', quantity: '0' },
        ],
      },
      'lines.1.quantity',
      'least',
    ],
    [{ lines: [{}, {}, {}] }, 'lines', 'most'],
  ])('names the field that does not fit: %j', (typed, field, why) => {
    expect(read(typed)).toEqual({ ok: false, field, why });
  });
});

describe('withoutSecrets', () => {
  it('keeps everything but the secrets', () => {
    expect(withoutSecrets(fields, { ticketId: '1', password: 'horse', lines: [{ product: 'P-1' }] })).toMatchObject({
      ticketId: '1',
      lines: [{ product: 'P-1' }],
    });
    expect(JSON.stringify(withoutSecrets(fields, { password: 'horse' }))).not.toContain('horse');
  });
});

describe('hiddenMembers', () => {
  const hidden = (risk: Risk, properties: Record<string, unknown>) =>
    hiddenMembers({ risk, recordSchema: { properties } });
  const names = (of: ReturnType<typeof hidden>, record: Record<string, unknown>) =>
    Object.entries(record).flatMap(([name, value]) => (of?.(name, value) ? [name] : []));

  it('hides nothing of a tool that reveals no secret', () => {
    expect(hidden('read', { password: { type: 'string' } })).toBeNull();
  });
  it('hides what the schema marks, whatever the class', () => {
    expect(names(hidden('read', { pin: { writeOnly: true } }), { pin: '1', name: 'Door' })).toEqual(['pin']);
  });
  it('hides in doubt, where a secret is the point', () => {
    const record = {
      id: 81,
      passwordId: 81,
      name: 'Firewall',
      username: 'admin',
      host: 'fw.example',
      codeSeconds: 12,
      password: 'x',
      otpSecret: 'y',
      notes: 'z',
      value: 'v',
      pin: 1234,
    };
    expect(names(hidden('credential', {}), record)).toEqual(['password', 'otpSecret', 'notes', 'value', 'pin']);
  });
});
