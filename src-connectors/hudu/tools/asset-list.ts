// hudu_asset_list: what is documented of the customer's devices, sites, people and whatever else has a layout.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { assetFrom, assetMembers, assetOwner } from '../asset.ts';
import { listLimits } from '../limits.ts';
import { untrusted } from '../../untrusted.ts';
import { SearchText } from '../../search-text.ts';

export const huduAssetList = listTool({
  connector: 'hudu',
  name: 'hudu_asset_list',
  title: 'List documented assets',
  description:
    "Lists the bound customer's assets in the Hudu documentation, at most 100 a page: id, name, type (the layout: servers, " +
    'locations, people, licences …), serial, model, manufacturer. `text` looks into names and serial numbers. Custom fields are ' +
    `not included; use hudu_asset_get with the id. Ids are Hudu's own. ${untrusted}`,
  risk: 'read',
  input: {
    text: SearchText.optional().describe('A part of a name or of a serial number.'),
    state: z.enum(['active', 'archived']).default('active').describe('Which assets to list.'),
  },
  record: z.strictObject(assetMembers),
  owner: assetOwner,
  ownerParameter: 'company_id',
  request: ({ text, state }) => ({
    path: '/assets',
    query: { archived: state === 'archived', ...(text === undefined ? {} : { search: text }) },
  }),
  rows: 'assets',
  wants: (row, { state }) => isSet(row, 'archived') === (state === 'archived'),
  project: assetFrom,
  limits: listLimits,
});
