import { describe, expect, it } from 'vitest';
import type { HttpReply, HttpRequest } from '../../../src-connectors/egress.ts';
import { createHaloApi } from '../../../src-connectors/halopsa/api.ts';
import type { Powers, ToolCall } from '../../../src-connectors/vendor.ts';

const call = { signal: new AbortController().signal, maxBytes: 1000 } as ToolCall;

function api(...replies: Partial<HttpReply>[]) {
  const asked: HttpRequest[] = [];
  const powers: Powers = {
    http: async (request) => {
      asked.push(request);
      return { status: 200, retryAfter: undefined, json: undefined, ...replies.shift() };
    },
    lease: () => Promise.reject(new Error('not in this test')),
    now: () => 0,
    after: () => () => {},
  };
  return { asked, ...createHaloApi({ token: async () => 'token', forget: () => {} }, powers) };
}

describe('createHaloApi', () => {
  it.each(['client_ids', 'toplevel_id', 'advanced_search', 'view_id', 'showall', 'Client_Id', 'ischildnotes'])(
    'does not send the parameter %s even when a tool asks for it',
    async (name) => {
      const { asked, rows } = api();
      await expect(rows({ path: '/Tickets', query: { [name]: 1 } }, 'tickets', call)).rejects.toMatchObject({
        code: 'INTERNAL',
      });
      expect(asked).toEqual([]);
    },
  );

  it.each(['/Tickets/../Client', '/Tickets?x=1', '//evil.example', '/Tickets/1#', '/Tickets/%2e', 'Tickets', '/'])(
    'does not send the path %s',
    async (path) => {
      const { asked, rows } = api();
      await expect(rows({ path }, 'tickets', call)).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(asked).toEqual([]);
    },
  );

  it('asks for a page with the vendor’s own spelling, without which it ignores the rest', async () => {
    const { asked, page } = api({ json: { tickets: Array.from({ length: 50 }, () => ({})) } });
    expect(await page({ path: '/Tickets', query: { client_id: 12 } }, 'tickets', 3, call)).toMatchObject({
      isFull: true,
    });
    expect(asked[0]?.path).toBe('/api/Tickets?client_id=12&pageinate=true&page_size=50&page_no=3');
  });

  it.each([
    ['bare', { id: 1 }, { id: 1 }],
    ['as the one element of an array', [{ id: 1 }], { id: 1 }],
    ['as the one row of a wrapper', { record_count: 1, assets: [{ id: 1 }] }, { id: 1 }],
    ['in a wrapper', { assets: { id: 1 } }, { id: 1 }],
    ['as one of two', [{ id: 1 }, { id: 2 }], undefined],
    ['as one of two in a wrapper', { assets: [{ id: 1 }, { id: 2 }] }, undefined],
    ['not at all: an empty array', [], undefined],
    ['not at all: null', null, undefined],
    ['not at all: an empty body', undefined, undefined],
  ])('reads a record that comes %s', async (_, json, expected) => {
    expect(await api({ json }).record({ path: '/Asset/1' }, 'assets', undefined, call)).toEqual(expected);
  });

  it('faults on a record that is no object', async () => {
    await expect(api({ json: 'text' }).record({ path: '/Asset/1' }, 'assets', undefined, call)).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
    });
  });

  it('posts an array of exactly one element, and takes 200 and 201', async () => {
    for (const status of [200, 201]) {
      const { asked, save } = api({ status, json: { id: 3 } });
      expect(await save('/Actions', 'actions', { ticket_id: 1 }, call)).toEqual({ id: 3 });
      expect(asked).toMatchObject([{ method: 'POST', path: '/api/Actions', body: '[{"ticket_id":1}]' }]);
    }
  });

  it('says that a failed write may have happened', async () => {
    await expect(api({ status: 502 }).save('/Actions', 'actions', {}, call)).rejects.toMatchObject({
      message: expect.stringContaining('may or may not have happened'),
    });
  });
});
