// asset_get: one asset. Its hierarchy and diagram are not asked for: their nodes may be other customers' assets.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { assetFrom, assetMembers, assetOwner } from '../asset.ts';
import { dateOf, HaloDate } from '../date.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';

const short = z.string().max(300);

export const assetGet = oneTool({
  connector: 'halopsa',
  name: 'asset_get',
  title: 'Read an asset',
  description:
    'Reads one asset of the bound customer in HaloPSA by its id: tag, name, key fields such as the serial number, user, supplier, ' +
    `warranty and contract. Nothing comes back when the id is not this customer's. ${untrusted}`,
  risk: 'read',
  input: { id: RecordId.describe('The asset id, from asset_list or ticket_get.') },
  record: z.strictObject({
    ...assetMembers,
    keyField2: short.optional(),
    keyField3: short.optional(),
    supplier: short.optional(),
    warrantyEnd: HaloDate.optional(),
    contract: short.optional(),
  }),
  owner: assetOwner,
  target: {
    key: 'assets',
    id: ({ id }) => id,
    request: ({ id }) => ({ path: `/Asset/${id}` }),
    probe: { path: '/Asset', ownerParameter: 'client_id' },
  },
  project: (row) => ({
    ...assetFrom(row),
    keyField2: textOf(row, 'key_field2', 300),
    keyField3: textOf(row, 'key_field3', 300),
    supplier: textOf(row, 'supplier_name', 300),
    warrantyEnd: dateOf(row, 'warranty_end'),
    contract: textOf(row, 'contract_ref', 300),
  }),
  limits: oneLimits,
});
