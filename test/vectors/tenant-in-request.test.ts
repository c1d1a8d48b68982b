// A tenant comes from who calls and from nothing that is sent: naming another one anywhere changes nothing.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();

describe('a tenant named in a request', () => {
  it('changes nothing in a header, the address or the meta data', async () => {
    const plain = await attacked.post(goodCall());
    const expected = { ...(plain.message?.result?.['structuredContent'] as object), auditRef: '' };
    const meta = { tenant: 'other', customer: 'FERN-2', 'io.bulkhead/tenant': 'other', principal: 'helen.strand' };
    const withMeta = JSON.parse(goodCall()) as { params: object };
    Object.assign(withMeta.params, { _meta: meta, tenant: 'other', tenantId: 'other' });
    const names = [
      'x-tenant',
      'x-tenant-id',
      'tenant',
      'x-customer',
      'x-customer-id',
      'x-bulkhead-customer',
      'mcp-session-id',
    ];
    const headers = Object.fromEntries(names.map((name) => [name, name.includes('customer') ? 'FERN-2' : 'other']));
    await attacked.vendor();
    const before = await lastEntry(attacked);
    for (const [body, more] of [
      [goodCall(), headers],
      [JSON.stringify(withMeta), {}],
      [JSON.stringify({ ...withMeta, tenant: 'other', customer: 'FERN-2' }), headers],
    ] as const) {
      const { message } = await attacked.post(body, more);
      const content = message?.result?.['structuredContent'] as object | undefined;
      // JSON-RPC takes no members it does not know; where the call was taken, it was taken for MERI-7.
      if (content) expect({ ...content, auditRef: '' }).toEqual(expected);
    }
    for (const entry of await attacked.since(before)) {
      expect(entry).toMatchObject({ tenant: 'northway-demo', customer: 'MERI-7', principal: { id: 'amy.kowalski' } });
    }
    for (const asked of await attacked.vendor()) expect(asked).not.toMatch(/other|FERN|client_id=46/);
  });

  it('is an argument no tool has', async () => {
    for (const name of [
      'tenant',
      'tenant_id',
      'tenantId',
      'msp',
      'organisation',
      '_meta',
      'epoch',
      'binding',
      'owner',
    ]) {
      const { content } = await attacked.mcp.call('customer_get', { customer: 'MERI-7', [name]: 'other' });
      expect(content, name).toMatchObject({ denied: true, code: 'INVALID_ARGUMENTS', gate: 'entitlement' });
    }
  });

  it('cannot be probed through the built-in tools', async () => {
    const mine = await attacked.mcp.call('bulkhead_whoami');
    for (const args of [{ tenant: 'other' }, { tenant: 'northway-demo' }, { customer: 'FERN-2' }]) {
      expect((await attacked.mcp.call('bulkhead_whoami', args)).content).toEqual(mine.content);
      expect((await attacked.mcp.call('bulkhead_context', args)).content).toMatchObject({
        customer: { code: 'MERI-7' },
      });
    }
  });
});
