// hudu_customer_get: the bound customer's own company in Hudu. It takes no id: there is only one it could be. Its parent
// company is another customer (hudu.md §5 row 12) and is not named; nor are the addresses of its passwords and articles.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { isSet, type Row, textOf, wholeOf } from '../../row.ts';
import { bodyOf } from '../article.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { companyItself } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

const short = z.string().max(300);

export const huduCustomerGet = oneTool({
  connector: 'hudu',
  name: 'hudu_customer_get',
  title: 'Show the company in Hudu',
  description:
    "Reads the bound customer's own company record in the Hudu documentation: name, type, number, address, phone, website and " +
    `notes. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject({
    id: RecordId,
    name: short,
    nickname: short.optional(),
    type: short.optional(),
    number: short.optional(),
    address: z.string().max(1000).optional(),
    phone: short.optional(),
    fax: short.optional(),
    website: short.optional(),
    notes: z.string().max(8000).optional(),
    isArchived: z.boolean(),
  }),
  owner: companyItself,
  target: { key: 'company', request: () => ({ path: '/companies/{owner}' }) },
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    nickname: textOf(row, 'nickname', 300),
    type: textOf(row, 'company_type', 300),
    number: textOf(row, 'id_number', 300),
    address: addressOf(row),
    phone: textOf(row, 'phone_number', 300),
    fax: textOf(row, 'fax_number', 300),
    website: textOf(row, 'website', 300),
    notes: bodyOf(row, 'notes', 8000),
    isArchived: isSet(row, 'archived'),
  }),
  limits: oneLimits,
});

function addressOf(row: Row): string | undefined {
  const lines = ['address_line_1', 'address_line_2', 'zip', 'city', 'state', 'country_name'];
  const address = lines.flatMap((name) => textOf(row, name, 150) ?? []).join(', ');
  return address === '' ? undefined : address;
}
