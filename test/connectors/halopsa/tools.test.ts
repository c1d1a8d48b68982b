import { describe, expect, it } from 'vitest';
import type { ToolContext } from '../../../src-connectors/define.ts';
import { ticketGet } from '../../../src-connectors/halopsa/tools/ticket-get.ts';
import { ticketNoteAdd } from '../../../src-connectors/halopsa/tools/ticket-note-add.ts';
import type { ToolCall, Vendor } from '../../../src-connectors/vendor.ts';
import { Fault } from '../../../src-shared/fault.ts';

const call = { signal: new AbortController().signal, maxBytes: 1000 } as ToolCall;
const never = (): Promise<never> => Promise.reject(new Error('not in this test'));
const context = (vendor: Partial<Vendor>, settings: Record<string, string> = {}): ToolContext => ({
  owner: '12',
  settings,
  vendor: {
    names: async () => ({ status: new Map([['1', 'New']]) }),
    rows: never,
    page: never,
    record: never,
    save: never,
    ...vendor,
  },
  pageKey: Buffer.alloc(32),
});
const ticket = { id: 2204, client_id: 12, summary: 'VPN' };

describe('ticket_get', () => {
  it('answers a vendor that returns another record than the one asked for like a missing one', async () => {
    const vendor = { record: async () => ticket, rows: async () => [] };
    expect(await ticketGet.run(context(vendor), { id: 2204 }, call)).toMatchObject({ records: [{ owners: ['12'] }] });
    expect(await ticketGet.run(context(vendor), { id: 2205 }, call)).toEqual({ status: 'ok', records: [], dropped: 0 });
  });

  it('names the numbers it knows', async () => {
    const vendor = { record: async () => ({ ...ticket, status_id: 1, priority_id: 3 }), rows: async () => [] };
    const answer = await ticketGet.run(context(vendor), { id: 2204 }, call);
    expect(answer).toMatchObject({ records: [{ record: { statusId: 1, status: 'New', priorityId: 3 } }] });
  });

  it('labels the record with every owner its parts name', async () => {
    const nested = { ...ticket, assets: [{ id: 1, client_id: 12 }], children: 'no list', site: { client_id: 12 } };
    const answer = await ticketGet.run(
      context({ record: async () => nested, rows: async () => [] }),
      { id: 2204 },
      call,
    );
    expect(answer).toMatchObject({ records: [{ owners: ['12'], record: { assets: [{ id: 1 }], childTickets: [] } }] });
  });

  it('drops a ticket whose site is another customer’s', async () => {
    const vendor = { record: async () => ({ ...ticket, site: { client_id: 31 } }) };
    expect(await ticketGet.run(context(vendor), { id: 2204 }, call)).toEqual({ status: 'ok', records: [], dropped: 0 });
  });
});

describe('ticket_note_add', () => {
  const input = { ticketId: 2204, note: 'x' };
  const saving = (saved: unknown, settings: Record<string, string> = {}) => {
    const sent: unknown[] = [];
    const vendor = { record: async () => ticket, save: async (...given: unknown[]) => (sent.push(given[2]), saved) };
    return { sent, answer: ticketNoteAdd.run(context(vendor, settings), input, call) };
  };

  it('sends the declared members and the outcome of the instance', async () => {
    const { sent, answer } = saving({ id: 3, ticket_id: 2204, hiddenfromuser: true }, { privateNoteOutcome: '71' });
    expect(await answer).toMatchObject({ records: [{ record: { ticketId: 2204, noteId: 3, isInternal: true } }] });
    expect(sent).toEqual([
      { ticket_id: 2204, outcome_id: 71, note_html: '<p>x</p>', hiddenfromuser: true, sendemail: false },
    ]);
  });

  it.each([
    ['a note the customer can see', { id: 3, ticket_id: 2204, hiddenfromuser: false }],
    ['a note on another ticket', { id: 3, ticket_id: 2205, hiddenfromuser: true }],
    ['a note without id', { ticket_id: 2204, hiddenfromuser: true }],
    ['nothing', undefined],
    ['text', 'saved'],
  ])('does not report success when the vendor says it saved %s', async (_, saved) => {
    await expect(saving(saved).answer).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
      message: expect.stringContaining('not confirm'),
    });
  });

  it('says that the note was made when only the check after it fails', async () => {
    let reads = 0;
    const vendor: Partial<Vendor> = {
      record: () => (++reads === 1 ? Promise.resolve(ticket) : Promise.reject(new Fault('VENDOR_ERROR', 'Broken.'))),
      save: async () => ({ id: 3, ticket_id: 2204, hiddenfromuser: true }),
    };
    await expect(ticketNoteAdd.run(context(vendor), input, call)).rejects.toMatchObject({
      code: 'VENDOR_ERROR',
      message: expect.stringContaining('The change was made'),
    });
  });
});
