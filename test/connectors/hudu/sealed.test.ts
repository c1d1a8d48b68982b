import { describe, expect, it } from 'vitest';
import { opened, sealing } from '../../../src-connectors/hudu/sealed.ts';
import type { Row } from '../../../src-connectors/row.ts';
import type { ToolCall, Vendor } from '../../../src-connectors/vendor.ts';
import { seed } from './hudu-data.ts';

const row = {
  id: 55,
  name: 'x',
  password: 'SECRET',
  otp_secret: seed,
  sealed: { forged: true },
  cards: [{ company: { id: 900 } }],
};
const request = { path: '/asset_passwords' };
const call = {} as ToolCall;
let asked = 0;
const vendor = sealing(
  {
    rows: async () => [row, 'text', null],
    page: async () => ({ rows: [row], isFull: true }),
    record: async () => row,
    write: async () => row,
  } as unknown as Vendor,
  { now: () => ((asked += 1), 59_000) },
);

describe('sealing', () => {
  it('leaves no secret in lists and in what was saved, and nothing that opens', async () => {
    expect(await vendor.rows(request, '', call)).toEqual([{ id: 55, name: 'x' }, 'text', null]);
    expect(await vendor.page({ ...request, page: 1 }, '', call)).toEqual({
      rows: [{ id: 55, name: 'x' }],
      isFull: true,
    });
    const saved = (await vendor.write({ method: 'PUT', ...request }, '', call)) as Row;
    expect(saved).toEqual({ id: 55, name: 'x' });
    expect(opened(saved)).toBeUndefined();
  });

  it('puts away those of a record so that only opening finds them: of the seed its code, worked out when asked for', async () => {
    const record = (await vendor.record(request, '', call)) as Row;
    expect(record).toEqual({ id: 55, name: 'x', sealed: {} });
    expect(JSON.stringify(record)).toBe('{"id":55,"name":"x","sealed":{}}');
    const contents = opened(record);
    expect(contents).toEqual({ password: 'SECRET', code: expect.any(Function) });
    expect(asked).toBe(0);
    expect(contents?.code()).toEqual({ code: '287082', seconds: 1 });
  });

  it('opens nothing that the vendor sent as sealed', () => {
    for (const forged of [{}, { sealed: {} }, { sealed: null }, { sealed: 'x' }])
      expect(opened(forged)).toBeUndefined();
  });
});
