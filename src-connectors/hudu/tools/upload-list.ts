// upload_list: the files kept with one asset or article. Hudu lists everybody's, and a file names nothing but the record it is
// with (hudu.md §3.8): that record is proven first, and a file must hang on it by id and by kind. Only names and sizes; the
// files themselves open by presigned addresses and stay with the vendor.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { memberOf, type Row, textOf, wholeOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { dateOf, HuduDate } from '../date.ts';
import { RecordId } from '../ids.ts';
import { scanLimits, scanPageSize } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { recordKinds } from '../record-kinds.ts';

export const uploadList = listTool({
  connector: 'hudu',
  name: 'upload_list',
  title: 'List files',
  description:
    'Lists the files that Hudu keeps with one asset or article of the bound customer, at most 100 a page: id, name, type, size, date. ' +
    `The files cannot be opened here. Nothing comes back when the record is not this customer's. ${untrusted}`,
  risk: 'sensitive',
  input: {
    kind: z.enum(['asset', 'article']).describe('What the files are kept with.'),
    id: RecordId.describe('Its id, from hudu_asset_list or kb_search.'),
  },
  record: z.strictObject({
    id: RecordId,
    name: z.string().max(300),
    mime: z.string().max(100).optional(),
    size: z.string().max(40).optional(),
    createdAt: HuduDate.optional(),
  }),
  owner: companyOwned,
  under: {
    target: {
      key: ({ kind }) => recordKinds[kind].key,
      id: ({ id }) => id,
      request: ({ kind, id }) => recordKinds[kind].request(id),
      probe: { path: '/companies/{owner}' },
    },
    owner: companyOwned,
    hanging: ({ kind }) => ({
      reference: 'uploadable_id',
      kind: { member: 'uploadable_type', is: recordKinds[kind].type },
      isNumberedWithin: false,
    }),
  },
  scan: { mostPages: 20 },
  request: () => ({ path: '/uploads', pageSize: scanPageSize }),
  rows: '',
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    mime: textOf(row, 'mime', 100),
    size: sizeOf(row),
    createdAt: dateOf(row, 'created_date'),
  }),
  limits: scanLimits,
});

function sizeOf(row: Row): string | undefined {
  const size = memberOf(row, 'size');
  return typeof size === 'number' && Number.isFinite(size) ? `${size} bytes` : textOf(row, 'size', 40);
}
