import { describe, expect, it } from 'vitest';
import { dependsOnQuantity, listTotal, priceFrom } from '../../../src-connectors/pax8/price.ts';

const rate = (
  suggestedRetailPrice: number,
  startQuantityRange?: number,
  endQuantityRange?: number,
  chargeType?: string,
) => ({
  partnerBuyRate: 0.01,
  suggestedRetailPrice,
  startQuantityRange,
  endQuantityRange,
  chargeType: chargeType ?? 'Per Unit',
});
const price = (type: string, rates: object[], more: object = {}) => ({ billingTerm: 'Monthly', type, rates, ...more });
const terms = (quantity: number, commitmentTerm?: string) => ({ billingTerm: 'Monthly', commitmentTerm, quantity });
const volume = price('Volume', [rate(5, 1, 9), rate(4, 10)]);
const tiered = price('Tiered', [rate(5, 1, 9), rate(4, 10)]);

describe('listTotal', () => {
  it.each([
    ['a flat price for each', price('Flat', [rate(5.885)]), 3, 17.66],
    ['all units at the rate of their number', volume, 12, 48],
    ['the rate at the end of its range', volume, 9, 45],
    ['each unit at the rate of its tier', tiered, 12, 57],
    ['tiers that count from 0', price('Tiered', [rate(5, 0, 9), rate(4, 10)]), 12, 57],
    ['a flat rate once, whatever the number', price('Flat', [rate(90, 1, 100, 'Flat Rate')]), 12, 90],
    ['flat tiers and single ones together', price('Tiered', [rate(90, 1, 10, 'Flat Rate'), rate(2, 11)]), 12, 94],
    ['a price of 0', price('Flat', [rate(0)]), 3, 0],
  ])('adds up %s', (_, row, quantity, total) => {
    expect(listTotal([row], terms(quantity))).toBe(total);
  });

  it.each([
    ['no rate for this many', price('Flat', [rate(5, 1, 9)]), 10],
    ['two rates for this many', price('Volume', [rate(5, 1, 10), rate(4, 10)]), 10],
    ['a gap between tiers', price('Tiered', [rate(5, 1, 5), rate(4, 10)]), 12],
    ['tiers that overlap', price('Tiered', [rate(5, 1, 10), rate(4, 10)]), 12],
    ['a mark-up on a price nobody knows', price('Mark-Up', [rate(1)]), 1],
    ['rates without a retail price', price('Flat', [{ partnerBuyRate: 3 }]), 1],
    ['a retail price that is no number', price('Flat', [{ suggestedRetailPrice: '5' }]), 1],
    ['a negative price', price('Flat', [rate(-5)]), 1],
    ['no rates at all', { billingTerm: 'Monthly' }, 1],
  ])('knows no price from %s', (_, row, quantity) => {
    expect(listTotal([row], terms(quantity))).toBeUndefined();
  });

  it('takes the row of the commitment, or else the one without', () => {
    const rows = [price('Flat', [rate(3)]), price('Flat', [rate(2)], { commitmentTerm: '1-Year' })];
    expect(listTotal(rows, terms(10, '1-Year'))).toBe(20);
    expect(listTotal(rows, terms(10, '3-Year'))).toBe(30);
    expect(listTotal(rows, terms(10))).toBe(30);
    expect(listTotal(rows.slice(1), terms(10))).toBeUndefined();
  });

  it('knows no price when rows of the same terms say two things', () => {
    expect(listTotal([price('Flat', [rate(3)]), price('Flat', [rate(2)])], terms(1))).toBeUndefined();
    expect(listTotal([price('Flat', [rate(3)]), price('Flat', [rate(3)])], terms(1))).toBe(3);
  });

  it('takes no price of another billing term', () => {
    expect(listTotal([{ ...volume, billingTerm: 'Annual' }], terms(1))).toBeUndefined();
  });
});

describe('dependsOnQuantity', () => {
  it.each([
    ['several rates', volume, true],
    ['a rate once for all', price('Flat', [rate(9, 1, 9, 'Flat Rate')]), true],
    ['one rate for each', price('Flat', [rate(5)]), false],
    ['rates of another commitment', { ...volume, commitmentTerm: '3-Year' }, false],
    ['rates of another billing term', { ...volume, billingTerm: 'Annual' }, false],
  ])('of %s: %#', (_, row, expected) => {
    expect(dependsOnQuantity([row], terms(1, '1-Year'))).toBe(expected);
  });
});

describe('priceFrom', () => {
  it('shows what a customer pays and nothing of what the MSP pays', () => {
    expect(priceFrom({ ...volume, commitmentTerm: '1-Year', unitOfMeasurement: 'User' })).toEqual({
      billingTerm: 'Monthly',
      commitmentTerm: '1-Year',
      kind: 'Volume',
      unit: 'User',
      rates: [
        { price: 5, from: 1, to: 9, per: 'Per Unit' },
        { price: 4, from: 10, to: undefined, per: 'Per Unit' },
      ],
    });
  });
});
