import { describe, expect, it } from 'vitest';
import { isLikelyRepeat } from '../../../src-connectors/pax8/order.ts';
import { ids } from './pax8-records.ts';

const line = { productId: ids.dns, quantity: 2, billingTerm: 'Monthly' };
const order = (createdDate: unknown, more: object = {}) => ({ createdDate, lineItems: [{ ...line, ...more }] });
const now = Date.parse('2026-06-15T10:00:00Z');

describe('isLikelyRepeat', () => {
  it.each([
    ['one of nine minutes ago', '2026-06-15T09:51:00Z', true],
    ['one of ten minutes ago', '2026-06-15T09:50:00Z', false],
    ['one of nine minutes ago in another zone', '2026-06-15T02:51:00.153-0700', true],
    ['one of today', '2026-06-15', true],
    ['one of yesterday, where it may be today still', '2026-06-14', true],
    ['one of the day before', '2026-06-13', false],
    ['one of a day that is none', '2026-06-41', true],
    ['one without a day', undefined, true],
  ])('says of %s: %#', (_, created, expected) => {
    expect(isLikelyRepeat(order(created), line, now)).toBe(expected);
  });

  it.each([{ productId: ids.phone }, { quantity: 3 }, { billingTerm: 'Annual' }, { productId: null }])(
    'says no when a line differs in %o',
    (more) => {
      expect(isLikelyRepeat(order('2026-06-15', more), line, now)).toBe(false);
    },
  );

  it('finds the line among others, and none where there are no lines', () => {
    const lineItems = [{ ...line, quantity: 9 }, null, { ...line, productId: ids.dns.toUpperCase() }];
    expect(isLikelyRepeat({ createdDate: '2026-06-15', lineItems }, line, now)).toBe(true);
    expect(isLikelyRepeat({ createdDate: '2026-06-15', lineItems: 'none' }, line, now)).toBe(false);
  });
});
