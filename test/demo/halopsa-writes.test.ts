import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHalo } from './northway.ts';
import type { Halo, Json } from './northway.ts';

let halo: Halo;
beforeAll(async () => {
  halo = await startHalo();
});
afterAll(() => halo.emulator.close());

const saved = async (path: string, element: Json) => {
  const answer = await halo.post(path, [element]);
  return { status: answer.status, record: answer.json() as Json };
};
const newTicket = async (client = 214) => {
  const { record } = await saved('Tickets', {
    client_id: client,
    summary: 'Printer offline',
    details_html: '<p>It is off</p>',
  });
  return Number(record['id']);
};
const ticket = async (id: number) => (await halo.get(`Tickets/${id}?includedetails=true`)).json() as Json;
const notes = async (id: number) => (await halo.rows(`Actions?ticket_id=${id}`)).map((row) => row['note']);

describe('POST /Tickets', () => {
  it('refuses a bare object and creates from an array', async () => {
    expect((await halo.post('Tickets', { summary: 'x' })).status).toBe(400);
    expect((await halo.post('Tickets', [])).status).toBe(400);
    const { status, record } = await saved('Tickets', {
      client_id: 214,
      summary: 'Printer offline',
      details_html: '<p>Off</p>',
    });
    expect(status).toBe(201);
    expect(record).toMatchObject({
      summary: 'Printer offline',
      details: 'Off',
      client_id: 214,
      client_name: 'Meridian Dental Group',
    });
    expect((await halo.rows('Tickets?client_id=214&count=1'))[0]?.['id']).toBe(record['id']);
    expect((await halo.post('Tickets/Object', { client_id: 214, summary: 'One object' })).status).toBe(201);
  });

  it('wants a summary, and a contact of the client', async () => {
    expect((await saved('Tickets', { client_id: 214 })).status).toBe(400);
    const stranger = halo.data.users.find((user) => user.client_id === 46);
    expect((await saved('Tickets', { client_id: 214, user_id: stranger?.id, summary: 'x' })).status).toBe(400);
    expect((await saved('Tickets', { summary: 'Whose?' })).record).toMatchObject({
      client_id: 1,
      client_name: 'Unknown',
    });
  });

  it('updates anyone’s ticket when the element has an id', async () => {
    const id = await newTicket(46);
    const { status, record } = await saved('Tickets', { id, priority_id: 1 });
    expect([status, record['id'], record['priority_id'], record['client_id']]).toEqual([200, id, 1, 46]);
    expect((await saved('Tickets', { id: 999_999, summary: 'x' })).status).toBe(404);
  });

  it('moves the ticket with its client, site or contact', async () => {
    const stranger = halo.data.users.find((user) => user.client_id === 46);
    const site = halo.data.sites.find((one) => one.client_id === 95);
    for (const [change, owner] of [
      [{ client_id: 87 }, 87],
      [{ site_id: site?.id }, 95],
      [{ user_id: stranger?.id }, 46],
    ] as const) {
      const id = await newTicket();
      await saved('Tickets', { id, ...change });
      expect((await ticket(id))['client_id']).toBe(owner);
      expect((await halo.rows(`Tickets?client_id=${owner}`)).map((row) => row['id'])).toContain(id);
      expect((await halo.rows('Tickets?client_id=214')).map((row) => row['id'])).not.toContain(id);
    }
  });

  it('takes a batch that touches several customers', async () => {
    const [mine, theirs] = [await newTicket(214), await newTicket(46)];
    const answer = await halo.post('Tickets', [
      { id: mine, team: 'Projects' },
      { id: theirs, team: 'Projects' },
    ]);
    expect((answer.json() as Json[]).map((row) => row['client_id'])).toEqual([214, 46]);
  });

  it('links children and related tickets across customers', async () => {
    const [mine, theirs] = [await newTicket(214), await newTicket(46)];
    await saved('Tickets', { id: theirs, parent_id: mine });
    await saved('Tickets', { id: mine, new_related_tickets: [{ id: theirs }] });
    const detail = await ticket(mine);
    expect((detail['children'] as Json[])[0]?.['id']).toBe(theirs);
    expect((detail['related_tickets'] as Json[])[0]?.['client_id']).toBe(46);
  });
});

describe('POST /Actions', () => {
  it('appends a note with the next number of its ticket', async () => {
    const id = await newTicket();
    const first = await saved('Actions', {
      ticket_id: id,
      outcome_id: 7,
      note_html: '<p>Looked at it</p>',
      hiddenfromuser: true,
    });
    expect(first.status).toBe(201);
    expect(first.record).toMatchObject({
      ticket_id: id,
      id: 1,
      outcome: 'Private Note',
      note: 'Looked at it',
      hiddenfromuser: true,
    });
    expect((await saved('Actions', { ticket_id: id, note: 'Again' })).record['id']).toBe(2);
    expect(await notes(id)).toEqual(['Again', 'Looked at it']);
  });

  it('updates the note with this number', async () => {
    const id = await newTicket();
    await saved('Actions', { ticket_id: id, note: 'Frist' });
    expect(await saved('Actions', { ticket_id: id, id: 1, note: 'First' })).toMatchObject({
      status: 200,
      record: { id: 1 },
    });
    expect(await notes(id)).toEqual(['First']);
    expect((await saved('Actions', { ticket_id: id, id: 9, note: 'x' })).status).toBe(404);
  });

  it('changes the status of its ticket', async () => {
    const id = await newTicket();
    await saved('Actions', { ticket_id: id, note: 'Done', new_status: 9 });
    expect(await ticket(id)).toMatchObject({ status_id: 9, dateclosed: expect.stringMatching(/^20/) as unknown });
  });

  it('moves or copies the note to another customer’s ticket', async () => {
    const [mine, theirs] = [await newTicket(214), await newTicket(46)];
    await saved('Actions', { ticket_id: mine, note: 'Secret of Meridian', copy_to_id: theirs });
    expect([await notes(mine), await notes(theirs)]).toEqual([['Secret of Meridian'], ['Secret of Meridian']]);
    await saved('Actions', { ticket_id: mine, id: 1, move_to_id: theirs });
    expect([await notes(mine), (await notes(theirs)).length]).toEqual([[], 2]);
  });

  it('refuses a ticket that does not exist', async () => {
    const answer = await halo.post('Actions', [{ ticket_id: 999_999, note: 'x' }]);
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringContaining('You do not have access to this Action'),
    ]);
  });
});

describe('POST /Users and /Attachment', () => {
  it('creates a contact at a site and moves it with another site', async () => {
    const [home, away] = [214, 46].map((client) => halo.data.sites.find((site) => site.client_id === client)?.id);
    const { status, record } = await saved('Users', {
      firstname: 'Nina',
      surname: 'Berg',
      site_id: home,
      new_password: 'x',
    });
    expect([status, record['name'], record['client_id'], 'new_password' in record]).toEqual([
      201,
      'Nina Berg',
      214,
      false,
    ]);
    expect((await saved('Users', { id: record['id'], site_id_int: away })).record['client_id']).toBe(46);
    expect((await saved('Users', { name: 'X', site_id: '95.0' })).status).toBe(400);
  });

  it('copies any attachment to any ticket', async () => {
    const id = await newTicket();
    const data_base64 = `data:text/plain;base64,${Buffer.from('hello').toString('base64')}`;
    expect((await saved('Attachment', { ticket_id: id, filename: 'x.txt', data_base64 })).record).toMatchObject({
      filesize: 5,
    });
    const source = halo.data.attachments[0];
    const copy = await saved('Attachment', { ticket_id: id, copy_from_id: source?.id });
    expect(copy.record['filename']).toBe(source?.filename);
  });
});
