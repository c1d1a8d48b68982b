// network_list: the customer's documented networks. The vendor lists them whole (hudu.md §2).
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet, textOf, wholeOf } from '../../row.ts';
import { bodyOf } from '../article.ts';
import { RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

export const networkList = listTool({
  connector: 'hudu',
  name: 'network_list',
  title: 'List networks',
  description: `Lists the bound customer's documented networks in Hudu: id, name, address range, description. Addresses in use are in ip_address_list. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject({
    id: RecordId,
    name: z.string().max(300),
    address: z.string().max(100).optional(),
    description: z.string().max(2000).optional(),
    isArchived: z.boolean(),
  }),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: () => ({ path: '/networks', isUnpaged: true }),
  rows: '',
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    address: textOf(row, 'address', 100),
    description: bodyOf(row, 'description', 2000),
    isArchived: isSet(row, 'archived'),
  }),
  limits: listLimits,
});
