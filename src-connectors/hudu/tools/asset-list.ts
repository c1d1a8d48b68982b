// hudu_asset_list: what is documented of the customer's devices, sites, people and whatever else has a layout.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { assetFrom, assetMembers } from '../asset.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { isFound } from '../search.ts';
import { untrusted } from '../../untrusted.ts';
import { SearchText } from '../../text.ts';

export const huduAssetList = listTool({
  connector: 'hudu',
  name: 'hudu_asset_list',
  title: 'List documented assets',
  description:
    "Lists the bound customer's assets in the Hudu documentation, at most 100 a page: id, name, type (the layout: servers, " +
    'locations, people, licences …), serial, model, manufacturer, e-mail address. `text` looks into these and nothing else; a page ' +
    'covers 100 assets before it is applied, so follow `next` even from a page without any. Custom fields are not included; use ' +
    `hudu_asset_get with the id. Ids are Hudu's own. ${untrusted}`,
  risk: 'read',
  input: {
    text: SearchText.optional().describe(
      'Parts of a name, type, serial number, model, manufacturer or e-mail address. All must occur.',
    ),
    state: z.enum(['active', 'archived']).default('active').describe('Which assets to list.'),
  },
  record: z.strictObject(assetMembers),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: ({ state }) => ({ path: '/assets', query: { archived: state === 'archived' } }),
  rows: 'assets',
  wants: (row, { text, state }) => {
    const { name, type, serial, model, manufacturer, email } = assetFrom(row);
    const isWanted = isSet(row, 'archived') === (state === 'archived');
    return isWanted && isFound(text, [name, type, serial, model, manufacturer, email]);
  },
  project: assetFrom,
  limits: listLimits,
});
