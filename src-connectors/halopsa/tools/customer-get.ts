// customer_get: the bound customer's own record. It takes no id: there is only one it could be.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { isSet, textOf, wholeOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';

export const customerGet = oneTool({
  connector: 'halopsa',
  name: 'customer_get',
  title: 'Show the customer',
  description: `Reads the bound customer's own record in HaloPSA: name, reference, main site, open ticket count and notes. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject({
    id: RecordId,
    name: z.string().max(300),
    reference: z.string().max(300).optional(),
    mainSite: z.string().max(300).optional(),
    openTickets: z.int().optional(),
    notes: z.string().max(4000).optional(),
    isInactive: z.boolean(),
  }),
  owner: { owner: 'id', also: ['client_id'], within: ['client_id', 'client.id'] },
  target: { key: 'clients', request: () => ({ path: '/Client/{owner}', query: { includedetails: true } }) },
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    reference: textOf(row, 'ref', 300),
    mainSite: textOf(row, 'main_site_name', 300),
    openTickets: wholeOf(row, 'open_ticket_count'),
    notes: textOf(row, 'notes', 4000),
    isInactive: isSet(row, 'inactive'),
  }),
  limits: oneLimits,
});
