import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHalo, ticketNamed } from './northway.ts';
import type { Halo, Json } from './northway.ts';

let halo: Halo;
beforeAll(async () => {
  halo = await startHalo();
});
afterAll(() => halo.emulator.close());

const object = async (path: string) => (await halo.get(path)).json() as Json;
const owners = (rows: readonly Json[]) => new Set(rows.map((row) => row['client_id']));

describe('paths', () => {
  it('match in any case', async () => {
    expect((await halo.rows('tickets?client_id=214&count=2')).length).toBe(2);
    expect((await halo.rows('TICKETS?CLIENT_ID=214&count=2')).length).toBe(2);
  });

  it('answer 404 for what does not exist and 405 for verbs that do not', async () => {
    expect((await halo.get('Nothing')).status).toBe(404);
    expect((await halo.get('Tickets/999999')).status).toBe(404);
    expect((await halo.get('Tickets/abc')).status).toBe(404);
    expect((await halo.post('Client', [{ name: 'x' }])).status).toBe(405);
  });
});

describe('wrapper keys', () => {
  it.each([
    ['Tickets', 'tickets'],
    ['Client', 'clients'],
    ['Site', 'sites'],
    ['Users', 'users'],
    ['Asset', 'assets'],
    ['KBArticle', 'articles'],
    ['Invoice', 'invoices'],
    ['Agent', 'results'],
    ['Actions?ticket_id=2001', 'actions'],
    ['Attachment?ticket_id=2001', 'attachments'],
    ['TopLevel', 'tree'],
  ])('%s answers under %s', async (path, key) => {
    const body = await object(path);
    expect(Array.isArray(body[key])).toBe(true);
    expect(body['record_count']).toBe((body[key] as unknown[]).length);
    expect(body).not.toHaveProperty('page_no');
  });

  it.each(['Status', 'Priority', 'TicketType', 'Team', 'Outcome', 'Category', 'AssetType'])(
    '%s is a bare array',
    async (path) => {
      expect(Array.isArray((await halo.get(`${path}?pageinate=true&page_size=1&page_no=1`)).json())).toBe(true);
    },
  );

  it('priorities have GUID ids and tickets refer to priorityid', async () => {
    const rows = (await halo.get('Priority')).json() as Json[];
    expect(rows[0]).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown, priorityid: 1 });
  });
});

describe('paging', () => {
  it('pages through everything once', async () => {
    const seen: unknown[] = [];
    for (let page = 1; page < 20; page += 1) {
      const rows = await halo.rows(`Tickets?client_id=214&pageinate=true&page_size=50&page_no=${page}`);
      seen.push(...rows.map((row) => row['id']));
      if (rows.length < 50) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await halo.rows('Tickets?client_id=214')).length);
  });

  it('ignores page_size and page_no without pageinate', async () => {
    expect((await halo.rows('Tickets?client_id=214&page_size=2&page_no=1')).length).toBeGreaterThan(50);
  });

  it('caps a page of tickets at 50', async () => {
    const body = await object('Tickets?pageinate=true&page_size=500&page_no=1');
    expect([body['page_size'], (body['tickets'] as unknown[]).length]).toEqual([50, 50]);
    expect((await halo.rows('Users?pageinate=true&page_size=500&page_no=1')).length).toBe(500);
  });

  it('lets count cap the rows and the record_count', async () => {
    expect((await object('Tickets?count=3'))['record_count']).toBe(3);
  });
});

describe('ticket filters', () => {
  it('narrow by customer, and fail open for 0, empty, text and unknown names', async () => {
    const all = halo.data.tickets.length;
    expect(owners(await halo.rows('Tickets?client_id=46'))).toEqual(new Set([46]));
    for (const query of ['client_id=0', 'client_id=', 'client_id=abc', 'clientid=46', 'customer_id=46', 'view_id=3']) {
      expect((await halo.rows(`Tickets?${query}&ticketidonly=true`)).length).toBe(all);
    }
  });

  it('let client_ids replace client_id', async () => {
    expect(owners(await halo.rows('Tickets?client_id=46&client_ids=87,95'))).toEqual(new Set([87, 95]));
  });

  it('find a ticket without owner through its site', async () => {
    const rows = await halo.rows('Tickets?client_id=214');
    const missing = rows.find((row) => row['id'] === ticketNamed('Imported: server room key'));
    expect(missing !== undefined && 'client_id' in missing).toBe(false);
    expect(rows.find((row) => row['id'] === ticketNamed('Imported: alarm code change'))?.['client_id']).toBe(0);
  });

  it('narrow by the parameters that are real', async () => {
    const some = halo.data.tickets.find(
      (one) => one.client_id === 214 && one.status_id === 9 && (one.assets?.length ?? 0) > 0,
    );
    const each = async (query: string, holds: (row: Json) => boolean) => {
      const rows = await halo.rows(`Tickets?${query}`);
      return rows.length > 0 && rows.every(holds);
    };
    expect(await each(`client_id=214&site_id=${some?.site_id}`, (row) => row['site_id'] === some?.site_id)).toBe(true);
    expect(await each(`user_id=${some?.user_id}`, (row) => row['user_id'] === some?.user_id)).toBe(true);
    expect(await each('client_id=214&open_only=true', (row) => row['status_id'] !== 9)).toBe(true);
    expect(await each('client_id=214&closed_only=true', (row) => row['status_id'] === 9)).toBe(true);
    expect(await each('status_id=4', (row) => row['status_id'] === 4)).toBe(true);
    expect(await each('agent_id=6&count=9', (row) => row['agent_id'] === 6)).toBe(true);
    expect(await each('client_id=214&search_summary=VPN', (row) => String(row['summary']).includes('VPN'))).toBe(true);
    expect(
      await each('client_id=214&search=vpn', (row) =>
        /vpn/i.test(`${String(row['summary'])} ${String(row['details'])}`),
      ),
    ).toBe(true);
    expect(
      await each('lastupdatefromdate=2026-11-15T00:00:00Z', (row) => String(row['last_update']) >= '2026-11-15'),
    ).toBe(true);
    expect((await halo.rows(`Tickets?ticketids=${some?.id},2002`)).map((row) => row['id'])).toEqual([2002, some?.id]);
    expect((await halo.rows(`Tickets?asset_id=${some?.assets?.[0]}`)).map((row) => row['id'])).toContain(some?.id);
    expect(owners(await halo.rows('Tickets?toplevel_id=3'))).toEqual(new Set([214, 87]));
    expect((await halo.rows('Tickets?client_id=214&order=id&count=1'))[0]?.['id']).toBe(2001);
  });

  it('refuse an advanced search on a name that is not whitelisted', async () => {
    const search = (name: string) =>
      encodeURIComponent(JSON.stringify([{ filter_name: name, filter_type: 2, filter_value: '95' }]));
    expect((await halo.get(`Tickets?advanced_search=${search('password')}`)).text).toContain(
      'Invalid advanced search parameter',
    );
    expect(owners(await halo.rows(`Tickets?advanced_search=${search('client_id')}`))).toEqual(new Set([95]));
  });
});

describe('types', () => {
  it('writes Site.client_id and Users.site_id as doubles', async () => {
    expect((await halo.get('Site?client_id=95')).text).toContain('"client_id":95.0,');
    expect((await halo.get('Users?client_id=95')).text).toMatch(/"site_id":\d+\.0[,}]/);
    expect((await halo.rows('Users?client_id=95'))[0]).toMatchObject({
      site_id_int: expect.any(Number) as unknown,
      client_id: 95,
    });
  });

  it('writes null dates as 1900', async () => {
    const open = (await halo.rows('Tickets?client_id=214&open_only=true&count=1'))[0];
    expect(open).toMatchObject({
      dateclosed: '1900-01-01T00:00:00',
      client_name: 'Meridian Dental Group',
      use: 'ticket',
    });
  });

  it('keeps detail members out of lists', async () => {
    const row = (await halo.rows('Tickets?client_id=214&count=1'))[0];
    for (const member of ['customfields', 'children', 'related_tickets', 'details_html'])
      expect(row).not.toHaveProperty(member);
    const detail = await object(`Tickets/${Number(row?.['id'])}?includedetails=true&includelastaction=true`);
    expect(detail).toMatchObject({
      details_html: expect.any(String) as unknown,
      customfields: [],
      lastaction: { ticket_id: row?.['id'] },
    });
    expect(await object(`Tickets/${Number(row?.['id'])}`)).not.toHaveProperty('customfields');
  });
});

describe('other lists', () => {
  it('narrow contacts, sites and assets by customer and search', async () => {
    expect(owners(await halo.rows('Users?client_id=95&search=john smith'))).toEqual(new Set([95]));
    expect(owners(await halo.rows('Users?search=john smith'))).toEqual(new Set([214, 95]));
    expect(owners(await halo.rows('Site?client_id=95'))).toEqual(new Set([95]));
    expect(owners(await halo.rows('Asset?client_id=95&assettype_id=5'))).toEqual(new Set([95]));
  });

  it('take a misspelt approversonly for nothing, as the vendor did', async () => {
    const everyone = (await halo.rows('Users?client_id=46')).length;
    expect((await halo.rows('Users?client_id=46&approversonly=true')).length).toBe(everyone);
    expect((await halo.rows('Users?client_id=46&approvers_only=true')).length).toBeLessThan(everyone);
  });

  it('hide inactive clients unless asked', async () => {
    expect((await halo.rows('Client')).length).toBe(41);
    expect((await halo.rows('Client?includeinactive=true')).length).toBe(42);
  });
});
