// A connector without a network: its one tool lists what the test says, so that flows can be tested by themselves.
import { z } from 'zod';
import { listTool } from '../../src-connectors/list-tool.ts';
import type { Connector, ToolCall, VendorRequest } from '../../src-connectors/vendor.ts';

export type Rows = (request: VendorRequest, page: number, call: ToolCall) => Promise<readonly unknown[]>;

export function vendorOf(rows: Rows, pageSize = 2): Connector {
  const thingList = listTool({
    connector: 'halopsa',
    name: 'thing_list',
    title: 'List things',
    description: 'Lists things of the bound customer.',
    risk: 'read',
    input: {},
    record: z.strictObject({ id: z.int() }),
    owner: { owner: 'client_id', also: [] },
    ownerParameter: 'client_id',
    request: () => ({ path: '/Things', query: { client_id: 31 } }),
    rows: 'things',
    project: (row) => ({ id: row['id'] as number }),
    limits: { deadlineMs: 1000, maxBytes: 1000 },
  });
  const never = () => Promise.reject(new Error('not in this test'));
  return {
    name: 'halopsa',
    title: 'Things',
    credentialFields: [],
    settings: [],
    baseUrlExample: 'https://things.example',
    owner: { title: 'thing id', ids: 'number' },
    survey: { request: { path: '/Owners' }, key: 'owners', project: () => undefined },
    tools: [thingList],
    open: () => ({
      names: async () => ({}),
      rows: never,
      record: never,
      write: never,
      file: never,
      page: async ({ page, ...request }, _key, call) => {
        const found = await rows(request, page, call);
        return { rows: found, isFull: found.length >= pageSize };
      },
    }),
  };
}
