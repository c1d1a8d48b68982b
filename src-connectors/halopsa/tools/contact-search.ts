// contact_search: people at the customer, by a part of their name, mail address or phone number.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { SearchText } from '../../text.ts';
import { untrusted } from '../../untrusted.ts';
import { contactFrom, contactMembers, contactOwner } from '../contact.ts';
import { listLimits } from '../limits.ts';

export const contactSearch = listTool({
  connector: 'halopsa',
  name: 'contact_search',
  title: 'Find contacts',
  description:
    'Finds people at the bound customer in HaloPSA by a part of their name, e-mail address or phone number; without a text, lists ' +
    `them. At most 50 a page: id, name, e-mail, phones, site. ${untrusted}`,
  risk: 'read',
  input: { text: SearchText.optional().describe('A part of a name, e-mail address or phone number.') },
  record: z.strictObject(contactMembers),
  owner: contactOwner,
  ownerParameter: 'client_id',
  request: ({ text }) => ({
    path: '/Users',
    query: { exclude_generaluser: true, ...(text === undefined ? {} : { search: text }) },
  }),
  rows: 'users',
  project: contactFrom,
  limits: listLimits,
});
