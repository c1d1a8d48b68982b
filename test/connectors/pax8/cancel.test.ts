// subscription_cancel, against the emulator.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { subscriptionCancel } from '../../../src-connectors/pax8/tools/subscription-cancel.ts';
import type { Vendor } from '../../../src-connectors/vendor.ts';
import { bindPax8, type BoundPax8, recordsOf } from './bound-pax8.ts';
import { contextOf, noCall } from './context.ts';
import { foreign, ids, own } from './pax8-records.ts';
import { labelOf } from '../labelled.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const backup = { id: ids.backupSubscription, expectedProduct: 'Backup', expectedQuantity: 8 };
const office = { id: ids.subscription, expectedProduct: 'Office Premium', expectedQuantity: 25 };
const cancel = (input: Record<string, unknown>) => bound.call('subscription_cancel', input);
const writes = () => bound.asked().filter((one) => !one.startsWith('GET '));

describe('subscription_cancel', () => {
  it('cancels at once', async () => {
    expect(recordsOf(await cancel(backup))).toEqual([
      {
        id: ids.backupSubscription,
        product: 'Backup',
        status: 'Cancelled',
        endsAt: '2026-06-15T10:00:00Z',
        hasFee: false,
      },
    ]);
    expect(writes()).toEqual([`DELETE /v1/subscriptions/${ids.backupSubscription}`]);
  });

  it('cancels on a day', async () => {
    expect(recordsOf(await cancel({ ...backup, cancelDate: '2026-07-31' }))).toMatchObject([
      { status: 'PendingCancel', endsAt: '2026-07-31T00:00:00Z' },
    ]);
    expect(writes()).toEqual([
      `DELETE /v1/subscriptions/${ids.backupSubscription}?cancelDate=2026-07-31T00%3A00%3A00.000Z`,
    ]);
  });

  it('cancels a committed subscription for when its commitment is over', async () => {
    expect(await cancel({ ...office, cancelDate: '2026-12-30' })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(recordsOf(await cancel({ ...office, cancelDate: '2027-01-01' }))).toMatchObject([{ hasFee: false }]);
  });

  it('tells of a fee where the commitment allows leaving it', async () => {
    const commitments = bound.pax8.data.commitments.map((one) => ({ ...one, allowForEarlyCancellation: true }));
    const lenient = await bindPax8({}, { ...bound.pax8.data, commitments });
    expect(recordsOf(await lenient.call('subscription_cancel', office))).toMatchObject([{ hasFee: true }]);
    await lenient.close();
  });

  it.each([
    ['one that is cancelled already', { id: ids.cancelled, expectedProduct: 'Old thing', expectedQuantity: 25 }],
    ['a day that is over', { ...backup, cancelDate: '2026-06-14' }],
  ])('does not cancel %s', async (_, input) => {
    expect(await cancel(input)).toMatchObject({
      code: 'INVALID_ARGUMENTS',
      reason: expect.stringContaining('Nothing was cancelled') as string,
    });
    expect(writes()).toEqual([]);
  });

  it.each(['31.07.2026', '2026-13-01', 'tomorrow', '2026-07-31T00:00:00Z'])(
    'refuses %s as a day',
    async (cancelDate) => {
      expect(await cancel({ ...backup, cancelDate })).toEqual({ status: 'denied', code: 'INVALID_ARGUMENTS' });
    },
  );

  it.each([
    ['is as it was', { companyId: own, status: 'Active' }, { code: 'VENDOR_ERROR', message: /did not confirm/ }],
    ['is another company’s now', { companyId: foreign, status: 'Cancelled', productName: 'FOREIGN' }, 'Gone'],
    ['is not there any more', undefined, 'Gone'],
  ])('says what became of one that afterwards %s', async (_, after, expected) => {
    let reads = 0;
    const row = { id: backup.id, companyId: own, productName: 'Backup', quantity: 8, status: 'Active' };
    const vendor: Partial<Vendor> = {
      record: async () => (++reads === 1 ? row : after && { ...row, ...after }),
      write: async () => undefined,
    };
    const running = subscriptionCancel.run(contextOf(vendor), backup, noCall);
    if (typeof expected === 'string')
      expect(await running).toEqual({
        status: 'ok',
        records: [
          { label: labelOf(own), record: { id: backup.id, product: 'Backup', status: expected, hasFee: false } },
        ],
        dropped: 0,
      });
    else
      await expect(running).rejects.toMatchObject({
        code: expected.code,
        message: expect.stringMatching(expected.message) as string,
      });
  });
});
