// asset_update: what describes an asset. Not whose it is, where it is, who uses it or what it belongs to.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { memberOf, textOf } from '../../row.ts';
import { assetFrom, assetMembers, assetOf, assetOwner } from '../asset.ts';
import { dateOf, HaloDate } from '../date.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { ShortText } from '../text.ts';

export const assetUpdate = changeTool({
  connector: 'halopsa',
  name: 'asset_update',
  title: 'Change an asset',
  description:
    'Changes what describes one asset of the bound customer in HaloPSA: tag, name, second and third key (often serial number and ' +
    'model), end of warranty. What is left out stays. Plain text only. Answers with the asset afterwards; refused when the ' +
    "asset is not provably this customer's. Safe to repeat.",
  risk: 'write',
  input: {
    assetId: RecordId.describe('The asset id, from asset_list.'),
    tag: ShortText(100).optional().describe('Inventory number.'),
    name: ShortText(200).optional().describe('Name, often the host name.'),
    keyTwo: ShortText(200).optional().describe('The second key, keyField2 of asset_get.'),
    keyThree: ShortText(200).optional().describe('The third key, keyField3 of asset_get.'),
    warrantyEnd: z.iso.date().max(10).optional().describe('The last day of the warranty, such as 2027-03-31.'),
  },
  record: z.strictObject({
    ...assetMembers,
    keyField2: z.string().max(300).optional(),
    keyField3: z.string().max(300).optional(),
    warrantyEnd: HaloDate.optional(),
  }),
  owner: assetOwner,
  target: assetOf,
  prepare: async ({ input: { tag, name, keyTwo, keyThree, warrantyEnd } }) => {
    if ([tag, name, keyTwo, keyThree, warrantyEnd].every((one) => one === undefined))
      throw new Fault('INVALID_ARGUMENTS', 'Nothing to change was given.');
  },
  path: () => '/Asset',
  key: 'assets',
  element: z.strictObject({
    id: RecordId,
    inventory_number: z.string().optional(),
    key_field: z.string().optional(),
    key_field2: z.string().optional(),
    key_field3: z.string().optional(),
    warranty_end: z.string().optional(),
  }),
  build: ({ input: { assetId, tag, name, keyTwo, keyThree, warrantyEnd } }) => ({
    id: assetId,
    ...(tag === undefined ? {} : { inventory_number: tag }),
    ...(name === undefined ? {} : { key_field: name }),
    ...(keyTwo === undefined ? {} : { key_field2: keyTwo }),
    ...(keyThree === undefined ? {} : { key_field3: keyThree }),
    ...(warrantyEnd === undefined ? {} : { warranty_end: `${warrantyEnd}T00:00:00` }),
  }),
  isIdempotent: true,
  confirm: (_saved, { input: { tag, name, keyTwo, keyThree, warrantyEnd } }, after = {}) => {
    const isKept = (member: string, wanted: string | undefined): boolean =>
      wanted === undefined || memberOf(after, member) === wanted;
    const warranty = dateOf(after, 'warranty_end');
    const isAsSent =
      isKept('inventory_number', tag) &&
      isKept('key_field', name) &&
      isKept('key_field2', keyTwo) &&
      isKept('key_field3', keyThree) &&
      (warrantyEnd === undefined || warranty?.startsWith(warrantyEnd) === true);
    if (!isAsSent) return undefined;
    const [keyField2, keyField3] = [textOf(after, 'key_field2', 300), textOf(after, 'key_field3', 300)];
    return { ...assetFrom(after), keyField2, keyField3, warrantyEnd: warranty };
  },
  limits: changeLimits,
});
