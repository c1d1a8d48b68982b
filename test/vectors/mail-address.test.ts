// A mail goes to the address that the contact's own record holds, and an AI may write that record: what it writes today, the
// technician's reply or the vendor's own notice of a ticket is sent to tomorrow, at another customer or anywhere. So a person
// sees, among the exact arguments, where a reply goes, and an AI writes no address that anybody can have.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { needsPerson } from '../../src-shared/model/risk.ts';
import { bind } from '../connectors/bound.ts';
import { definitionOf } from './every-tool/vendors.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

describe('where a reply goes', () => {
  it('is changed by a person alone, or is an argument of the reply', () => {
    const { properties = {} } = definitionOf('ticket_reply').inputSchema as { properties?: object };
    const isSeen = Object.keys(properties).some((name) => !['customer', 'ticketId', 'text'].includes(name));
    const isPersonal = ['contact_update', 'contact_create'].every((tool) => needsPerson(definitionOf(tool).risk));
    expect(isSeen || isPersonal).toBe(true);
  });
});

describe('an address that an AI gives a contact', () => {
  it.each([
    ['another customer', 'boss@rival.example'],
    ['anybody at a public provider', 'someone.else@gmail.com'],
  ])('is not one of %s', async (_, email) => {
    const writes: string[] = [];
    server = createServer((request, reply) => {
      const { pathname } = new URL(request.url ?? '', 'http://vendor');
      if (request.method === 'POST' && pathname === '/api/Users') writes.push(pathname);
      const contact = (id: number, emailaddress: string) => ({ id, client_id: 12, name: 'Jo', emailaddress });
      const users = [contact(42, 'jo@acme.example'), contact(43, 'jo.private@gmail.com')];
      const answers: Record<string, unknown> = {
        '/api/authinfo': { auth_url: '/auth' },
        '/auth/token': { access_token: 't', expires_in: 60 },
        '/api/Users': { users },
        '/api/Users/42': users[0],
      };
      reply.setHeader('content-type', 'application/json').end(JSON.stringify(answers[pathname] ?? {}));
    });
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    const worker = bind({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await worker.call('contact_update', { contactId: 42, email });
    expect(writes).toEqual([]);
  });
});
