import { describe, expect, it } from 'vitest';
import { opened, sealing } from '../../../src-connectors/hudu/sealed.ts';
import type { Row } from '../../../src-connectors/row.ts';
import type { ToolCall, Vendor } from '../../../src-connectors/vendor.ts';
import { seed } from './hudu-data.ts';

const row = { id: 55, name: 'x', password: 'SECRET', otp_secret: seed, sealed: { forged: true } };
const request = { path: '/asset_passwords' };
const call = {} as ToolCall;
const vendor = sealing(
  {
    rows: async () => [row, 'text', null],
    page: async () => ({ rows: [row], isFull: true }),
    record: async () => row,
    write: async () => row,
  } as unknown as Vendor,
  { now: () => 59_000 },
);

describe('sealing', () => {
  it('leaves no secret in lists and in what was saved, and nothing that opens', async () => {
    expect(await vendor.rows(request, '', call)).toEqual([{ id: 55, name: 'x' }, 'text', null]);
    expect(await vendor.page(request, '', 1, call)).toEqual({ rows: [{ id: 55, name: 'x' }], isFull: true });
    const saved = (await vendor.write({ method: 'PUT', ...request }, '', call)) as Row;
    expect(saved).toEqual({ id: 55, name: 'x' });
    expect(opened(saved)).toBeUndefined();
  });

  it('puts away those of a record so that only opening finds them, and the seed not even then', async () => {
    const record = (await vendor.record(request, '', undefined, call)) as Row;
    expect(record).toEqual({ id: 55, name: 'x', sealed: {} });
    expect(JSON.stringify(record)).toBe('{"id":55,"name":"x","sealed":{}}');
    expect(opened(record)).toEqual({ password: 'SECRET', code: { code: '287082', seconds: 1 } });
  });

  it('opens nothing that the vendor sent as sealed', () => {
    for (const forged of [{}, { sealed: {} }, { sealed: null }, { sealed: 'x' }])
      expect(opened(forged)).toBeUndefined();
  });
});
