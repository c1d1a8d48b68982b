import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { GrantClaims } from '../../src-shared/model/grant.ts';
import { bind } from './bound.ts';
import { vendorOf } from './fake-connector.ts';

const given = { customer: 'ACME-1' };
const refused = { code: 'GRANT_REFUSED', message: 'This grant does not allow this call here.' };
let time = 1_000_000;
const worker = () => bind({ url: 'http://127.0.0.1:1', now: () => time, connectors: [vendorOf(async () => [])] });

describe('the grant check', () => {
  it('lets a good grant pass once', async () => {
    const { grant, send } = worker();
    const one = grant('thing_list', given);
    expect(await send(one, 'thing_list', given)).toEqual({ status: 'ok', records: [], dropped: 0 });
    await expect(send(one, 'thing_list', given)).rejects.toMatchObject(refused);
  });

  it.each<[string, Partial<GrantClaims> | Record<string, unknown>]>([
    ['of another tenant', { tenant: 'other' }],
    ['for another customer', { customer: 'alder' }],
    ['for another instance', { instance: 'hudu' }],
    ['of an older epoch', { epoch: 6 }],
    ['of a newer epoch', { epoch: 8 }],
    ['for another tool', { tool: 'thing_get' }],
    ['only to look up what it acts on', { deed: 'look-up' }],
    ['for other arguments', { argumentsHash: '0'.repeat(64) }],
    ['that has expired', { expires: 1_000_000 }],
  ])('refuses a grant %s, in the same words', async (_, changed) => {
    const { grant, send } = worker();
    await expect(
      send(grant('thing_list', given, changed as Partial<GrantClaims>), 'thing_list', given),
    ).rejects.toMatchObject(refused);
  });

  it('looks nothing up on a grant to run', async () => {
    const { grant, sendToLookUp } = worker();
    await expect(sendToLookUp(grant('thing_list', given), 'thing_list', given)).rejects.toMatchObject(refused);
  });

  it('refuses a grant signed by another key, and one changed after signing', async () => {
    const { grant, send } = worker();
    const forged = grant('thing_list', given, {}, generateKeyPairSync('ed25519').privateKey);
    await expect(send(forged, 'thing_list', given)).rejects.toMatchObject(refused);
    const good = grant('thing_list', given, { customer: 'alder' as never });
    const changed = { ...good, claims: { ...good.claims, customer: 'acme' as never } };
    await expect(send(changed, 'thing_list', given)).rejects.toMatchObject(refused);
  });

  it('does not use up an id by a refused call', async () => {
    const { grant, send } = worker();
    const one = grant('thing_list', given);
    await expect(send(one, 'thing_list', { customer: 'ALDR-3' })).rejects.toMatchObject(refused);
    expect(await send(one, 'thing_list', given)).toMatchObject({ status: 'ok' });
  });

  it('still refuses a used id after other grants have expired and been forgotten', async () => {
    const { grant, send } = worker();
    const brief = grant('thing_list', given, { expires: time + 10 });
    const long = grant('thing_list', given, { expires: time + 1000 });
    await send(brief, 'thing_list', given);
    await send(long, 'thing_list', given);
    time += 20;
    await expect(send(long, 'thing_list', given)).rejects.toMatchObject(refused);
    await expect(send(brief, 'thing_list', given)).rejects.toMatchObject(refused);
  });
});
