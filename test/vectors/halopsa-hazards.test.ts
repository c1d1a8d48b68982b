// The ways in which reading from HaloPSA can bring another customer's data (halopsa.md §6), one vector each; writing is in
// halopsa-hazards-writes.test.ts, and what lies around records in halopsa-hazards-places.test.ts.
import { describe, expect, it } from 'vitest';
import { bind } from '../connectors/bound.ts';
import { foreign, haloData, ids, own } from '../connectors/halo-data.ts';
import { haloExamples } from '../connectors/halopsa/examples.ts';
import { droppedOf, examples, gets, haloWorld, idsOf, type Input, invalid, missing, reads } from './halopsa-world.ts';
import { labelOf, namedIn } from '../connectors/labelled.ts';

const { halo, worker, call, apiCalls } = haloWorld();

const lists: readonly (readonly [string, Input])[] = [
  ['ticket_list', {}],
  ['ticket_list', { status: 'all' }],
  ['ticket_search', { text: 'VPN' }],
  ['ticket_breach_list', {}],
  ['contact_search', {}],
  ['contact_search', { text: 'John' }],
  ['site_list', {}],
  ['asset_list', {}],
  ['contract_list', {}],
  ['invoice_list', {}],
  ['appointment_list', { from: '2026-11-01', to: '2026-11-30' }],
];

describe('row 1: any record by its id', () => {
  it.each(gets)('%s answers a foreign id exactly like a missing one', async (tool, mine, theirs) => {
    expect(idsOf(await call(tool, { id: mine }))).toEqual([mine]);
    const [first, second] = [await call(tool, { id: theirs }), await call(tool, { id: ids.missing })];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    expect(first).toEqual(missing);
  });

  it('answers a record without owner, or with owner 0, like a missing one', async () => {
    expect(await call('ticket_get', { id: ids.ownerlessTicket })).toEqual(missing);
    expect(await call('ticket_get', { id: ids.zeroTicket })).toEqual(missing);
    halo().faults.dropOwner = true;
    for (const [tool, mine] of gets.filter(([name]) => name !== 'halo_kb_get'))
      expect(await call(tool, { id: mine })).toEqual(missing);
  });

  it('reads the bound customer and no other', async () => {
    expect(await call('customer_get')).toMatchObject({
      records: [{ label: labelOf('12'), record: { id: 12, name: 'Acme', reference: 'ACM' } }],
    });
    expect(await call('customer_get', { id: foreign })).toEqual(invalid);
    expect(apiCalls().map(({ path }) => path)).toEqual(['/api/Client/12']);
  });
});

describe('row 2: filters that fail open', () => {
  it.each(lists)('%s %o drops and counts what an ignored filter lets in', async (tool, input) => {
    const honest = await call(tool, input);
    expect(idsOf(honest)).not.toEqual([]);
    halo().faults.ignoreClientFilter = true;
    const answer = await call(tool, input);
    expect(idsOf(answer)).toEqual(idsOf(honest));
    expect(droppedOf(answer)).toBeGreaterThan(Number(droppedOf(honest)));
  });

  it.each(lists)('%s %o drops every row without an owner', async (tool, input) => {
    halo().faults.dropOwner = true;
    const answer = await call(tool, input);
    expect(idsOf(answer)).toEqual([]);
    expect(droppedOf(answer)).toBeGreaterThan(0);
  });

  it.each(lists)(
    '%s %o drops rows of others between its own, even one that lies about its name',
    async (tool, input) => {
      const before = await call(tool, input);
      Object.assign(halo().faults, { mixForeignRows: 2, lieOwner: true });
      const answer = await worker().call(tool, input);
      expect(idsOf(answer)).toEqual(idsOf(before));
      expect(droppedOf(answer)).toBeGreaterThan(Number(droppedOf(before)));
      expect(JSON.stringify(answer)).not.toContain('FOREIGN');
    },
  );
});

describe('row 3: parameters that widen', () => {
  it('sends only names on the list, and where a filter exists the bound client', async () => {
    for (const [tool, input] of lists) await call(tool, input);
    for (const { tool, own: input } of examples) await call(tool, input);
    const names = new Set<string>();
    for (const { method, path, query } of apiCalls()) {
      const parameters = new URLSearchParams(query);
      for (const name of parameters.keys()) names.add(name);
      const isFiltered = /^\/api\/(Tickets|Users|Site|Asset|ClientContract|Invoice|KBArticle|Appointment)$/.test(path);
      expect(parameters.getAll('client_id'), `${method} ${path}`).toEqual(isFiltered && method === 'GET' ? ['12'] : []);
    }
    expect([...names].toSorted()).toEqual([
      'client_id',
      'count',
      'end_date',
      'exclude_generaluser',
      'excludesys',
      'includeclosed',
      'includedetails',
      'includelines',
      'open_only',
      'page_no',
      'page_size',
      'pageinate',
      'search',
      'start_date',
      'ticket_id',
    ]);
  });

  it.each([
    'client_ids',
    'toplevel_id',
    'organisation_id',
    'advanced_search',
    'view_id',
    'list_id',
    'columns_id',
    'client_override',
    'currentclientorall',
    'mine',
    'showall',
    'myallcustomers',
    'client_id',
  ])('refuses %s from a caller, in every tool, before anything is sent', async (name) => {
    for (const { tool, own: input } of examples) expect(await call(tool, { ...input, [name]: '31' })).toEqual(invalid);
    expect(halo().requests).toEqual([]);
  });

  it.each(['ticket_search', 'contact_search', 'halo_kb_search'])(
    '%s keeps its text inside its parameter',
    async (tool) => {
      await call(tool, { text: 'VPN&client_ids=31&client_id=31#' });
      const asked = new URLSearchParams(apiCalls()[0]?.query);
      expect([asked.get('search'), asked.getAll('client_id'), asked.has('client_ids')]).toEqual([
        'VPN&client_ids=31&client_id=31#',
        ['12'],
        false,
      ]);
    },
  );
});

describe('row 4: actions name no owner', () => {
  it.each([
    ['ticket_get', { id: ids.foreignTicket }],
    ['attachment_list', { ticketId: ids.foreignTicket }],
    ['attachment_get', { ticketId: ids.foreignTicket, id: ids.foreignFile }],
  ])('%s asks for nothing that hangs on a ticket before that is proven', async (tool, input) => {
    expect(await call(tool, input)).toEqual(missing);
    expect(apiCalls().map(({ path }) => path)).toEqual([`/api/Tickets/${ids.foreignTicket}`]);
  });

  it('returns the timeline of the customer’s own, newest first', async () => {
    expect(await call('ticket_get', { id: ids.ticket })).toMatchObject({
      records: [
        {
          record: {
            timeline: [
              { id: 2, at: '2026-05-01T09:40:00', by: 'Sam Tech', note: 'Restarted tunnel', isInternal: true },
              { id: 1, by: 'John Smith', note: 'Mail came in', isInternal: false },
            ],
          },
        },
      ],
    });
  });
});

describe('row 5: notes of other tickets', () => {
  it('never asks for those of children or related tickets', async () => {
    await call('ticket_get', { id: ids.ticket });
    const asked = apiCalls().filter(({ path }) => path === '/api/Actions');
    expect(asked.map(({ query }) => query)).toEqual([`ticket_id=${ids.ticket}&count=50&excludesys=true`]);
  });

  it('drops actions of other tickets and actions that name none', async () => {
    halo().faults.mixForeignRows = 2;
    const answer = await call('ticket_get', { id: ids.ticket });
    expect(answer).toMatchObject({ records: [{ record: { timeline: [{ id: 2 }, { id: 1 }] } }] });
    halo().faults.mixForeignRows = 0;
    expect(droppedOf(answer)).toBe(Number(droppedOf(await call('ticket_get', { id: ids.ticket }))) + 2);
  });
});

describe('row 6: what a ticket nests', () => {
  it('returns nested tickets and assets only when they prove the bound customer, and counts the others', async () => {
    const answer = await call('ticket_get', { id: ids.ticket });
    expect(answer).toMatchObject({
      dropped: 3,
      records: [
        {
          record: {
            childTickets: [{ id: ids.ownChild }],
            relatedTickets: [{ id: ids.ownChild }],
            assets: [{ id: ids.asset, tag: 'ACM-LT-01' }],
          },
        },
      ],
    });
    const text = JSON.stringify(answer);
    for (const id of [ids.foreignTicket, ids.childOfOther, ids.relatedOfOther, ids.foreignAsset])
      expect(text).not.toContain(String(id));
  });

  it('shows no parent, merge or clone in lists either', async () => {
    const text = JSON.stringify(await call('ticket_list', { status: 'all' }));
    for (const id of [ids.foreignTicket, ids.childOfOther, ids.relatedOfOther]) expect(text).not.toContain(String(id));
  });
});

describe('row 20: counts and errors that tell', () => {
  it.each([0, 1, 1_000_000])('does not believe a record_count of %i', async (count) => {
    const before = await call('ticket_list', { status: 'all' });
    halo().faults.wrongRecordCount = count;
    expect(await call('ticket_list', { status: 'all' })).toEqual(before);
  });

  it.each(gets)(
    '%s answers a forbidden record like a missing one while the credential is good',
    async (tool, _, theirs) => {
      await call('customer_get');
      Object.assign(halo().faults, { failEvery: 2, failStatus: 403 });
      await call('customer_get'); // Makes the next request the one that fails.
      expect(await call(tool, { id: theirs })).toEqual(missing);
      halo().faults.failEvery = 0;
      expect(await call(tool, { id: theirs })).toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    },
  );

  it.each(['dotnet', 'message', 'error', 'result', 'text', 'empty'] as const)(
    'answers the same for missing whatever the shape of the error: %s',
    async (shape) => {
      halo().faults.errorShape = shape;
      expect(await call('ticket_get', { id: ids.missing })).toEqual(missing);
      halo().faults.failStatus = 500;
      expect(await call('ticket_get', { id: ids.ticket })).toEqual({
        status: 'denied',
        code: 'VENDOR_ERROR',
        reason: 'The vendor failed to answer.',
        isOutage: true,
      });
    },
  );
});

describe('row 22: state shared between customers', () => {
  it('keeps two workers in one process apart through interleaved calls of all that reads', async () => {
    const other = bind({ url: halo().url, owner: String(foreign) });
    const asked = reads.filter(({ tool }) => tool !== 'ticket_option_list');
    const theirs = new Map(haloExamples(haloData(), String(foreign), String(own)).map((one) => [one.tool, one.own]));
    const rounds = [...asked, ...asked, ...asked].map(async ({ tool, own: input }) => {
      const answers = await Promise.all([worker().call(tool, input), other.call(tool, theirs.get(tool))]);
      for (const [at, owner] of ['12', '31'].entries()) {
        const answer = answers[at];
        if (answer?.status !== 'ok') throw new Error(`${tool}: ${answer?.code}`);
        for (const { label } of answer.records) expect(namedIn(label).filter((named) => named !== owner)).toEqual([]);
      }
      expect(JSON.stringify(answers[0])).not.toContain('FOREIGN');
      expect(JSON.stringify(answers[1])).not.toContain('ACM');
    });
    await Promise.all(rounds);
    expect([worker().leases(), other.leases()]).toEqual([1, 1]);
  });
});
