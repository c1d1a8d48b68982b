import { describe, expect, it } from 'vitest';
import type { HttpReply, HttpRequest } from '../../src-connectors/egress.ts';
import { createRestVendor, type RestStyle } from '../../src-connectors/rest-vendor.ts';
import type { ToolCall } from '../../src-connectors/vendor.ts';
import { Fault } from '../../src-shared/fault.ts';

const style: RestStyle = {
  prefix: '/api',
  parameters: new Set(['owner', 'page', 'size']),
  pageSize: 2,
  paging: (page, size) => ({ page, size }),
  body: (element, key) => ({ [key]: element }),
  limit: { requests: 100, windowMs: 60_000 },
};
const call = {
  signal: new AbortController().signal,
  maxBytes: 1000,
  endsAt: 60_000,
  afterwards: 'Look first.',
} as ToolCall;

/** A vendor that gets these replies one after the other, and what it asked, waited for and was told of its headers. */
function vendor(...replies: (Partial<HttpReply> | Error)[]) {
  const asked: HttpRequest[] = [];
  const waits: number[] = [];
  const refused: unknown[] = [];
  let now = 0;
  const session = {
    headers: async () => ({ authorization: `Bearer ${refused.length}` }),
    refused: (headers: unknown) => (refused.push(headers), true),
  };
  const api = createRestVendor(style, session, {
    baseUrl: 'https://vendor.example/base',
    http: async (request) => {
      asked.push(request);
      const reply = replies.shift() ?? {};
      if (reply instanceof Error) throw reply;
      return { status: 200, retryAfter: undefined, location: undefined, json: undefined, bytes: undefined, ...reply };
    },
    now: () => now,
    after: (milliseconds, act) => {
      waits.push(milliseconds);
      now += milliseconds;
      setImmediate(act);
      return () => {};
    },
  });
  return { asked, waits, refused, ...api };
}

describe('a request', () => {
  it.each(['owners', 'filter', 'Owner', 'constructor'])('is not sent with the parameter %s', async (name) => {
    const { asked, rows } = vendor();
    await expect(rows({ path: '/Things', query: { [name]: 1 } }, 'things', call)).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    expect(asked).toEqual([]);
  });

  it.each(['/Things/../Owner', '/Things?x=1', '//evil.example', '/Things/1#', '/Things/%2e', 'Things', '/', ''])(
    'is not sent to the path "%s"',
    async (path) => {
      const { asked, rows } = vendor();
      await expect(rows({ path }, 'things', call)).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(asked).toEqual([]);
    },
  );

  it('carries values that cannot end their parameter', async () => {
    const { asked, rows } = vendor({ json: [] });
    await rows({ path: '/Things', query: { owner: 'a&size=9#' } }, '', call);
    expect(asked).toMatchObject([{ method: 'GET', path: '/api/Things?owner=a%26size%3D9%23' }]);
  });
});

describe('a page', () => {
  it('is asked for in the vendor’s way and is full when it has as many rows as were asked for', async () => {
    const { asked, page } = vendor({ json: { things: [1, 2] } }, { json: { things: [1] } });
    expect(await page({ path: '/Things', query: { owner: 7 }, page: 3 }, 'things', call)).toEqual({
      rows: [1, 2],
      isFull: true,
    });
    expect(await page({ path: '/Things', page: 4 }, 'things', call)).toEqual({ rows: [1], isFull: false });
    expect(asked.map(({ path }) => path)).toEqual(['/api/Things?owner=7&page=3&size=2', '/api/Things?page=4&size=2']);
  });

  it('may be of another size', async () => {
    const { asked, page } = vendor({ json: [1, 2, 3] });
    expect(await page({ path: '/Things', pageSize: 3, page: 1 }, '', call)).toMatchObject({ isFull: true });
    expect(asked).toMatchObject([{ path: '/api/Things?page=1&size=3' }]);
  });

  it('of a list that is never paged is the whole list, and there is no second', async () => {
    const { asked, page } = vendor({ json: [1, 2, 3] });
    const request = { path: '/Things', isUnpaged: true };
    expect(await page({ ...request, page: 1 }, '', call)).toEqual({ rows: [1, 2, 3], isFull: false });
    expect(await page({ ...request, page: 2 }, '', call)).toEqual({ rows: [], isFull: false });
    expect(asked.map(({ path }) => path)).toEqual(['/api/Things']);
  });

  it.each([
    ['another wrapper', { others: [] }],
    ['a bare array where a wrapper is expected', []],
    ['no list', { things: { length: 1 } }],
    ['an inherited list', Object.create({ things: [] })],
    ['null', null],
    ['nothing', undefined],
  ])('is not believed as %s', async (_, json) => {
    await expect(vendor({ json }).rows({ path: '/Things' }, 'things', call)).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
    });
  });
});

describe('a record', () => {
  const request = { path: '/Things/1' };

  it.each([
    ['bare', { id: 1 }, { id: 1 }],
    ['as the one element of an array', [{ id: 1 }], { id: 1 }],
    ['as the one row of a wrapper', { count: 1, things: [{ id: 1 }] }, { id: 1 }],
    ['in a wrapper', { things: { id: 1 } }, { id: 1 }],
    ['as one of two', [{ id: 1 }, { id: 2 }], undefined],
    ['as one of two in a wrapper', { things: [{ id: 1 }, { id: 2 }] }, undefined],
    ['not at all: an empty array', [], undefined],
    ['not at all: null', null, undefined],
    ['not at all: an empty body', undefined, undefined],
  ])('is read when it comes %s', async (_, json, expected) => {
    expect(await vendor({ json }).record(request, 'things', call)).toEqual(expected);
  });

  it('is no text', async () => {
    await expect(vendor({ json: 'text' }).record(request, 'things', call)).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
    });
  });

  it('that is too large to read is like one that is missing', async () => {
    const one = vendor(new Fault('VENDOR_TOO_LARGE', 'Too large.'));
    expect(await one.record(request, 'things', call)).toBeUndefined();
    const broken = vendor(new Fault('VENDOR_DOWN', 'Broken.'));
    await expect(broken.record(request, 'things', call)).rejects.toMatchObject({ code: 'VENDOR_DOWN' });
  });

  it('that is forbidden is like one that is missing, as long as the credential may read at all', async () => {
    const probed = { ...request, probe: { path: '/Things', query: { owner: 7 } } };
    expect(await vendor({ status: 404 }).record(probed, 'things', call)).toBeUndefined();
    const { asked, record } = vendor({ status: 403 }, { json: { things: [] } });
    expect(await record(probed, 'things', call)).toBeUndefined();
    expect(asked.map(({ path }) => path)).toEqual(['/api/Things/1', '/api/Things?owner=7&page=1&size=1']);
    await expect(vendor({ status: 403 }, { status: 403 }).record(probed, 'things', call)).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
    });
  });
});

describe('a write', () => {
  const write = { method: 'POST', path: '/Things', element: { name: 'x' } } as const;

  it('sends its one element in the vendor’s way, and takes 200 and 201', async () => {
    for (const status of [200, 201]) {
      const one = vendor({ status, json: { id: 3 } });
      expect(await one.write(write, 'thing', call)).toEqual({ id: 3 });
      expect(one.asked).toMatchObject([
        {
          method: 'POST',
          path: '/api/Things',
          body: '{"thing":{"name":"x"}}',
          headers: { 'content-type': 'application/json' },
        },
      ]);
    }
  });

  it.each([
    ['the vendor fails', { status: 502 }],
    ['the connection breaks', new Error('no fault of ours')],
  ])('is sent once when %s', async (_, reply) => {
    const one = vendor(reply);
    await expect(one.write(write, 'thing', call)).rejects.toThrow();
    expect(one.asked).toHaveLength(1);
  });

  it('whose outcome is not known says what to do', async () => {
    await expect(vendor({ status: 502 }).write(write, 'thing', call)).rejects.toMatchObject({
      message: 'The vendor failed. Look first.',
    });
  });
});

describe('a refusal', () => {
  const request = { path: '/Things' };
  const ask = (one: ReturnType<typeof vendor>) => one.rows(request, '', call);

  it('of the headers renews them once', async () => {
    const one = vendor({ status: 401 }, { json: [] });
    expect(await ask(one)).toEqual([]);
    expect(one.asked.map(({ headers }) => headers['authorization'])).toEqual(['Bearer 0', 'Bearer 1']);
    const twice = vendor({ status: 401 }, { status: 401 });
    await expect(ask(twice)).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(twice.asked).toHaveLength(2);
  });

  it('for the rate is waited out once, as long as the vendor says', async () => {
    const one = vendor({ status: 429, retryAfter: 7 }, { json: [] });
    expect([await ask(one), one.waits]).toEqual([[], [7000]]);
    const vague = vendor({ status: 429 }, { json: [] });
    expect([await ask(vague), vague.waits]).toEqual([[], [1000]]);
    await expect(ask(vendor({ status: 429 }, { status: 429, retryAfter: 9 }))).rejects.toMatchObject({
      code: 'VENDOR_BUSY',
      message: 'The rate limit of the vendor is reached. Wait 9 seconds before the next call.',
    });
  });

  it('for longer than the call lasts is told at once', async () => {
    const one = vendor({ status: 429, retryAfter: 100 });
    await expect(ask(one)).rejects.toMatchObject({ code: 'VENDOR_BUSY' });
    expect([one.asked.length, one.waits]).toEqual([1, []]);
  });

  it.each([
    [302, 'VENDOR_ERROR'],
    [400, 'VENDOR_ERROR'],
    [404, 'VENDOR_ERROR'],
    [418, 'VENDOR_ERROR'],
    [500, 'VENDOR_DOWN'],
    [503, 'VENDOR_DOWN'],
  ])('of %i is told in our words, as %s', async (status, code) => {
    await expect(ask(vendor({ status, location: 'https://evil.example/' }))).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining('evil'),
    });
  });
});

describe('a file', () => {
  const read = (one: ReturnType<typeof vendor>) => one.file({ path: '/Files/1' }, call);
  const bytes = Buffer.from('text');

  it('is its bytes, or what the same host has at the place the vendor names, asked for without credentials', async () => {
    expect(await read(vendor({ bytes }))).toBe(bytes);
    for (const place of [
      { json: { link: 'https://vendor.example/base/f/1?Signature=x' } },
      { status: 302, location: '/base/f/1?Signature=x' },
    ]) {
      const one = vendor(place, { bytes });
      expect(await read(one)).toBe(bytes);
      expect(one.asked.map(({ path }) => path)).toEqual(['/api/Files/1', '/f/1?Signature=x']);
      expect(one.asked[1]?.headers).toEqual({});
    }
  });

  it.each([
    'https://evil.example/f/1',
    'http://vendor.example/base/f/1',
    'https://vendor.example:8443/base/f/1',
    '//evil.example/base/f/1',
    'https://vendor.example/other/f/1',
    'https://vendor.example/base/../f/1',
    'https://vendor.example/base/api/Reports/1',
    'https://vendor.example/base/API/Reports/1',
    'https://vendor.example/base/%61pi/Reports/1',
    '/base/api',
    'file:///etc/passwd',
  ])('is not fetched from %s', async (link) => {
    const one = vendor({ json: { link } }, { bytes });
    await expect(read(one)).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
    expect(one.asked).toHaveLength(1);
  });

  it('that is not there is none, and one that is forbidden is told', async () => {
    expect(await read(vendor({ status: 404 }))).toBeUndefined();
    await expect(read(vendor({ status: 403 }))).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });
});
