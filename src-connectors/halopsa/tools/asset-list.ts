// asset_list: the customer's devices and other assets.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { assetFrom, assetMembers, assetOwner } from '../asset.ts';
import { listLimits } from '../limits.ts';

export const assetList = listTool({
  connector: 'halopsa',
  name: 'asset_list',
  title: 'List assets',
  description:
    "Lists the bound customer's assets in HaloPSA, at most 50 a page: id, tag, name, type, site, user. Inactive ones are left out. " +
    `Use asset_get for warranty and supplier. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject(assetMembers),
  owner: assetOwner,
  ownerParameter: 'client_id',
  request: () => ({ path: '/Asset' }),
  rows: 'assets',
  project: assetFrom,
  limits: listLimits,
});
