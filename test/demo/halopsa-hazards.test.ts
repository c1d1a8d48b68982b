import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHalo, ticketNamed } from './northway.ts';
import type { Halo, Json } from './northway.ts';

let halo: Halo;
beforeAll(async () => {
  halo = await startHalo();
});
afterAll(() => halo.emulator.close());

const object = async (path: string) => (await halo.get(path)).json() as Json;
const members = (value: unknown, name: string) => (value as Json[]).map((row) => row[name]);

describe('records by id', () => {
  it('are served whoever owns them', async () => {
    const of = (rows: readonly { id: number; client_id?: number | undefined }[], client: number) =>
      rows.find((row) => row.client_id === client)?.id;
    for (const client of [214, 46]) {
      expect(await object(`Tickets/${of(halo.data.tickets, client)}`)).toMatchObject({ client_id: client });
      expect(await object(`Users/${of(halo.data.users, client)}`)).toMatchObject({ client_id: client });
      expect(await object(`Asset/${of(halo.data.assets, client)}`)).toMatchObject({ client_id: client });
      expect(await object(`Site/${of(halo.data.sites, client)}`)).toMatchObject({ client_id: client });
      expect(await object(`Client/${client}?includedetails=true`)).toMatchObject({ id: client, customfields: [] });
    }
  });
});

describe('ticket detail', () => {
  it('nests the child of another customer', async () => {
    const detail = await object(
      `Tickets/${ticketNamed('Mail delivery delayed for several clients')}?includedetails=true`,
    );
    expect(detail['client_id']).toBe(214);
    expect(new Set(members(detail['children'], 'client_id'))).toEqual(new Set([214, 46]));
    const flag = 'includechildren=true';
    const listed = await halo.rows(`Tickets?ticketids=${Number(detail['id'])}&${flag}`);
    expect(new Set(members(listed[0]?.['children'], 'client_id'))).toEqual(new Set([214, 46]));
  });

  it('nests the related ticket of another customer and names the one it was merged into', async () => {
    const related = await object(`Tickets/${ticketNamed('X-ray viewer crashes on two images')}?includedetails=true`);
    expect([related['client_id'], members(related['related_tickets'], 'client_id')]).toEqual([214, [31]]);
    const merged = await object(`Tickets/${ticketNamed('Duplicate: depot printer offline')}?includedetails=true`);
    expect(merged['merged_into_id']).toBe(ticketNamed('Surgery printer offline'));
  });
});

describe('GET /Actions', () => {
  it('breaks without a ticket', async () => {
    expect((await halo.get('Actions')).status).toBe(500);
    expect((await halo.get('Actions/1')).status).toBe(500);
  });

  it('counts ids within the ticket and carries no owner', async () => {
    const rows = await halo.rows('Actions?ticket_id=2001');
    expect(members(rows, 'id')).toEqual([...rows.keys()].map((at) => rows.length - at));
    expect(rows[0]).not.toHaveProperty('client_id');
    expect(await object('Actions/1?ticket_id=2001')).toMatchObject({ ticket_id: 2001, id: 1 });
    expect(await object('Actions/1?ticket_id=2002')).toMatchObject({ ticket_id: 2002, id: 1 });
  });

  it('answers an empty list for a ticket that does not exist', async () => {
    expect(await object('Actions?ticket_id=999999')).toEqual({ record_count: 0, actions: [] });
  });

  it('pulls in the notes of other customers’ tickets with isrelatednotes and ischildnotes', async () => {
    const related = ticketNamed('X-ray viewer crashes on two images');
    const other = ticketNamed('Alder Dentistry: viewer crash, vendor case open');
    expect(new Set(members(await halo.rows(`Actions?ticket_id=${related}&isrelatednotes=true`), 'ticket_id'))).toEqual(
      new Set([related, other]),
    );
    const parent = ticketNamed('Mail delivery delayed for several clients');
    const child = ticketNamed('Fernhill School: mail delayed');
    expect(members(await halo.rows(`Actions?ticket_id=${parent}&ischildnotes=true`), 'ticket_id')).toContain(child);
  });
});

describe('GET /Attachment', () => {
  it('has no rows without a filter and no owner with one', async () => {
    expect(await halo.rows('Attachment')).toEqual([]);
    const file = halo.data.attachments[0];
    const body = await object(`Attachment?ticket_id=${file?.ticket_id}`);
    expect(body).toMatchObject({ ticket_id: file?.ticket_id, action_id: 0, folders: [], record_count: 1 });
    const row = (body['attachments'] as Json[])[0];
    expect(row).toMatchObject({ id: file?.id, filesize: Buffer.byteLength(file?.content ?? '') });
    expect(row).not.toHaveProperty('client_id');
    expect(row).not.toHaveProperty('content');
  });

  it('serves bytes, or a signed link that works for anyone without a bearer', async () => {
    const file = halo.data.attachments[0];
    halo.emulator.faults.attachmentMode = 'bytes';
    const bytes = await halo.get(`Attachment/${file?.id}`);
    expect([bytes.headers.get('content-type'), bytes.text]).toEqual(['application/octet-stream', file?.content]);
    halo.emulator.faults.attachmentMode = 'link';
    const link = String((await object(`Attachment/${file?.id}`))['link']);
    expect(link).toMatch(/\?Expires=\d+&Signature=[^&]+&Key-Pair-Id=/);
    expect(await (await fetch(link)).text()).toBe(file?.content);
    expect((await fetch(link, { headers: { authorization: 'Bearer x' } })).status).toBe(400);
    expect((await fetch(link.replace('Signature=', 'Signature=x'))).status).toBe(403);
    expect((await fetch(link.replace(`/files/${file?.id}`, '/files/9002'))).status).toBe(403);
    halo.emulator.faults.attachmentMode = 'mixed';
  });
});

describe('assets, articles, invoices, agents and search', () => {
  it('serve hierarchy nodes of another customer', async () => {
    const nested = halo.data.assets.find((one) => one.client_id === 214 && (one.parent_id ?? 0) > 0);
    const detail = await object(`Asset/${nested?.id}?includehierarchy=true`);
    expect([detail['client_id'], members(detail['parent_assets'], 'client_id')]).toEqual([214, [87]]);
  });

  it('list articles without owner and show the access list on detail only', async () => {
    const rows = await halo.rows('KBArticle?search=imaging');
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {}).filter((name) => /client|ticket|access/.test(name))).toEqual([]);
    const detail = await object(`KBArticle/${Number(rows[0]?.['id'])}?includedetails=true`);
    expect(members(detail['kbentryclientaccess'], 'client_id')).toEqual([214, 31]);
    expect(detail['ticket_id']).toBe(ticketNamed('Alder Dentistry: viewer crash, vendor case open'));
    const forClient = await halo.rows('KBArticle?client_id=46');
    expect(members(forClient, 'name')).not.toContain('Site cabin router set-up');
  });

  it('bill one customer for another', async () => {
    expect(members(await halo.rows('Invoice?client_id=214'), 'original_client_id')).toContain(87);
  });

  it('serve secrets that a reader must project away', async () => {
    expect((await halo.rows('Agent?search=amy'))[0]).toHaveProperty('password');
    expect((await halo.get('Agent?search=amy')).json()).toMatchObject({ record_count: halo.data.agents.length });
  });

  it('search everyone’s records', async () => {
    const rows = await halo.rows('Search?search=john smith&count_per_entity=5');
    expect(new Set(members(rows, 'client_id')).size).toBeGreaterThan(1);
  });
});
