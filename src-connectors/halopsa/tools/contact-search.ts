// contact_search: people at the customer, by a part of their name, mail address or phone number.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet, textOf, wholeOf } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { listLimits, untrusted } from '../limits.ts';
import { SearchText } from '../../search-text.ts';

const short = z.string().max(300);

export const contactSearch = listTool({
  connector: 'halopsa',
  name: 'contact_search',
  title: 'Find contacts',
  description:
    'Finds people at the bound customer in HaloPSA by a part of their name, e-mail address or phone number; without a text, lists ' +
    `them. At most 50 a page: id, name, e-mail, phones, site. ${untrusted}`,
  risk: 'read',
  input: { text: SearchText.optional().describe('A part of a name, e-mail address or phone number.') },
  record: z.strictObject({
    id: RecordId,
    name: short,
    email: short.optional(),
    phone: short.optional(),
    mobile: short.optional(),
    site: short.optional(),
    isImportant: z.boolean(),
    isInactive: z.boolean(),
  }),
  owner: { owner: 'client_id', also: ['client.id', 'site.client_id'] },
  ownerParameter: 'client_id',
  request: ({ text }) => ({
    path: '/Users',
    query: { exclude_generaluser: true, ...(text === undefined ? {} : { search: text }) },
  }),
  rows: 'users',
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    email: textOf(row, 'emailaddress', 300),
    phone: textOf(row, 'phonenumber', 300),
    mobile: textOf(row, 'mobilenumber', 300),
    site: textOf(row, 'site_name', 300),
    isImportant: isSet(row, 'isimportantcontact'),
    isInactive: isSet(row, 'inactive'),
  }),
  limits: listLimits,
});
