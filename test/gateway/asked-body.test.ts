import { describe, expect, it } from 'vitest';
import { askedBody, shortAskedBody } from '../../src-gateway/asked-body.ts';
import type { Received } from '../../src-gateway/proofs.ts';
import { makeBody } from '../../src-ledger/seal-body.ts';
import { callOf } from './given.ts';
import { openSession } from './world.ts';

const session = await openSession();
const customer = session.customers.get('acme' as never);
const call = (args: Record<string, unknown>): Received & { session: typeof session } => ({
  ...callOf('ticket_list'),
  arguments: args,
  session,
});
/** What the ledger keeps of a denied call when it is sent this. */
const kept = (content: object): object => {
  const { blind, ...rest } = JSON.parse(
    makeBody(JSON.parse(JSON.stringify(content)) as Record<string, unknown>, 'call.denied').text,
  ) as Record<string, unknown>;
  expect(blind).toMatch(/^[0-9a-f]{32}$/);
  return rest;
};

describe('shortAskedBody', () => {
  it.each([
    ['little', { id: 1 }],
    ['as much as is kept', { note: 'x'.repeat(8192 - '{"params":{"note":""}}'.length) }],
    ['a byte more', { note: 'x'.repeat(8193 - '{"params":{"note":""}}'.length) }],
    ['as much of other letters', { note: 'ä'.repeat(4085) }],
    ['a letter more of those', { note: 'ä'.repeat(4086) }],
    ['many members', Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`b${at}`, at]))],
    ['members in no order', { z: 'x'.repeat(9000), a: { c: 1, b: [2, { y: null, x: true }] } }],
    ['text without UTF-8', { note: '\ud800'.repeat(9000), '\udc00': 1 }],
    ['text that is short only without it', { note: '\ud800'.repeat(2000) }],
    ['a number beyond all', { note: 'x'.repeat(9000), id: Number.POSITIVE_INFINITY }],
  ])('is what the ledger keeps, of %s', (_, args) => {
    const short = shortAskedBody(call(args), customer);
    const whole = askedBody(call(args), customer);
    expect(short.under).toBe('acme');
    expect(Buffer.byteLength(JSON.stringify(short.content))).toBeLessThanOrEqual(8192);
    expect(kept(short.content)).toEqual(kept(whole.content));
  });

  it('keeps the place of a secret, and says under no customer what was asked of none', () => {
    const unknown = { ...callOf('no_such_tool', { password: 'x'.repeat(9000) }), session };
    expect(shortAskedBody(unknown, undefined)).toEqual({
      under: null,
      content: { params: { customer: 'ACME-1', password: '[not recorded]' } },
    });
  });
});
