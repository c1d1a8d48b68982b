// ip_address_list: the customer's documented addresses. Which asset and network each names is only an id: what it opens is
// proven when it is opened.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { memberOf, textOf, wholeOf } from '../../row.ts';
import { bodyOf } from '../article.ts';
import { RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

export const ipAddressList = listTool({
  connector: 'hudu',
  name: 'ip_address_list',
  title: 'List IP addresses',
  description:
    "Lists the bound customer's documented IP addresses in Hudu: address, status, host name, description, and the id of its network " +
    `(network_list), all or of one network. ${untrusted}`,
  risk: 'read',
  input: { networkId: RecordId.optional().describe('Only of this network, from network_list.') },
  record: z.strictObject({
    id: RecordId,
    address: z.string().max(100).optional(),
    status: z.string().max(60).optional(),
    hostName: z.string().max(300).optional(),
    description: z.string().max(1000).optional(),
    networkId: RecordId.optional(),
  }),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: () => ({ path: '/ip_addresses', isUnpaged: true }),
  rows: '',
  wants: (row, { networkId }) => networkId === undefined || memberOf(row, 'network_id') === networkId,
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    address: textOf(row, 'address', 100),
    status: textOf(row, 'status', 60),
    hostName: textOf(row, 'fqdn', 300),
    description: bodyOf(row, 'description', 1000),
    networkId: wholeOf(row, 'network_id'),
  }),
  limits: listLimits,
});
