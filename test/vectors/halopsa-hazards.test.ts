// One vector for every way in which HaloPSA can hand a worker another customer's data (halopsa.md §6), against the
// emulator that does all of it. The bound customer is 12; everything of 31 carries a mark that no answer may contain.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HaloEmulator, startHaloEmulator } from '../../src-demo/halopsa/emulator.ts';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { type Bound, bind } from './bound.ts';
import { foreign, haloData, ids } from './halo-data.ts';
import { safeCall } from './safe-call.ts';

let halo: HaloEmulator;
let worker: Bound;

beforeEach(async () => {
  halo = await startHaloEmulator({ data: haloData(), port: 0, host: '127.0.0.1' });
  worker = bind({ url: halo.url });
});
afterEach(() => halo.close());

const missing = { status: 'ok', records: [], dropped: 0 };
const unproven = { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };

const call = (tool: string, input: Record<string, unknown> = {}) => safeCall(worker, tool, input);
const idsOf = (answer: WorkerAnswer) =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record['id']) : answer;
const droppedOf = (answer: WorkerAnswer) => (answer.status === 'ok' ? answer.dropped : answer);
const apiCalls = () => halo.requests.filter(({ path }) => path.startsWith('/api/') && path !== '/api/authinfo');
const patch = (id: number, members: object) =>
  fetch(`${halo.url}/_emulator/tickets/${id}`, { method: 'POST', body: JSON.stringify(members) });

/** What the vendor holds, past every guard. */
async function rawActions(ticket: number): Promise<Record<string, unknown>[]> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'app-guid',
    client_secret: 'app-secret',
    scope: 'all read:tickets',
  });
  const { access_token: token } = (await (
    await fetch(`${halo.url}/auth/token`, { method: 'POST', body: form })
  ).json()) as { access_token: string };
  const reply = await fetch(`${halo.url}/api/Actions?ticket_id=${ticket}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await reply.json()) as { actions: Record<string, unknown>[] }).actions;
}

const lists = [
  ['ticket_list', {}],
  ['ticket_list', { status: 'all' }],
  ['ticket_search', { text: 'VPN' }],
  ['contact_search', {}],
  ['contact_search', { text: 'John' }],
  ['asset_list', {}],
] as const;

describe('row 1: any record by its id', () => {
  it.each([
    ['ticket_get', ids.ticket, ids.foreignTicket],
    ['asset_get', ids.asset, ids.foreignAsset],
  ])('%s answers a foreign id exactly like a missing one', async (tool, mine, theirs) => {
    expect(idsOf(await call(tool, { id: mine }))).toEqual([mine]);
    const [first, second] = [await call(tool, { id: theirs }), await call(tool, { id: ids.missing })];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    expect(first).toEqual(missing);
  });

  it('answers a record without owner, or with owner 0, like a missing one', async () => {
    expect(await call('ticket_get', { id: ids.ownerlessTicket })).toEqual(missing);
    expect(await call('ticket_get', { id: ids.zeroTicket })).toEqual(missing);
    halo.faults.dropOwner = true;
    expect(await call('ticket_get', { id: ids.ticket })).toEqual(missing);
    expect(await call('asset_get', { id: ids.asset })).toEqual(missing);
  });

  it('reads the bound customer and no other', async () => {
    expect(await call('customer_get')).toMatchObject({
      records: [{ owners: ['12'], record: { id: 12, name: 'Acme', reference: 'ACM' } }],
    });
    expect(await call('customer_get', { id: foreign })).toEqual({ status: 'denied', code: 'INVALID_ARGUMENTS' });
    expect(apiCalls().map(({ path }) => path)).toEqual(['/api/Client/12']);
  });
});

describe('row 2: filters that fail open', () => {
  it.each(lists)('%s %o drops and counts what an ignored filter lets in', async (tool, input) => {
    const honest = idsOf(await call(tool, input));
    expect(honest).not.toEqual([]);
    halo.faults.ignoreClientFilter = true;
    const answer = await call(tool, input);
    expect(idsOf(answer)).toEqual(honest);
    expect(droppedOf(answer)).toBeGreaterThan(0);
  });

  it.each(lists)('%s %o drops every row without an owner', async (tool, input) => {
    halo.faults.dropOwner = true;
    const answer = await call(tool, input);
    expect(idsOf(answer)).toEqual([]);
    expect(droppedOf(answer)).toBeGreaterThan(0);
  });

  it.each(lists)(
    '%s %o drops rows of others between its own, even one that lies about its name',
    async (tool, input) => {
      const before = await call(tool, input);
      Object.assign(halo.faults, { mixForeignRows: 2, lieOwner: true });
      const answer = await worker.call(tool, input);
      expect(idsOf(answer)).toEqual(idsOf(before));
      expect(droppedOf(answer)).toBeGreaterThan(Number(droppedOf(before)));
      expect(JSON.stringify(answer)).not.toContain('FOREIGN');
    },
  );
});

describe('row 3: parameters that widen', () => {
  it('sends only names on the list, with the bound client', async () => {
    for (const [tool, input] of lists) await call(tool, input);
    await call('ticket_get', { id: ids.ticket });
    await call('asset_get', { id: ids.asset });
    await call('customer_get');
    const names = new Set<string>();
    for (const { path, query } of apiCalls()) {
      const parameters = new URLSearchParams(query);
      for (const name of parameters.keys()) names.add(name);
      const isList = /^\/api\/(Tickets|Users|Asset)$/.test(path);
      expect(parameters.getAll('client_id')).toEqual(isList ? ['12'] : []);
    }
    expect([...names].toSorted()).toEqual([
      'client_id',
      'count',
      'exclude_generaluser',
      'excludesys',
      'includeclosed',
      'includedetails',
      'open_only',
      'page_no',
      'page_size',
      'pageinate',
      'search',
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
    'mine',
    'showall',
    'client_id',
  ])('refuses %s from a caller before anything is sent', async (name) => {
    for (const tool of ['ticket_list', 'contact_search', 'asset_list']) {
      expect(await call(tool, { [name]: '31' })).toEqual({ status: 'denied', code: 'INVALID_ARGUMENTS' });
    }
    expect(halo.requests).toEqual([]);
  });

  it('keeps search text inside its one parameter', async () => {
    await call('ticket_search', { text: 'VPN&client_ids=31&client_id=31#' });
    const asked = new URLSearchParams(apiCalls()[0]?.query);
    expect([asked.get('search'), asked.getAll('client_id'), asked.has('client_ids')]).toEqual([
      'VPN&client_ids=31&client_id=31#',
      ['12'],
      false,
    ]);
  });
});

describe('rows 4 and 5: actions name no owner', () => {
  it('does not ask for the actions of a ticket before that is proven', async () => {
    await call('ticket_get', { id: ids.foreignTicket });
    expect(apiCalls().map(({ path }) => path)).toEqual([`/api/Tickets/${ids.foreignTicket}`]);
  });

  it('returns the timeline, newest first', async () => {
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

  it('drops actions of other tickets and actions that name none', async () => {
    halo.faults.mixForeignRows = 2;
    const answer = await call('ticket_get', { id: ids.ticket });
    expect(answer).toMatchObject({ records: [{ record: { timeline: [{ id: 2 }, { id: 1 }] } }] });
    halo.faults.mixForeignRows = 0;
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

describe('rows 7 to 9: writes that cross', () => {
  const note = { ticketId: ids.ticket, note: 'Line <b>one</b> & "two"\nnext' };

  it('adds exactly one internal note, escaped, with declared members alone', async () => {
    const before = await rawActions(ids.ticket);
    expect(await call('ticket_note_add', note)).toEqual({
      status: 'ok',
      records: [{ owners: ['12'], record: { ticketId: ids.ticket, noteId: 3, isInternal: true } }],
      dropped: 0,
    });
    const after = await rawActions(ids.ticket);
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toMatchObject({
      outcome_id: 7,
      hiddenfromuser: true,
      sendemail: false,
      note_html: '<p>Line &#60;b&#62;one&#60;/b&#62; &#38; &#34;two&#34;<br>next</p>',
    });
  });

  it('writes nothing to a foreign, missing or ownerless ticket, and says the same for each', async () => {
    for (const ticketId of [ids.foreignTicket, ids.missing, ids.ownerlessTicket, ids.zeroTicket]) {
      expect(await call('ticket_note_add', { ...note, ticketId })).toEqual(unproven);
    }
    expect(apiCalls().map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
    expect(await rawActions(ids.foreignTicket)).toHaveLength(1);
  });

  it.each([
    'id',
    'client_id',
    'site_id',
    'user_id',
    'move_to_id',
    'copy_to_id',
    'new_status',
    'emailto',
    'sendemail',
    'hiddenfromuser',
    'note_html',
  ])('refuses the member %s from a caller', async (name) => {
    expect(await call('ticket_note_add', { ...note, [name]: 1 })).toEqual({
      status: 'denied',
      code: 'INVALID_ARGUMENTS',
    });
    expect(halo.requests).toEqual([]);
  });

  it('takes a ticket as one number, never as a list', async () => {
    expect(await call('ticket_note_add', { ...note, ticketId: [ids.ticket, ids.foreignTicket] })).toMatchObject({
      code: 'INVALID_ARGUMENTS',
    });
  });

  it('does not send a write twice when the vendor fails', async () => {
    await call('ticket_get', { id: ids.ticket });
    halo.faults.failEvery = 2; // The pre-read passes, the write fails.
    expect(await call('ticket_note_add', note)).toMatchObject({
      status: 'denied',
      code: 'VENDOR_ERROR',
      reason: expect.stringContaining('may or may not'),
    });
    expect(apiCalls().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('row 10: attachments are bearer links without owner', () => {
  it('asks for none and passes none on', async () => {
    await call('ticket_get', { id: ids.ticket });
    expect(apiCalls().filter(({ path }) => /attachment/i.test(path))).toEqual([]);
  });
});

describe('row 20: counts and errors that tell', () => {
  it.each([0, 1, 1_000_000])('does not believe a record_count of %i', async (count) => {
    const before = await call('ticket_list', { status: 'all' });
    halo.faults.wrongRecordCount = count;
    expect(await call('ticket_list', { status: 'all' })).toEqual(before);
  });

  it('answers a forbidden record like a missing one while the credential is good', async () => {
    await call('ticket_get', { id: ids.ticket });
    Object.assign(halo.faults, { failEvery: 2, failStatus: 403 });
    await call('customer_get'); // Makes the next request the one that fails.
    expect(await call('ticket_get', { id: ids.foreignTicket })).toEqual(missing);
    halo.faults.failEvery = 0;
    expect(await call('ticket_get', { id: ids.foreignTicket })).toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });

  it.each(['dotnet', 'message', 'error', 'result', 'text', 'empty'] as const)(
    'answers the same for missing whatever the shape of the error: %s',
    async (shape) => {
      halo.faults.errorShape = shape;
      expect(await call('ticket_get', { id: ids.missing })).toEqual(missing);
      halo.faults.failStatus = 500;
      expect(await call('ticket_get', { id: ids.ticket })).toEqual({
        status: 'denied',
        code: 'VENDOR_ERROR',
        reason: 'The vendor failed to answer.',
      });
    },
  );
});

describe('row 21: a ticket moved between check and write', () => {
  it('reports it instead of success, and shows nothing of it', async () => {
    await call('ticket_get', { id: ids.ticket });
    halo.faults.latencyMs = 40;
    const running = call('ticket_note_add', { ticketId: ids.ticket, note: 'x' });
    await expect.poll(() => apiCalls().some(({ method }) => method === 'POST'), { interval: 2 }).toBe(true);
    await patch(ids.ticket, { client_id: foreign });
    expect(await running).toEqual({
      status: 'denied',
      code: 'OWNERSHIP_UNPROVEN',
      reason: expect.stringContaining('while it was written to'),
    });
  });

  it('does not return a ticket that moved since it was listed', async () => {
    expect(idsOf(await call('ticket_list'))).toContain(ids.ticket);
    await patch(ids.ticket, { client_id: foreign });
    expect(await call('ticket_get', { id: ids.ticket })).toEqual(missing);
  });
});

describe('row 22: state shared between customers', () => {
  it('keeps two workers in one process apart through interleaved calls', async () => {
    const other = bind({ url: halo.url, owner: String(foreign) });
    const rounds = Array.from({ length: 20 }, async (_, at) => {
      const [mine, theirs] = await Promise.all([worker.call(...tool(at)), other.call(...tool(at))]);
      for (const [answer, owner] of [
        [mine, '12'],
        [theirs, '31'],
      ] as const) {
        if (answer.status !== 'ok') throw new Error(answer.code);
        expect(answer.records.length).toBeGreaterThan(0);
        for (const { owners } of answer.records) expect(owners).toEqual([owner]);
      }
      expect(JSON.stringify(mine)).not.toContain('FOREIGN');
      expect(JSON.stringify(theirs)).not.toContain('ACM');
    });
    await Promise.all(rounds);
    expect([worker.leases(), other.leases()]).toEqual([1, 1]);
  });

  const tools: [string, Record<string, unknown>][] = [
    ['ticket_list', { status: 'all' }],
    ['contact_search', {}],
    ['asset_list', {}],
    ['customer_get', {}],
  ];
  const tool = (at: number): [string, Record<string, unknown>] => tools[at % tools.length] ?? ['customer_get', {}];
});
