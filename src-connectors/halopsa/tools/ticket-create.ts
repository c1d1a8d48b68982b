// ticket_create: a new ticket of the bound customer. Whom and where it is about must be proven the customer's: at the vendor
// a contact or a site decides whose ticket it is (halopsa.md §5.4).
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { textOf, wholeOf } from '../../row.ts';
import { ContactId, contactFrom, contactOf, contactOwner } from '../contact.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { namesOfOptions } from '../option.ts';
import { SiteId, siteOf, siteOwner } from '../site.ts';
import { LongText, ShortText } from '../text.ts';
import { ticketOwner } from '../ticket.ts';

export const ticketCreate = changeTool({
  connector: 'halopsa',
  name: 'ticket_create',
  title: 'Create a ticket',
  description:
    'Creates one ticket for the bound customer in HaloPSA. Plain text only. With a contact it is theirs and at their site; with a ' +
    'site alone it is at that site. Answers with the id of the new ticket. The vendor may tell the contact that a ticket was opened, ' +
    'as the MSP has set it up. Not repeatable safely: search before calling again after an error.',
  risk: 'write',
  input: {
    summary: ShortText(200).describe('One line: what is wrong or wanted.'),
    details: LongText(8000).describe('Plain text; line breaks are kept.'),
    contactId: ContactId.optional(),
    siteId: SiteId.optional(),
    typeId: RecordId.optional().describe('From ticket_option_list, kind type.'),
    priorityId: RecordId.optional().describe('From ticket_option_list, kind priority.'),
  },
  record: z.strictObject({ ticketId: RecordId, summary: z.string().max(500) }),
  owner: ticketOwner,
  create: { ownerMember: 'client_id', read: (id) => ({ path: `/Tickets/${id}` }), key: 'tickets' },
  references: [
    { target: contactOf, owner: contactOwner, isNamed: ({ contactId }) => contactId !== undefined },
    { target: siteOf, owner: siteOwner, isNamed: ({ siteId }) => siteId !== undefined },
  ],
  prepare: async ({ input: { siteId, typeId, priorityId }, references: [contact] }, { vendor }, call) => {
    if (contact !== undefined && siteId !== undefined && contactFrom(contact).siteId !== siteId)
      throw new Fault('INVALID_ARGUMENTS', 'This contact is at another site. Leave the site out.');
    await namesOfOptions({ type: typeId, priority: priorityId }, vendor, call);
  },
  path: () => '/Tickets',
  key: 'tickets',
  element: z.strictObject({
    summary: z.string(),
    details_html: z.string(),
    user_id: RecordId.optional(),
    site_id: RecordId.optional(),
    tickettype_id: RecordId.optional(),
    priority_id: RecordId.optional(),
    // No mail to the contact: what an AI writes here must not leave with the vendor's acknowledgement.
    sendack: z.literal(false),
  }),
  build: ({ input: { summary, details, contactId, siteId, typeId, priorityId } }) => ({
    summary,
    details_html: textToHtml(details),
    sendack: false,
    ...(contactId === undefined ? {} : { user_id: contactId }),
    // A contact brings its site along; naming both could contradict.
    ...(siteId === undefined || contactId !== undefined ? {} : { site_id: siteId }),
    ...(typeId === undefined ? {} : { tickettype_id: typeId }),
    ...(priorityId === undefined ? {} : { priority_id: priorityId }),
  }),
  confirm: (_saved, _prepared, after) => {
    const ticketId = after && wholeOf(after, 'id');
    return ticketId === undefined ? undefined : { ticketId, summary: textOf(after ?? {}, 'summary', 500) ?? '' };
  },
  limits: changeLimits,
});
