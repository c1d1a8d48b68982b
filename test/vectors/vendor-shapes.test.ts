// Shapes a vendor may answer with, whoever wrote what is in them: they must end in an answer, never in a worker that breaks,
// and what is not the bound customer's must not make its tools fail.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bind, type Bound } from '../connectors/bound.ts';

let server: Server;
let worker: Bound;
let reply: (path: string) => { status?: number; body: string };
beforeEach(async () => {
  server = createServer((request, response) => {
    const { status = 200, body } = reply((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  worker = bind({ url, connector: 'hudu', credential: { apiKey: 'key' } });
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('an answer that is nested very deeply', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  it('costs no other row', async () => {
    const rows = `{"id":1,"company_id":12,"name":"deep","x":${deep}},{"id":2,"company_id":12,"name":"flat"}`;
    reply = () => ({ body: `{"articles":[${rows}]}` });
    const answer = await worker.call('kb_search', {});
    const ids = answer.status === 'ok' ? answer.records.map(({ record }) => record['id']) : answer;
    expect(ids).toContain(2);
  });

  it('is an answer or a denial where it is the only one', async () => {
    reply = () => ({ body: `{"article":{"id":5,"company_id":12,"x":${deep}}}` });
    expect((await worker.call('kb_get', { id: 5 })).status).toMatch(/^(?:ok|denied)$/);
  });
});

describe('a very long list', () => {
  it('is read or denied, and does not break the worker', async () => {
    const rows = Array.from({ length: 150_000 }, (_, at) => `{"id":${at + 1},"company_id":12}`);
    reply = () => ({ body: `[${rows.join(',')}]` });
    expect((await worker.call('website_list', {})).status).toMatch(/^(?:ok|denied)$/);
  });
});

describe('a record of another customer', () => {
  it('answers as a missing one does, however large it is', async () => {
    const body = JSON.stringify({ article: { id: 5, company_id: 34, content: 'x'.repeat(4_100_000) } });
    reply = (path) => (path.endsWith('/5') ? { body } : { status: 404, body: '{}' });
    expect(await worker.call('kb_get', { id: 5 })).toEqual(await worker.call('kb_get', { id: 6 }));
  });
});

describe('a missing record', () => {
  it('is missing, however long the page is on which the vendor says so', async () => {
    reply = () => ({ status: 404, body: 'x'.repeat(70_000) });
    expect(await worker.call('kb_get', { id: 6 })).toEqual({ status: 'ok', records: [], dropped: 0 });
  });
});

describe('a date with microseconds and an offset', () => {
  it('does not cost the record', async () => {
    const article = { id: 5, company_id: 12, name: 'a', updated_at: '2026-01-01T00:00:00.123456+00:00' };
    reply = () => ({ body: JSON.stringify({ article }) });
    expect(await worker.call('kb_get', { id: 5 })).toMatchObject({ status: 'ok', records: [{ record: { id: 5 } }] });
  });
});
