// What each writing tool sends, to the member, and what it takes for done.
import { describe, expect, it } from 'vitest';
import { halopsa } from '../../../src-connectors/halopsa/halopsa.ts';
import { Fault } from '../../../src-shared/fault.ts';
import { afterwards, cases, contact, records, run, saved, site, ticket } from './write-cases.ts';
import { labelOf } from '../labelled.ts';

describe('a write', () => {
  it('is here for every tool that writes', () => {
    const writers = halopsa.tools.filter(({ kind }) => kind === 'change' || kind === 'set').map(({ name }) => name);
    expect(cases.map(({ tool }) => tool).toSorted()).toEqual(writers.toSorted());
  });

  it.each(cases.map((one) => [one.tool, one] as const))(
    '%s sends these members, once, and tells what came of it',
    async (_, { tool, input, more, path, sent, record }) => {
      const { writes, answer } = run(tool, input, more);
      expect(await answer).toEqual({ status: 'ok', records: [{ label: labelOf('12'), record }], dropped: 0 });
      expect(writes).toEqual([{ method: 'POST', path, element: sent }]);
    },
  );

  it.each(cases.map((one) => [one.tool, one] as const))(
    '%s does not report what the vendor does not show',
    async (_, { tool, input, more }) => {
      for (const wrong of [undefined, 'saved', [], { id: 3, ticket_id: 2205 }, { id: 2205 }]) {
        const { answer } = run(tool, input, { ...more, saved: wrong, records });
        const outcome = await answer.catch((thrown: unknown) => thrown);
        expect(outcome, JSON.stringify(wrong)).toBeInstanceOf(Fault);
        expect((outcome as Fault).message).toMatch(/did not confirm|not provably/);
      }
    },
  );

  it.each(
    cases.filter(({ path }) => path === '/Actions' || path === '/Attachment').map((one) => [one.tool, one] as const),
  )('%s does not report what was saved on another ticket, or without a number', async (_, { tool, input, more }) => {
    for (const wrong of [{ ticket_id: 2205 }, { ticket_id: '2204' }, { id: 0 }]) {
      const again = more.path === undefined ? {} : afterwards(more.path, more.changed);
      const { answer } = run(tool, input, { ...more, ...again, saved: { ...(more.saved as object), ...wrong } });
      await expect(answer, JSON.stringify(wrong)).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
    }
  });

  it.each(
    cases.flatMap(({ tool, input, more }) =>
      Object.keys(more.changed ?? {})
        .filter((member) => member !== 'name')
        .map((member) => [tool, member, input, more] as const),
    ),
  )('%s does not report a change of %s that is not there, whatever the vendor says it saved', async (...given) => {
    const [tool, member, input, { path, changed = {}, ...more }] = given;
    if (path === undefined) throw new Error('no record is read again');
    const { [member]: _kept, ...others } = changed;
    const { answer } = run(tool, input, { ...more, ...afterwards(path, others) });
    await expect(answer).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
  });

  it.each(cases.map((one) => [one.tool, one] as const))('%s takes no member of the vendor’s', (_, { tool, input }) => {
    const schema = halopsa.tools.find(({ name }) => name === tool)?.input;
    for (const member of dangerous) {
      const given = { customer: 'ACME-1', ...input, [member]: 31 };
      expect(schema?.safeParse(given).success, member).toBe(false);
    }
  });
});

/** Members by which a write crosses or leaves (halopsa.md §5.1 to §5.6, §6 rows 7 to 9). */
const dangerous = [
  'id',
  'client_id',
  'site_id',
  'user_id',
  'parent_id',
  'domerge',
  'merged_into_id',
  'new_related_tickets',
  'client_to_invoice_to_id',
  'move_to_id',
  'copy_to_id',
  'copy_from_id',
  'showonrelated',
  'showonchild',
  '_merge_client_into',
  '_merge_user_into',
  'new_password',
  'resetpassword',
  'web_access_level',
  'linked_sites',
  'emailto',
  'emailcc',
  'emailbccnew',
  'from_address_override',
  'update_children',
  'new_article_title',
  '_novalidate',
  '_dont_fire_automations',
];

describe('ticket_note_add', () => {
  it('uses the outcome the administrator named', async () => {
    const { writes, answer } = run(
      'ticket_note_add',
      { ticketId: 2204, note: 'x' },
      { ...saved(), settings: { privateNoteOutcome: '71' } },
    );
    await answer;
    expect(writes).toMatchObject([{ element: { outcome_id: 71 } }]);
  });

  it('does not report a note the customer can see', async () => {
    const { answer } = run('ticket_note_add', { ticketId: 2204, note: 'x' }, saved({ hiddenfromuser: false }));
    await expect(answer).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
      message: expect.stringContaining('not confirm'),
    });
  });

  it('says that the note was made when only the check after it fails', async () => {
    let reads = 0;
    const breaking = {
      '/Tickets/2204': () => (++reads === 1 ? ticket : Promise.reject(new Fault('VENDOR_ERROR', 'Broken.'))),
    };
    const { answer } = run('ticket_note_add', { ticketId: 2204, note: 'x' }, { ...saved(), records: breaking });
    await expect(answer).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
      message: expect.stringContaining('The change was made'),
    });
  });
});

describe('time_add and billable_time_add', () => {
  it.each([
    ['time_add', { timetaken: 0.5, actionchargehours: 0.5 }],
    ['time_add', { timetaken: 0.5 }],
    ['billable_time_add', { timetaken: 0.5, actionchargehours: 0 }],
    ['billable_time_add', { timetaken: 1, actionchargehours: 1 }],
  ])('%s does not report time charged otherwise: %o', async (tool, hours) => {
    const { answer } = run(tool, { ticketId: 2204, minutes: 30, note: 'x' }, saved(hours));
    await expect(answer).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
  });
});

describe('ticket_reply', () => {
  const reply = (user: unknown, more: object = {}) =>
    run(
      'ticket_reply',
      { ticketId: 2204, to: 'john@acme.example', text: 'x' },
      { ...saved({ emailto: 'john@acme.example', ...more }), records: { ...records, '/Users/42': user } },
    );

  it.each([
    ['of another customer', { ...contact, client_id: 31 }, 'OWNERSHIP_UNPROVEN'],
    ['without owner', { ...contact, client_id: undefined }, 'OWNERSHIP_UNPROVEN'],
    ['that is another record', { ...contact, id: 43 }, 'OWNERSHIP_UNPROVEN'],
    ['that is missing', undefined, 'OWNERSHIP_UNPROVEN'],
    ['that is inactive', { ...contact, inactive: true }, 'INVALID_ARGUMENTS'],
    ['without an address', { ...contact, emailaddress: '' }, 'INVALID_ARGUMENTS'],
    ['with two addresses', { ...contact, emailaddress: 'a@acme.example,b@foreign.example' }, 'INVALID_ARGUMENTS'],
    ['with a name before the address', { ...contact, emailaddress: 'x <a@acme.example>' }, 'INVALID_ARGUMENTS'],
    ['with a second line', { ...contact, emailaddress: 'a@acme.example\nbcc: b@foreign.example' }, 'INVALID_ARGUMENTS'],
  ])('mails nobody when the ticket has a contact %s', async (_, user, code) => {
    const { writes, answer } = reply(user);
    await expect(answer).rejects.toMatchObject({ code });
    expect(writes).toEqual([]);
  });

  it('mails nobody when another address was named than the contact’s', async () => {
    const input = { ticketId: 2204, to: 'john@foreign.example', text: 'x' };
    const { writes, answer } = run('ticket_reply', input, {});
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes).toEqual([]);
  });

  it('mails nobody when the ticket has no contact', async () => {
    const without = { ...records, '/Tickets/2204': { ...ticket, user_id: 0 } };
    const { writes, answer } = run(
      'ticket_reply',
      { ticketId: 2204, to: 'john@acme.example', text: 'x' },
      { records: without },
    );
    await expect(answer).rejects.toMatchObject({ code: 'OWNERSHIP_UNPROVEN' });
    expect(writes).toEqual([]);
  });

  it.each([{ emailto: 'other@foreign.example' }, { emailcc: 'other@foreign.example' }])(
    'does not report a mail that went elsewhere: %o',
    async (more) => {
      await expect(reply(contact, more).answer).rejects.toMatchObject({ code: 'VENDOR_ERROR' });
    },
  );
});

describe('ticket_close', () => {
  it('does not close a closed ticket again', async () => {
    const closed = { ...records, '/Tickets/2204': { ...ticket, status_id: 9 } };
    const { writes, answer } = run('ticket_close', { ticketId: 2204, resolution: 'x' }, { records: closed });
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes).toEqual([]);
  });
});

describe('arguments that cannot be', () => {
  it.each([
    ['ticket_update', { ticketId: 2204 }],
    ['ticket_update', { ticketId: 2204, statusId: 9 }],
    ['ticket_update', { ticketId: 2204, statusId: 77 }],
    ['ticket_update', { ticketId: 2204, categoryId: 77 }],
    ['ticket_assign', { ticketId: 2204 }],
    ['ticket_assign', { ticketId: 2204, agentId: 77 }],
    ['ticket_create', { summary: 'x', details: 'y', typeId: 77 }],
    ['contact_update', { contactId: 42 }],
    ['contact_update', { contactId: 42, firstName: 'Jo' }],
    ['asset_update', { assetId: 301 }],
  ])('%s refuses %o and writes nothing', async (tool, input) => {
    const { writes, answer } = run(tool, input, { saved: { id: 2204 } });
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes).toEqual([]);
  });

  it('ticket_create refuses a contact at another site than the one named', async () => {
    const elsewhere = { ...records, '/Site/19': { ...site, id: 19 } };
    const input = { summary: 'x', details: 'y', contactId: 42, siteId: 19 };
    const { writes, answer } = run('ticket_create', input, { records: elsewhere });
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes).toEqual([]);
  });
});

describe('an address of a contact', () => {
  it.each([
    ['contact_create', { firstName: 'a', lastName: 'b', siteId: 18 }],
    ['contact_update', { contactId: 42 }],
  ])('that %s writes is at a domain the customer’s own contacts have', async (tool, input) => {
    for (const email of [
      'x@foreign.example',
      'x@acme.example.evil.example',
      'x@sub.acme.example',
      'x@evil-acme.example',
    ]) {
      const { writes, answer } = run(tool, { ...input, email }, { saved: { id: 42 } });
      await expect(answer, email).rejects.toMatchObject({ code: 'INVALID_ARGUMENTS' });
      expect(writes).toEqual([]);
    }
    const { writes, answer } = run(tool, { ...input, email: 'Jo@ACME.example' }, { saved: { id: 42 } });
    await answer.catch(() => {}); // The record that is read back is not this one.
    expect(writes).toMatchObject([{ element: { emailaddress: 'Jo@ACME.example' } }]);
  });
});

describe('records that writes refer to', () => {
  it.each([
    ['ticket_create', { summary: 'x', details: 'y', contactId: 42 }, '/Users/42'],
    ['ticket_create', { summary: 'x', details: 'y', siteId: 18 }, '/Site/18'],
    ['contact_create', { firstName: 'a', lastName: 'b', siteId: 18 }, '/Site/18'],
    ['contact_update', { contactId: 42, siteId: 18 }, '/Site/18'],
  ] as const)('%s %o writes nothing unless each is proven', async (tool, input, path) => {
    for (const changed of [{ client_id: 31 }, { client_id: 0 }, { client_id: '12' }, { id: 99 }]) {
      const others = { ...records, [path]: { ...records[path], ...changed } };
      const { writes, answer } = run(tool, input, { records: others, saved: { id: 42 } });
      expect(await answer).toEqual({ status: 'denied', code: 'OWNERSHIP_UNPROVEN' });
      expect(writes).toEqual([]);
    }
  });
});
