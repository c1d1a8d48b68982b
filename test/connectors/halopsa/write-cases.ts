// Every writing tool of HaloPSA once: what it is given, what it must send, and what it answers when all goes well.
import { halopsa } from '../../../src-connectors/halopsa/halopsa.ts';
import { call, told, type Told } from './tool-context.ts';

export const ticket = { id: 2204, client_id: 12, summary: 'VPN', status_id: 1, user_id: 42 };
export const contact = { id: 42, client_id: 12, name: 'John Smith', site_id: 18, emailaddress: 'john@acme.example' };
export const site = { id: 18, client_id: 12, name: 'Head Office' };
const asset = { id: 301, client_id: 12, key_field: 'LAPTOP01' };
export const records = { '/Tickets/2204': ticket, '/Users/42': contact, '/Site/18': site, '/Asset/301': asset };
const lists = {
  '/Users': [contact, { id: 43, client_id: 31, emailaddress: 'john@foreign.example' }],
  '/Status': [
    { id: 2, name: 'In Progress' },
    { id: 9, name: 'Closed' },
  ],
  '/Priority': [{ id: 'x', priorityid: 3, name: 'Medium' }],
  '/TicketType': [{ id: 1, name: 'Incident' }],
  '/Category': [{ id: 8, value: 'Network>Wi-Fi' }],
  '/Team': [{ id: 2, name: 'Infrastructure' }],
  '/Agent': [{ id: 3, name: 'Sam' }],
};
export const run = (name: string, input: Record<string, unknown>, more: Told) => {
  const tool = halopsa.tools.find((one) => one.name === name);
  if (tool === undefined) throw new Error(`there is no ${name}`);
  const parsed = tool.input.parse({ customer: 'ACME-1', ...input });
  const { context, writes, reads } = told({ records, lists, ...more });
  return { writes, reads, answer: tool.run(context, parsed, call) };
};
interface Changed {
  readonly path?: keyof typeof records;
  readonly changed?: Readonly<Record<string, unknown>>;
}
/** One record as it is read the second time. */
export const afterwards = (path: keyof typeof records, changed: Changed['changed'] = {}): Told & Changed => {
  let reads = 0;
  const after = () => ({ ...records[path], ...(++reads === 1 ? {} : changed) });
  return { records: { ...records, [path]: after }, path, changed };
};

export interface Case {
  readonly tool: string;
  readonly input: Record<string, unknown>;
  readonly more: Told & Changed;
  readonly path: string;
  readonly sent: object;
  readonly record: object;
}
export const saved = (more: object = {}) => ({ saved: { id: 3, ticket_id: 2204, hiddenfromuser: true, ...more } });
const internal = { ticket_id: 2204, outcome_id: 7, note_html: '<p>x</p>', hiddenfromuser: true, sendemail: false };
export const cases: readonly Case[] = [
  {
    tool: 'ticket_note_add',
    input: { ticketId: 2204, note: 'x' },
    more: saved(),
    path: '/Actions',
    sent: internal,
    record: { ticketId: 2204, noteId: 3, isInternal: true },
  },
  {
    tool: 'time_add',
    input: { ticketId: 2204, minutes: 20, note: 'x' },
    more: saved({ timetaken: 0.33, actionchargehours: 0 }),
    path: '/Actions',
    sent: { ...internal, timetaken: 0.3333, actionchargehours: 0 },
    record: { ticketId: 2204, entryId: 3, minutes: 20, isBillable: false },
  },
  {
    tool: 'billable_time_add',
    input: { ticketId: 2204, minutes: 90, note: 'x' },
    more: saved({ timetaken: 1.5, actionchargehours: 1.5 }),
    path: '/Actions',
    sent: { ...internal, timetaken: 1.5, actionchargehours: 1.5 },
    record: { ticketId: 2204, entryId: 3, minutes: 90, isBillable: true },
  },
  {
    tool: 'ticket_reply',
    input: { ticketId: 2204, to: 'John@acme.example', text: 'a & b\n\nc' },
    more: saved({ hiddenfromuser: false, emailto: 'john@acme.example', emailcc: '' }),
    path: '/Actions',
    sent: {
      ticket_id: 2204,
      outcome_id: 2,
      note_html: '<p>a &#38; b</p><p>c</p>',
      hiddenfromuser: false,
      sendemail: true,
      emailto: 'john@acme.example',
      emailcc: '',
    },
    record: { ticketId: 2204, entryId: 3, sentTo: 'john@acme.example' },
  },
  {
    tool: 'ticket_close',
    input: { ticketId: 2204, resolution: 'x' },
    more: { ...saved({ hiddenfromuser: false }), ...afterwards('/Tickets/2204', { status_id: 9 }) },
    path: '/Actions',
    sent: {
      ticket_id: 2204,
      outcome_id: 9,
      note_html: '<p>x</p>',
      new_status: 9,
      hiddenfromuser: false,
      sendemail: false,
    },
    record: { ticketId: 2204, entryId: 3, isClosed: true },
  },
  {
    tool: 'ticket_update',
    input: { ticketId: 2204, statusId: 2, priorityId: 3, typeId: 1, categoryId: 8 },
    more: afterwards('/Tickets/2204', {
      status_id: 2,
      priority_id: 3,
      tickettype_id: 1,
      category_1: 'Network>Wi-Fi',
    }),
    path: '/Tickets',
    sent: { id: 2204, status_id: 2, priority_id: 3, tickettype_id: 1, category_1: 'Network>Wi-Fi' },
    record: { ticketId: 2204, statusId: 2, priorityId: 3, typeId: 1, category: 'Network>Wi-Fi' },
  },
  {
    tool: 'ticket_assign',
    input: { ticketId: 2204, agentId: 3, teamId: 2 },
    more: afterwards('/Tickets/2204', { agent_id: 3, team: 'Infrastructure' }),
    path: '/Tickets',
    sent: { id: 2204, agent_id: 3, team: 'Infrastructure' },
    record: { ticketId: 2204, agentId: 3, team: 'Infrastructure' },
  },
  {
    tool: 'ticket_create',
    input: { summary: 'VPN', details: 'a <b>', contactId: 42, siteId: 18, typeId: 1, priorityId: 3 },
    more: { saved: { id: 2204 } },
    path: '/Tickets',
    // The contact's site is the vendor's to find; the customer comes last, from the binding.
    sent: {
      summary: 'VPN',
      details_html: '<p>a &#60;b&#62;</p>',
      sendack: false,
      user_id: 42,
      tickettype_id: 1,
      priority_id: 3,
      client_id: 12,
    },
    record: { ticketId: 2204, summary: 'VPN' },
  },
  {
    tool: 'contact_create',
    input: { firstName: 'John', lastName: 'Smith', email: 'john@acme.example', phone: '1', mobile: '2', siteId: 18 },
    more: { saved: { id: 42 } },
    path: '/Users',
    sent: {
      name: 'John Smith',
      firstname: 'John',
      surname: 'Smith',
      emailaddress: 'john@acme.example',
      phonenumber: '1',
      mobilenumber: '2',
      site_id_int: 18,
      client_id: 12,
    },
    record: {
      id: 42,
      name: 'John Smith',
      email: 'john@acme.example',
      siteId: 18,
      isImportant: false,
      isInactive: false,
    },
  },
  {
    tool: 'contact_update',
    input: { contactId: 42, firstName: 'Jo', lastName: 'Smith', email: 'jo@acme.example', siteId: 18 },
    more: afterwards('/Users/42', {
      name: 'Jo Smith',
      firstname: 'Jo',
      surname: 'Smith',
      emailaddress: 'jo@acme.example',
    }),
    path: '/Users',
    sent: {
      id: 42,
      name: 'Jo Smith',
      firstname: 'Jo',
      surname: 'Smith',
      emailaddress: 'jo@acme.example',
      site_id_int: 18,
    },
    record: { id: 42, name: 'Jo Smith', email: 'jo@acme.example', siteId: 18, isImportant: false, isInactive: false },
  },
  {
    tool: 'asset_update',
    input: { assetId: 301, tag: 'A-1', name: 'PC', keyTwo: 's', keyThree: 'm', warrantyEnd: '2027-03-31' },
    more: afterwards('/Asset/301', {
      inventory_number: 'A-1',
      key_field: 'PC',
      key_field2: 's',
      key_field3: 'm',
      warranty_end: '2027-03-31T00:00:00',
    }),
    path: '/Asset',
    sent: {
      id: 301,
      inventory_number: 'A-1',
      key_field: 'PC',
      key_field2: 's',
      key_field3: 'm',
      warranty_end: '2027-03-31T00:00:00',
    },
    record: {
      id: 301,
      tag: 'A-1',
      name: 'PC',
      keyField2: 's',
      keyField3: 'm',
      warrantyEnd: '2027-03-31T00:00:00',
      isInactive: false,
    },
  },
  {
    tool: 'attachment_add',
    input: { ticketId: 2204, fileName: 'notes v1.txt', text: 'höi' },
    more: { saved: { id: 9, ticket_id: 2204, filename: 'notes v1.txt', showforusers: false } },
    path: '/Attachment',
    sent: {
      ticket_id: 2204,
      filename: 'notes v1.txt',
      data_base64: 'data:text/plain;base64,aMO2aQ==',
      showforusers: false,
    },
    record: { ticketId: 2204, id: 9, fileName: 'notes v1.txt' },
  },
];
