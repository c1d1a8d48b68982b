// Whoever may attach a file to a ticket chooses what is in it. A JSON file that looks like the vendor's own "the file is over
// there" must not make the worker fetch another place: on the vendor's host some open without a log-in, published reports of
// all customers among them (halopsa.md §6 row 11).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bind } from '../connectors/bound.ts';

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('a file whose content names a place', () => {
  it.each([
    '/api/ReportData/published',
    '/API/ReportData/published',
    '/x/../api/ReportData/published',
    '/x/%2e%2e/api/ReportData/published',
    '/x/..%2fapi/ReportData/published',
    '/x/..%5capi/ReportData/published',
    '/%2fapi/ReportData/published',
    '/x/..\\api/ReportData/published',
  ])('leads to no place below the API: %s', async (place) => {
    const asked: string[] = [];
    let origin = '';
    const answers: Record<string, () => unknown> = {
      '/api/authinfo': () => ({ auth_url: '/auth' }),
      '/auth/token': () => ({ access_token: 't', expires_in: 60 }),
      '/api/Tickets/5': () => ({ id: 5, client_id: 12 }),
      '/api/Attachment': () => ({ attachments: [{ id: 7, ticket_id: 5, filename: 'notes.json', filesize: 50 }] }),
      '/api/Attachment/7': () => ({ link: `${origin}${place}` }),
    };
    server = createServer((request, reply) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      asked.push(path);
      const answer = answers[path];
      if (answer === undefined) return void reply.setHeader('content-type', 'text/plain').end('FOREIGN report');
      reply.setHeader('content-type', 'application/json').end(JSON.stringify(answer()));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answer = await bind({ url: origin }).call('attachment_get', { ticketId: 5, id: 7 });
    expect(asked.filter((path) => path.includes('ReportData'))).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('FOREIGN');
  });
});
