// Vendor parameters that widen a query, sent beside a right customer: the gate takes the declared ones and no other.
import { describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();
const extras: Record<string, unknown> = {
  client_id: 46,
  client_ids: '214,46',
  'client_id[]': 46,
  clientid: 46,
  toplevel_id: 1,
  site_id: 1,
  advanced_search: '[{"filter_name":"client_id","filter_type":1,"filter_value":"46"}]',
  search: 'a" client_id=46',
  page_size: 9999,
  pageinate: false,
  count: 100_000,
  includeallclients: true,
  columns_id: 1,
  view_id: 1,
  open_only: '&client_id=46',
  baseUrl: 'http://evil.example',
  url: 'http://evil.example',
  headers: { authorization: 'x' },
  owner: '46',
  limits: { deadlineMs: 1e9 },
  constructor: { prototype: { customer: 'FERN-2' } },
  toString: 'x',
};

describe('an argument that was not declared', () => {
  it.each(['ticket_list', 'ticket_search', 'contact_search', 'asset_list', 'customer_get'])(
    'is refused by %s, and nothing is sent to the vendor',
    async (tool) => {
      await attacked.vendor();
      const before = await lastEntry(attacked);
      const declared = await toolArguments(tool);
      expect(Object.keys({ customer: '', ...required(tool) }).filter((name) => !declared.includes(name))).toEqual([]);
      const smuggled = Object.entries(extras).filter(([name]) => !declared.includes(name));
      for (const [name, value] of smuggled) {
        const { content } = await attacked.mcp.call(tool, { customer: 'MERI-7', ...required(tool), [name]: value });
        expect(content, name).toMatchObject({ denied: true, gate: 'entitlement', code: 'INVALID_ARGUMENTS' });
      }
      expect(await attacked.vendor()).toEqual([]);
      const entries = await attacked.since(before);
      expect(entries.map(({ kind }) => kind)).toEqual(Array(smuggled.length).fill('call.denied'));
    },
  );
});

describe('a declared argument', () => {
  it('carries nothing but its own value', async () => {
    await attacked.vendor();
    for (const [tool, args] of [
      ['ticket_get', { id: '1&client_id=46' }],
      ['ticket_get', { id: '../Client/46' }],
      ['ticket_get', { id: -1 }],
      ['ticket_get', { id: 1.5 }],
      ['ticket_get', { id: 1e300 }],
      ['ticket_get', { id: [1] }],
      ['ticket_list', { status: 'all&client_id=46' }],
      ['ticket_list', { page: { next: 1 } }],
    ] as const) {
      const { content } = await attacked.mcp.call(tool, { customer: 'MERI-7', ...args });
      expect(content, JSON.stringify(args)).toMatchObject({ denied: true, code: 'INVALID_ARGUMENTS' });
    }
    expect(await attacked.vendor()).toEqual([]);
  });

  it('is no number JSON cannot send on: a size beyond all numbers is refused, not turned into another', async () => {
    const body =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ticket_get","arguments":{"customer":"MERI-7","id":1e999}}}';
    const { message } = await attacked.post(body);
    expect(message?.result?.['structuredContent']).toMatchObject({ code: 'INVALID_ARGUMENTS' });
  });

  it('is no half of a character: a vendor, a grant and the ledger would each read another text', async () => {
    await attacked.vendor();
    const body =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ticket_search","arguments":{"customer":"MERI-7","text":"ab\\ud800"}}}';
    const { message } = await attacked.post(body);
    expect(message?.result?.['structuredContent']).toMatchObject({ gate: 'entitlement', code: 'INVALID_ARGUMENTS' });
    expect(await attacked.vendor()).toEqual([]);
  });

  it('reaches the vendor as one value, with the bound customer beside it', async () => {
    await attacked.vendor();
    await attacked.mcp.call('ticket_search', {
      customer: 'MERI-7',
      ...required('ticket_search'),
      text: 'x&client_id=46#',
    });
    for (const asked of await attacked.vendor()) {
      const ids = new URL(asked.replace(/^\S+ /, ''), 'http://x').searchParams.getAll('client_id');
      expect(
        ids.filter((id) => id !== '214'),
        asked,
      ).toEqual([]);
    }
  });
});

const required = (tool: string): object => (tool.endsWith('_search') ? { text: 'printer' } : {});

async function toolArguments(tool: string): Promise<string[]> {
  const { message } = await attacked.mcp.request('tools/list');
  const tools = message?.result?.['tools'] as { name: string; inputSchema: { properties: object } }[];
  return Object.keys(tools.find(({ name }) => name === tool)?.inputSchema.properties ?? {});
}
