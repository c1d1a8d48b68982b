// Files, knowledge, invoices and the places of HaloPSA that are a whole tenant (halopsa.md §6), one vector each.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { halopsa } from '../../src-connectors/halopsa/halopsa.ts';
import { leastScope } from '../../src-connectors/halopsa/scopes.ts';
import { bind } from '../connectors/bound.ts';
import { foreign, ids } from '../connectors/halo-data.ts';
import { safeCall } from '../connectors/safe-call.ts';
import { examples, haloWorld, idsOf, missing } from './halopsa-world.ts';
import { labelOf } from '../connectors/labelled.ts';

const { halo, call, apiCalls } = haloWorld();

describe('row 10: attachments are bearer links without owner', () => {
  it.each(['bytes', 'link', 'mixed'] as const)(
    'reads a file of the ticket inside the worker, from %s',
    async (mode) => {
      halo().faults.attachmentMode = mode;
      for (const [id, text] of [
        [ids.file, 'tunnel down'],
        [ids.linkedFile, 'tunnel up'],
      ] as const) {
        const answer = await call('attachment_get', { ticketId: ids.ticket, id });
        expect(answer).toMatchObject({
          records: [{ label: labelOf('12'), record: { id, ticketId: ids.ticket, text } }],
        });
        expect(JSON.stringify(answer)).not.toMatch(/https?:|Signature|Expires|Key-Pair/);
      }
    },
  );

  it('answers a foreign file like a missing one, and does not fetch it', async () => {
    const [theirs, nobodys] = [
      await call('attachment_get', { ticketId: ids.ticket, id: ids.foreignFile }),
      await call('attachment_get', { ticketId: ids.ticket, id: ids.missing }),
    ];
    expect(JSON.stringify(theirs)).toBe(JSON.stringify(nobodys));
    expect(theirs).toEqual(missing);
    expect(apiCalls().filter(({ path }) => path.startsWith('/api/Attachment/'))).toEqual([]);
  });

  it('lists the files of the ticket alone', async () => {
    halo().faults.mixForeignRows = 3;
    expect(idsOf(await call('attachment_list', { ticketId: ids.ticket }))).toEqual([ids.file, ids.linkedFile]);
    expect(idsOf(await call('attachment_get', { ticketId: ids.ticket, id: ids.foreignFile }))).toEqual([]);
    halo().faults.dropOwner = true;
    expect(idsOf(await call('attachment_list', { ticketId: ids.ticket }))).toEqual([]);
  });

  it('does not follow a link to another host', async () => {
    const proxy = await linkingProxy(halo().url, 'https://files.foreign.example/f?Signature=x');
    const elsewhere = bind({ url: proxy.url });
    const answer = await safeCall(elsewhere, 'attachment_get', { ticketId: ids.ticket, id: ids.file });
    expect(answer).toMatchObject({
      records: [{ record: { id: ids.file, reason: expect.stringContaining('refused') } }],
    });
    expect(JSON.stringify(answer)).not.toMatch(/"text"|Signature|files\./);
    proxy.server.closeAllConnections();
    proxy.server.close();
  });
});

/** The emulator behind a host of its own, whose files are all somewhere else. */
async function linkingProxy(target: string, link: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, answer) => {
    void (async () => {
      const { method = 'GET', url = '', headers } = request;
      if (/^\/api\/Attachment\/\d/.test(url))
        return answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ link }));
      const body = Buffer.concat(await request.toArray());
      const reply = await fetch(target + url, {
        method,
        headers: { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? '' },
        ...(body.length === 0 ? {} : { body }),
      });
      const text = (await reply.text()).replaceAll(target, `http://${headers.host}`);
      return answer.writeHead(reply.status, { 'content-type': 'application/json' }).end(text);
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('rows 11 to 16: places that are the whole tenant', () => {
  it('asks, with every tool there is, for nothing but these', async () => {
    expect(examples.map(({ tool }) => tool).toSorted()).toEqual(halopsa.tools.map(({ name }) => name).toSorted());
    for (const { tool, own: input, foreign: theirs = input } of examples) {
      await call(tool, input);
      await call(tool, theirs);
    }
    for (const kind of ['status', 'priority', 'type', 'category', 'team', 'agent'])
      await call('ticket_option_list', { kind });
    const places = new Set(apiCalls().map(({ method, path }) => `${method} ${path.replace(/\/\d+$/, '/{id}')}`));
    expect([...places].toSorted()).toEqual([
      'GET /api/Actions',
      'GET /api/Agent',
      'GET /api/Appointment',
      'GET /api/Asset',
      'GET /api/Asset/{id}',
      'GET /api/Attachment',
      'GET /api/Attachment/{id}',
      'GET /api/Category',
      'GET /api/Client/{id}',
      'GET /api/ClientContract',
      'GET /api/Invoice',
      'GET /api/Invoice/{id}',
      'GET /api/KBArticle',
      'GET /api/KBArticle/{id}',
      'GET /api/Priority',
      'GET /api/Site',
      'GET /api/Site/{id}',
      'GET /api/Status',
      'GET /api/Team',
      'GET /api/TicketType',
      'GET /api/Tickets',
      'GET /api/Tickets/{id}',
      'GET /api/Users',
      'GET /api/Users/{id}',
      'POST /api/Actions',
      'POST /api/Asset',
      'POST /api/Attachment',
      'POST /api/Tickets',
      'POST /api/Users',
    ]);
  });

  it('row 11 asks for no permission to run reports', () => {
    expect(leastScope.split(' ').filter((scope) => /reporting|^all|admin/.test(scope))).toEqual([]);
  });

  it('row 16 shows of agents no more than their names', async () => {
    const answer = await call('ticket_option_list', { kind: 'agent' });
    expect(answer).toMatchObject({
      records: [{ record: { kind: 'agent', id: 1 } }, { record: { id: 3, name: 'Sam Tech' } }],
    });
    expect(JSON.stringify(answer)).not.toContain('orion');
  });
});

describe('row 17: knowledge articles', () => {
  it('finds and reads those released to the customer by name, without where they come from', async () => {
    const found = await call('halo_kb_search', { text: 'VPN' });
    expect(idsOf(found)).toEqual([ids.article, ids.sharedArticle]);
    const read = await call('halo_kb_get', { id: ids.sharedArticle });
    expect(read).toMatchObject({
      records: [{ label: [{ by: 'readers' }], record: { description: 'Also restart it.' } }],
    });
    // The label says who else reads it; that is for the gateway, and goes no further.
    for (const answer of [found, read]) {
      const text = JSON.stringify(answer.status === 'ok' ? answer.records.map(({ record }) => record) : answer);
      expect(text).not.toContain(String(ids.foreignTicket));
      expect(text).not.toContain(String(ids.foreignAsset));
      expect(text).not.toContain(String(foreign));
    }
  });

  it('takes an article for everybody as one for nobody', async () => {
    expect(await call('halo_kb_get', { id: ids.openArticle })).toEqual(missing);
  });

  it('finds the same when the filter is ignored', async () => {
    halo().faults.ignoreClientFilter = true;
    expect(idsOf(await call('halo_kb_search', { text: 'VPN' }))).toEqual([ids.article, ids.sharedArticle]);
  });
});

describe('row 19: an invoice with several owners', () => {
  it('is shown when every one of them is the customer', async () => {
    expect(idsOf(await call('invoice_list'))).toEqual([ids.invoice]);
    expect(await call('invoice_get', { id: ids.invoice })).toMatchObject({
      records: [{ label: labelOf('12'), record: { total: 480, lines: [{ item: 'Hours', quantity: 4 }] } }],
    });
  });

  it.each([ids.servedToOther, ids.billedToOther])('%i is like a missing one', async (id) => {
    expect(await call('invoice_get', { id })).toEqual(missing);
  });
});
