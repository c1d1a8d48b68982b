// A row that hangs on a proven record may still say that it is another customer's, by any of the members by which the record
// itself would be believed to be: `client.id` or `site.client_id`, not only `client_id`. It is not believed then, and
// neither is a row nested in a proven record.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { narrow, narrowHanging } from '../../src-connectors/narrow.ts';
import { companyOwned, catalogue } from '../../src-connectors/pax8/owner.ts';
import { ticketOwner } from '../../src-connectors/halopsa/ticket.ts';
import { bind } from '../connectors/bound.ts';
import { judgeFor, nobodys, ownedBy } from '../connectors/labelled.ts';

const own = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const summary = '33333333-3333-4333-8333-333333333333';

describe('a row that hangs on an own record and names another owner', () => {
  it.each([
    ['client.id', { client: { id: 34 } }],
    ['site.client_id', { site: { client_id: 34 } }],
    ['client_id', { client_id: 34 }],
  ])('is dropped when it does so by %s', (_, naming) => {
    const rows = [
      { ticket_id: 5, id: 1, note: 'FOREIGN', ...naming },
      { ticket_id: 5, id: 2, note: 'own' },
    ];
    const parent = { id: '5', naming: ownedBy('12'), selector: ticketOwner };
    const hanging = { reference: 'ticket_id', isNumberedWithin: true, parent };
    const { proven } = narrowHanging(rows, hanging, judgeFor('12'));
    expect(proven.map(({ record }) => record['note'])).toEqual(['own']);
  });

  it('is dropped among usage lines and prices too', () => {
    const line = { usageSummaryId: summary, productName: 'FOREIGN', company: { id: other } };
    const hanging = { reference: 'usageSummaryId', isNumberedWithin: false, id: null } as const;
    const usage = { id: summary, naming: ownedBy(own), selector: companyOwned };
    expect(narrowHanging([line], { ...hanging, parent: usage }, judgeFor(own)).proven).toEqual([]);
    const price = { productId: summary, unitOfMeasurement: 'FOREIGN', company: { id: other } };
    const ofProduct = { reference: 'productId', isNumberedWithin: false, id: null } as const;
    const parent = { id: summary, naming: nobodys, selector: catalogue };
    expect(narrowHanging([price], { ...ofProduct, parent }, judgeFor(own)).proven).toEqual([]);
    expect(narrowHanging([{ ...price, company: {} }], { ...ofProduct, parent }, judgeFor(own)).proven).toEqual([]);
    const mine = { productId: summary, companyId: own };
    expect(narrowHanging([mine], { ...ofProduct, parent }, judgeFor(own)).proven).toMatchObject([{ record: mine }]);
  });
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

describe('a row nested in an own record that names another owner', () => {
  it.each([
    ['companyId', { companyId: other }],
    ['company.id', { company: { id: other } }],
    ['company.companyId', { company: { companyId: other } }],
  ])('is cut out of an order when it does so by %s', (_, naming) => {
    const order = {
      id: summary,
      companyId: own,
      lineItems: [{ billingTerm: 'FOREIGN', ...naming }, { billingTerm: 'own' }],
    };
    const { proven } = narrow([order], companyOwned, judgeFor(own));
    expect(proven.map(({ record }) => record['lineItems'])).toEqual([[{ billingTerm: 'own' }]]);
  });

  it('is cut out of an invoice, whichever member names the owner', async () => {
    const invoice = {
      id: 5,
      client_id: 12,
      lines: [
        { item_shortdescription: 'FOREIGN one', client: { id: 34 } },
        { item_shortdescription: 'FOREIGN two', site: { client_id: 34 } },
        { item_shortdescription: 'own' },
      ],
    };
    server = createServer((request, reply) => {
      reply.setHeader('content-type', 'application/json');
      const isSignIn = request.url?.startsWith('/auth/') === true || request.url === '/api/authinfo';
      reply.end(JSON.stringify(isSignIn ? { access_token: 't', expires_in: 60, auth_url: '/auth' } : invoice));
    });
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    const worker = bind({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const answer = await worker.call('invoice_get', { id: 5 });
    expect(answer).toMatchObject({ status: 'ok', records: [{ record: { lines: [{ item: 'own' }] } }] });
    expect(JSON.stringify(answer)).not.toContain('FOREIGN');
  });
});
