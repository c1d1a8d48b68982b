// expiration_list: what of the customer's runs out, and when.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { memberOf, textOf, wholeOf } from '../../row.ts';
import { dateOf, HuduDate } from '../date.ts';
import { RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

const kinds = ['domain', 'ssl_certificate', 'warranty', 'asset_field', 'article_expiration', 'undeclared'] as const;

export const expirationList = listTool({
  connector: 'hudu',
  name: 'expiration_list',
  title: 'List what expires',
  description:
    "Lists what of the bound customer's runs out according to Hudu: domains, certificates, warranties, dated asset fields and " +
    'articles. Each with its date, its kind and the id and type of the record it belongs to (Asset: hudu_asset_get; Website: ' +
    'website_list; Article: kb_get). A page covers 100 before `kind` and `before` are applied, so follow `next`. ' +
    untrusted,
  risk: 'read',
  input: {
    kind: z.enum(kinds).optional().describe('Only of this kind.'),
    before: z.iso
      .date()
      .max(10)
      .optional()
      .describe('Only what runs out before this day, YYYY-MM-DD; includes what already has.'),
  },
  record: z.strictObject({
    id: RecordId,
    date: HuduDate.optional(),
    kind: z.string().max(60).optional(),
    recordType: z.string().max(60).optional(),
    recordId: RecordId.optional(),
  }),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: () => ({ path: '/expirations' }),
  rows: '',
  wants: (row, { kind, before }) => {
    const isGone = ['archived_at', 'discarded_at'].some((name) => typeof memberOf(row, name) === 'string');
    const isKind = kind === undefined || memberOf(row, 'expiration_type') === kind;
    return !isGone && isKind && (before === undefined || (dateOf(row, 'date') ?? '9999').slice(0, 10) < before);
  },
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    date: dateOf(row, 'date'),
    kind: textOf(row, 'expiration_type', 60),
    recordType: textOf(row, 'expirationable_type', 60) ?? textOf(row, 'resource_type', 60),
    recordId: wholeOf(row, 'expirationable_id') ?? wholeOf(row, 'resource_id'),
  }),
  limits: listLimits,
});
