// hudu_asset_get: one asset with its custom fields. What may be a secret is named and kept back. Fields point at other assets,
// which may be another customer's (hudu.md §5 row 9): each is read by itself, and only an own one is shown, by its own name.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { assetFrom, assetMembers, assetRequest, assetTarget } from '../asset.ts';
import { AssetField, fieldsOf, linkedIds, shownField } from '../fields.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

export const huduAssetGet = oneTool({
  connector: 'hudu',
  name: 'hudu_asset_get',
  title: 'Read a documented asset',
  description:
    'Reads one asset of the bound customer in the Hudu documentation by its id, with its custom fields as label and value. ' +
    'Fields that are or may be secret come with isSecret and no value (passwords: credential_find). Fields that point at other ' +
    "assets come with `links`, those of this customer only. Nothing comes back when the id is not this customer's. " +
    untrusted,
  risk: 'read',
  input: { id: RecordId.describe('The asset id, from hudu_asset_list.') },
  record: z.strictObject({ ...assetMembers, fields: z.array(AssetField).max(200) }),
  owner: companyOwned,
  usesNames: true,
  target: { ...assetTarget, id: ({ id }) => id, request: ({ id }) => assetRequest(id) },
  links: {
    linked: {
      ids: (row) => fieldsOf(row, {}).flatMap((field) => linkedIds(field)),
      // A single asset is only reached through its company (§3.2); the list filters by id and answers none or one.
      request: (id) => ({ path: '/assets', query: { id } }),
      key: 'assets',
      owner: companyOwned,
      most: 20,
    },
  },
  project: (row, { linked = [] }, { names }) => ({
    ...assetFrom(row),
    fields: fieldsOf(row, names)
      .slice(0, 200)
      .map((field) => shownField(field, linked)),
  }),
  limits: oneLimits,
});
