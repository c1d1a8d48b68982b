// An account may be limited to some customers: others' records then answer 403, or are too large, or fail. A search that reads
// each record it found by itself must not tell by that that there was something to find.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bind } from '../connectors/bound.ts';

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('a search of articles that only others have', () => {
  it.each([
    ['forbidden', 403, '{}'],
    ['too large', 200, JSON.stringify({ id: 9, description: 'x'.repeat(4_100_000) })],
  ])('answers as one that finds nothing when theirs are %s', async (_, status, body) => {
    server = createServer((request, reply) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://vendor');
      const found = searchParams.get('search') === 'merger' ? [{ id: 9, name: 'FOREIGN' }] : [];
      const detail = { status, body };
      const answers: Record<string, { status?: number; body: string }> = {
        '/api/authinfo': { body: '{"auth_url":"/auth"}' },
        '/auth/token': { body: '{"access_token":"t","expires_in":60}' },
        '/api/KBArticle': { body: JSON.stringify({ articles: found }) },
        '/api/KBArticle/9': detail,
      };
      const answer = answers[pathname] ?? { status: 404, body: '{}' };
      reply.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const worker = bind({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const theirs = await worker.call('halo_kb_search', { text: 'merger' });
    const nobodys = await worker.call('halo_kb_search', { text: 'nothing' });
    expect(theirs.status === 'ok' ? { ...theirs, dropped: 0 } : theirs).toEqual(nobodys);
  });
});
