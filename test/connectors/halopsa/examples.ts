// How each HaloPSA tool is called: with records of the bound customer, of another one, and with records that are not there.
import type { HaloData } from '../../../src-demo/demo-data.ts';
import type { Example, ExamplesOf } from '../example.ts';

/** In range, and nobody's. */
const nobodys = 1_999_999_999;
const text = 'Looked into it; restarted the service.';

export const haloExamples: ExamplesOf<HaloData> = (data, owner, other): readonly Example[] => {
  const [own, foreign] = [idsOf(data, Number(owner)), idsOf(data, Number(other))];
  const missing: Ids = {
    ticket: nobodys,
    address: own.address,
    lastTicket: nobodys,
    filedTicket: nobodys,
    file: nobodys,
    contact: nobodys,
    site: nobodys,
    asset: nobodys,
    invoice: nobodys,
    article: nobodys,
  };
  const naming = (tool: string, argumentsOf: (ids: Ids) => Example['own']): Example => ({
    tool,
    own: argumentsOf(own),
    foreign: argumentsOf(foreign),
    missing: argumentsOf(missing),
  });
  return [
    { tool: 'ticket_list', own: { status: 'all' } },
    naming('ticket_get', ({ ticket }) => ({ id: ticket })),
    { tool: 'ticket_search', own: { text: 'printer' } },
    { tool: 'ticket_breach_list', own: {} },
    { tool: 'ticket_option_list', own: { kind: 'status' } },
    naming('ticket_create', ({ contact }) => ({ summary: 'Printer offline', details: text, contactId: contact })),
    naming('ticket_update', ({ ticket }) => ({ ticketId: ticket, statusId: 2, priorityId: 3 })),
    naming('ticket_assign', ({ ticket }) => ({ ticketId: ticket, agentId: 3, teamId: 1 })),
    naming('ticket_note_add', ({ ticket }) => ({ ticketId: ticket, note: text })),
    naming('ticket_reply', ({ ticket, address }) => ({ ticketId: ticket, to: address, text })),
    naming('ticket_close', ({ lastTicket }) => ({ ticketId: lastTicket, resolution: text })),
    naming('time_add', ({ ticket }) => ({ ticketId: ticket, minutes: 20, note: text })),
    naming('billable_time_add', ({ ticket }) => ({ ticketId: ticket, minutes: 20, note: text })),
    naming('attachment_list', ({ filedTicket }) => ({ ticketId: filedTicket })),
    naming('attachment_get', ({ filedTicket, file }) => ({ ticketId: filedTicket, id: file })),
    naming('attachment_add', ({ ticket }) => ({ ticketId: ticket, fileName: 'notes.txt', text })),
    { tool: 'customer_get', own: {} },
    { tool: 'site_list', own: {} },
    { tool: 'contact_search', own: {} },
    naming('contact_create', ({ site }) => ({ firstName: 'Robin', lastName: 'Vale', siteId: site })),
    naming('contact_update', ({ contact }) => ({ contactId: contact, phone: '020 7946 0000' })),
    { tool: 'asset_list', own: {} },
    naming('asset_get', ({ asset }) => ({ id: asset })),
    naming('asset_update', ({ asset }) => ({ assetId: asset, keyThree: 'Model 7', warrantyEnd: '2027-03-31' })),
    { tool: 'contract_list', own: {} },
    { tool: 'invoice_list', own: {} },
    naming('invoice_get', ({ invoice }) => ({ id: invoice })),
    { tool: 'halo_kb_search', own: { text: 'the' } },
    naming('halo_kb_get', ({ article }) => ({ id: article })),
    { tool: 'appointment_list', own: { from: '2026-01-01', to: '2027-12-31' } },
  ];
};

interface Ids {
  readonly ticket: number;
  /** Its contact's. */
  readonly address: string;
  /** Another open ticket, where there is one: closing it leaves the first as it is. */
  readonly lastTicket: number;
  /** A ticket with a text file, and the file. */
  readonly filedTicket: number;
  readonly file: number;
  readonly contact: number;
  readonly site: number;
  readonly asset: number;
  readonly invoice: number;
  readonly article: number;
}

/** Records of one customer. Of articles one that no third customer reads, so that a foreign example is truly foreign. */
function idsOf(data: HaloData, owner: number): Ids {
  const isTheirs = ({ client_id: named }: { readonly client_id?: number | undefined }): boolean => named === owner;
  const idOf = (row: { readonly id: number } | undefined): number => row?.id ?? nobodys;
  const mailable = new Set(data.users.filter(({ emailaddress = '' }) => emailaddress !== '').map(({ id }) => id));
  const tickets = data.tickets.filter(isTheirs);
  const open = tickets.filter(({ status_id: status, user_id: user }) => status !== 9 && mailable.has(user ?? 0));
  const ids = new Set(tickets.map(({ id }) => id));
  const files = data.attachments.filter(({ ticket_id: ticket }) => ids.has(ticket ?? 0));
  const file = files.find(({ filename }) => filename.endsWith('.txt')) ?? files[0];
  const articles = data.articles.filter(({ kbentryclientaccess: access = [] }) => access.some(isTheirs));
  return {
    ticket: idOf(open[0]),
    address: data.users.find(({ id }) => id === open[0]?.user_id)?.emailaddress ?? 'nobody@nowhere.example',
    lastTicket: idOf(open.at(-1)),
    filedTicket: file?.ticket_id ?? nobodys,
    file: idOf(file),
    contact: idOf(data.users.find((user) => isTheirs(user) && mailable.has(user.id))),
    site: idOf(data.sites.find(isTheirs)),
    asset: idOf(data.assets.find(isTheirs)),
    invoice: idOf(
      data.invoices.find((invoice) => isTheirs(invoice) && invoice['client_to_invoice_to_id'] === undefined),
    ),
    article: idOf(articles.find(({ kbentryclientaccess: access = [] }) => access.length === 1)),
  };
}
