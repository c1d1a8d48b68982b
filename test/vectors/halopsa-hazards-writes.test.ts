// The ways in which writing to HaloPSA can carry data to another customer (halopsa.md §6), one vector each.
import { describe, expect, it } from 'vitest';
import { foreign, ids, own } from '../connectors/halo-data.ts';
import { examples, haloWorld, idsOf, invalid, missing, unproven, writes } from './halopsa-world.ts';
import { labelOf } from '../connectors/labelled.ts';

const { halo, worker, call, apiCalls, posts, patch, raw, rawActions } = haloWorld();

describe('row 7: writes that move data across', () => {
  it.each(writes.map(({ tool, own: input }) => [tool, input] as const))(
    '%s leaves every record of others as it is, and its own where it is',
    async (tool, input) => {
      const others = ['Tickets', 'Users', 'Asset', 'Site'].map(
        (kind) => `${kind}?client_id=${foreign}&includeclosed=true`,
      );
      const look = async () => JSON.stringify(await Promise.all(others.map(raw)));
      const before = await look();
      expect((await call(tool, input)).status).toBe('ok');
      expect(posts()).toHaveLength(1);
      expect(await look()).toBe(before);
      for (const [kind, id] of [
        ['Tickets', ids.ticket],
        ['Users', 42],
        ['Asset', ids.asset],
      ] as const)
        expect(await raw(`${kind}/${id}`)).toMatchObject({ client_id: own, site_id: 18 });
    },
  );

  it.each(writes.map(({ tool, foreign: theirs = {}, missing: nobodys = {} }) => [tool, theirs, nobodys] as const))(
    '%s writes nothing to a foreign record, and says the same as for a missing one',
    async (tool, theirs, nobodys) => {
      expect(await call(tool, theirs)).toEqual(unproven);
      expect(await call(tool, nobodys)).toEqual(unproven);
      expect(posts()).toEqual([]);
    },
  );

  it.each([
    ['ticket_create', { summary: 'x', details: 'y', contactId: 43 }],
    ['ticket_create', { summary: 'x', details: 'y', siteId: 19 }],
    ['ticket_create', { summary: 'x', details: 'y', contactId: 42, siteId: 19 }],
    ['contact_create', { firstName: 'a', lastName: 'b', siteId: 19 }],
    ['contact_update', { contactId: 42, siteId: 19 }],
  ])('%s %o does not take a contact or site of another customer', async (tool, input) => {
    expect(await call(tool, input)).toEqual(unproven);
    expect(posts()).toEqual([]);
  });

  it('writes nothing to a ticket without owner', async () => {
    for (const ticketId of [ids.ownerlessTicket, ids.zeroTicket])
      for (const { tool, own: input } of writes.filter((one) => 'ticketId' in one.own))
        expect(await call(tool, { ...input, ticketId })).toEqual(unproven);
    expect(posts()).toEqual([]);
  });
});

describe('row 8: an `id` that makes a create an update', () => {
  it.each([
    ['ticket_create', { summary: 'x', details: 'y' }],
    ['contact_create', { firstName: 'a', lastName: 'b', siteId: 18 }],
    ['attachment_add', { ticketId: ids.ticket, fileName: 'a.txt', text: 'x' }],
    ['ticket_note_add', { ticketId: ids.ticket, note: 'x' }],
  ])('%s takes none, and makes a new record', async (tool, input) => {
    expect(await call(tool, { ...input, id: ids.foreignTicket })).toEqual(invalid);
    expect(halo().requests).toEqual([]);
    expect((await call(tool, input)).status).toBe('ok');
    expect(await raw(`Tickets/${ids.foreignTicket}`)).toMatchObject({ summary: `FOREIGN ${ids.foreignTicket}` });
    expect(await rawActions(ids.foreignTicket)).toHaveLength(1);
  });

  it('proves the owner of whatever a new record turns out to be', async () => {
    const created = await call('ticket_create', { summary: 'New one', details: 'y', contactId: 42 });
    expect(created).toMatchObject({ records: [{ label: labelOf('12'), record: { summary: 'New one' } }] });
    expect(apiCalls().at(-1)).toMatchObject({ method: 'GET', path: expect.stringMatching(/^\/api\/Tickets\/\d+$/) });
  });
});

describe('row 9: batches', () => {
  it('takes every record as one number, never as a list', async () => {
    for (const { tool, own: input } of examples) {
      for (const [member, value] of Object.entries(input).filter(([, given]) => typeof given === 'number'))
        expect(await call(tool, { ...input, [member]: [value, ids.foreignTicket] })).toEqual(invalid);
    }
    expect(halo().requests).toEqual([]);
  });

  it('adds exactly one internal note, escaped, with declared members alone', async () => {
    const before = await rawActions(ids.ticket);
    expect(await call('ticket_note_add', { ticketId: ids.ticket, note: 'Line <b>one</b> & "two"\nnext' })).toEqual({
      status: 'ok',
      records: [{ label: labelOf('12'), record: { ticketId: ids.ticket, noteId: 3, isInternal: true } }],
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

  it('does not send a write twice when the vendor fails', async () => {
    await call('customer_get');
    halo().faults.failEvery = 2; // The pre-read passes, the write fails.
    expect(await call('ticket_note_add', { ticketId: ids.ticket, note: 'x' })).toMatchObject({
      status: 'denied',
      code: 'VENDOR_ERROR',
      reason: expect.stringContaining('may or may not'),
    });
    expect(posts()).toHaveLength(1);
  });
});

describe('row 18: mail to others', () => {
  it('replies to the ticket’s own contact and nobody else', async () => {
    await patch(ids.ticket, { emailcclist: 'x@foreign.example', user_email: 'y@foreign.example' });
    const answer = await worker().call('ticket_reply', { ticketId: ids.ticket, to: 'john@acme.example', text: 'Done' });
    expect(answer).toMatchObject({ records: [{ record: { sentTo: 'john@acme.example' } }] });
    expect((await rawActions(ids.ticket))[0]).toMatchObject({
      emailto: 'john@acme.example',
      emailcc: '',
      sendemail: true,
      hiddenfromuser: false,
    });
  });

  it('mails nobody when the contact is another customer’s', async () => {
    await patch(ids.ticket, { user_id: 43 });
    expect(
      await worker().call('ticket_reply', { ticketId: ids.ticket, to: 'john@acme.example', text: 'Done' }),
    ).toMatchObject(unproven);
    expect(posts()).toEqual([]);
  });

  it('takes no recipient from a caller, only word of who it is', async () => {
    const reply = { ticketId: ids.ticket, to: 'john@acme.example', text: 'x' };
    for (const member of ['email', 'emailto', 'emailcc', 'cc', 'bcc', 'contactId'])
      expect(await call('ticket_reply', { ...reply, [member]: 'x@foreign.example' })).toEqual(invalid);
    for (const to of ['x@foreign.example', 'john@foreign.example'])
      expect(await call('ticket_reply', { ...reply, to })).toMatchObject(invalid);
    expect(posts()).toEqual([]);
  });

  it('lets nobody be mailed at a domain that is not the customer’s', async () => {
    for (const [tool, input] of [
      ['contact_create', { firstName: 'a', lastName: 'b', siteId: 18 }],
      ['contact_update', { contactId: 42 }],
    ] as const) {
      halo().faults.ignoreClientFilter = true;
      expect(await worker().call(tool, { ...input, email: 'john@foreign.example' })).toMatchObject(invalid);
      expect(await worker().call(tool, { ...input, email: 'jo@acme.example' })).toMatchObject({ status: 'ok' });
    }
    expect(posts()).toHaveLength(2);
  });
});

describe('row 21: a ticket moved between check and write', () => {
  it.each(writes.filter(({ own: input }) => 'ticketId' in input).map(({ tool, own: input }) => [tool, input] as const))(
    '%s reports it instead of success, and shows nothing of it',
    async (tool, input) => {
      await call('customer_get');
      halo().faults.latencyMs = 400;
      const running = call(tool, input);
      await expect.poll(() => posts().length, { interval: 2 }).toBe(1);
      await patch(ids.ticket, { client_id: foreign });
      expect(await running).toEqual({
        status: 'denied',
        code: 'OWNERSHIP_UNPROVEN',
        reason: expect.stringContaining('after the change was made'),
      });
    },
  );

  it('does not return a ticket that moved since it was listed', async () => {
    expect(idsOf(await call('ticket_list'))).toContain(ids.ticket);
    await patch(ids.ticket, { client_id: foreign });
    expect(await call('ticket_get', { id: ids.ticket })).toEqual(missing);
  });
});
