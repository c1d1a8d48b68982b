// Which field of an asset is a password, the layouts say; where a key may not read them, labels must do. Whoever calls can see
// to it that they are not read just now, by using up the rate first or by giving a call up: that must not turn a field
// that is known to be a secret into an ordinary one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bound } from '../connectors/bound.ts';
import { type Answering, startAnswering } from '../connectors/hudu/answering.ts';

const secret = 'gyro-lantern-88';
const fields = [{ id: 1, label: 'Door', value: secret }];
const asset = { id: 5, company_id: 12, asset_layout_id: 7, name: 'Rack', fields };
const layouts = [{ id: 7, fields: [{ label: 'Door', field_type: 'Password' }] }];

let vendor: Answering;
let layoutsReply: () => Promise<{ status?: number; json?: unknown }> | { status?: number; json?: unknown };
beforeEach(async () => {
  layoutsReply = () => ({ json: { asset_layouts: layouts } });
  vendor = await startAnswering((path) => (path === '/asset_layouts' ? layoutsReply() : { json: { asset } }));
});
afterEach(() => vendor.close());

const read = (worker: Bound, signal?: AbortSignal) => worker.call('hudu_asset_get', { id: 5 }, signal);
const keptBack = { status: 'ok', records: [{ record: { fields: [{ label: 'Door', isSecret: true }] } }] };
const writes = () => vendor.asked.filter(({ method }) => method !== 'GET');

describe('a field that the layouts call a password', () => {
  it('is kept back when they are read', async () => {
    const answer = await read(vendor.bind());
    expect(answer).toMatchObject(keptBack);
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it('is kept back when the caller has used up the rate before they are read', async () => {
    const worker = vendor.bind({ settings: { demo: 'true', requestsPerMinute: '1' } });
    expect(await read(worker)).toMatchObject({ code: 'VENDOR_ERROR', reason: expect.stringContaining('rate limit') });
  });

  it.each([
    ['fails', { status: 500 }],
    ['is busy', { status: 429 }],
    ['answers nonsense', { json: 'layouts' }],
    ['answers too much', { json: { asset_layouts: ['x'.repeat(4_100_000)] } }],
  ])('is neither shown nor written when the vendor %s just now', async (_, reply) => {
    layoutsReply = () => reply;
    const worker = vendor.bind();
    const values = [{ label: 'Door', value: 'mine' }];
    expect(await read(worker)).toMatchObject({ status: 'denied', code: 'VENDOR_ERROR' });
    expect(await worker.call('hudu_asset_update', { id: 5, values })).toMatchObject({ code: 'VENDOR_ERROR' });
    expect(writes()).toEqual([]);
    layoutsReply = () => ({ json: { asset_layouts: layouts } });
    expect(await read(worker)).toMatchObject(keptBack);
  });

  it('is kept back from who asks while another’s reading of them is given up, and afterwards', async () => {
    const gate = Promise.withResolvers<{ json: unknown }>();
    const reached = Promise.withResolvers<void>();
    layoutsReply = () => (reached.resolve(), gate.promise);
    const worker = vendor.bind();
    const givingUp = new AbortController();
    const [first, second] = [read(worker, givingUp.signal).catch(() => 'given up'), read(worker)];
    await reached.promise;
    givingUp.abort();
    expect(await first).toBe('given up');
    gate.resolve({ json: { asset_layouts: layouts } });
    expect(await second).toMatchObject(keptBack);
    expect(await read(worker)).toMatchObject(keptBack);
  });
});
