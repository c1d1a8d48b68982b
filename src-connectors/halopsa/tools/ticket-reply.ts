// ticket_reply: a mail to the contact of a ticket. The address is that of the contact's own record, which must prove the bound
// customer; no argument and no text of the ticket can name another (halopsa.md §6 row 18).
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { readTarget } from '../../target.ts';
import { isSet, memberOf, textOf, wholeOf } from '../../row.ts';
import { type ContactId, contactOf, contactOwner } from '../contact.ts';
import { RecordId } from '../ids.ts';
import { numberOf } from '../settings.ts';
import { LongText } from '../text.ts';
import { TicketId } from '../ticket.ts';
import { entryMembers, onTimeline, savedOn } from '../timeline.ts';

const Address = z.email().max(254);

export const ticketReply = changeTool({
  ...onTimeline,
  name: 'ticket_reply',
  title: 'Reply to the contact',
  description:
    'Mails a reply to the contact of one ticket of the bound customer in HaloPSA and adds it to the ticket, visible to the ' +
    "customer's people. It goes to that contact's own address and nobody else. Plain text only. Answers with the entry's id and " +
    "the address; refused when the ticket or its contact is not provably this customer's. Never repeat it after an error: the mail " +
    'may be gone. Look at the ticket with ticket_get first.',
  risk: 'external',
  afterwards: 'The mail may or may not have gone out: look at the ticket with ticket_get before you send it again.',
  input: {
    ticketId: TicketId,
    to: Address.describe(
      "The address the mail goes to: the contact's, from contact_search. It asserts, it never selects: another one is refused.",
    ),
    text: LongText(8000).describe('The mail. Plain text; line breaks are kept.'),
  },
  record: z.strictObject({ ticketId: RecordId, entryId: RecordId, sentTo: z.string().max(254) }),
  prepare: async ({ input: { to }, row = {} }, context, call) => {
    const contactId = wholeOf(row, 'user_id') ?? 0;
    const contact =
      contactId === 0
        ? undefined
        : await readTarget<{ contactId: typeof ContactId }>(contactOf, contactOwner, {
            context,
            input: { contactId },
            call,
          });
    if (contact === undefined)
      throw new Fault('OWNERSHIP_UNPROVEN', "The contact of this ticket is not provably this customer's.");
    const address = Address.safeParse(memberOf(contact.row, 'emailaddress')).data;
    if (address === undefined || isSet(contact.row, 'inactive'))
      throw new Fault('INVALID_ARGUMENTS', 'The contact of this ticket has no e-mail address in use.');
    if (to.toLowerCase() !== address.toLowerCase())
      throw new Fault(
        'INVALID_ARGUMENTS',
        'The contact of this ticket has another e-mail address. Read the ticket again.',
      );
    return { address };
  },
  element: z.strictObject({
    ...entryMembers,
    hiddenfromuser: z.literal(false),
    sendemail: z.literal(true),
    emailto: Address,
    // Without it the vendor may add whoever was copied before.
    emailcc: z.literal(''),
  }),
  build: ({ input: { ticketId, text }, settings, facts: { address } }) => ({
    ticket_id: ticketId,
    outcome_id: numberOf(settings, 'replyOutcome'),
    note_html: textToHtml(text),
    hiddenfromuser: false,
    sendemail: true,
    emailto: address,
    emailcc: '',
  }),
  confirm: (saved, { input: { ticketId }, facts: { address } }) => {
    const entryId = savedOn(saved, ticketId);
    const sentTo = textOf(saved, 'emailto', 1000);
    const isAsSent = sentTo === address && textOf(saved, 'emailcc', 1000) === undefined;
    return entryId === undefined || !isAsSent ? undefined : { ticketId, entryId, sentTo };
  },
});
