// website_list: the customer's watched websites. Hudu lists everybody's (hudu.md §3.6), so all are looked through.
// `headers` stay out: they carry whatever a monitor signs in with.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet, textOf, wholeOf } from '../../row.ts';
import { bodyOf } from '../article.ts';
import { RecordId } from '../ids.ts';
import { scanLimits, scanPageSize } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

export const websiteList = listTool({
  connector: 'hudu',
  name: 'website_list',
  title: 'List websites',
  description:
    "Lists the bound customer's websites in Hudu with their monitoring, at most 100 a page: id, address, status, whether it is up, " +
    `whether watching is paused, and notes. When they run out is in expiration_list. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject({
    id: RecordId,
    website: z.string().max(500),
    status: z.string().max(60).optional(),
    monitoring: z.string().max(60).optional(),
    httpStatus: z.int().min(0).max(999).optional(),
    isPaused: z.boolean(),
    isArchived: z.boolean(),
    notes: z.string().max(2000).optional(),
  }),
  owner: companyOwned,
  scan: { mostPages: 20 },
  request: () => ({ path: '/websites', pageSize: scanPageSize }),
  rows: '',
  project: (row) => ({
    id: wholeOf(row, 'id') ?? 0,
    website: textOf(row, 'name', 500) ?? '',
    status: textOf(row, 'status', 60),
    monitoring: textOf(row, 'monitoring_status', 60),
    httpStatus: codeOf(wholeOf(row, 'code')),
    isPaused: isSet(row, 'paused'),
    isArchived: isSet(row, 'archived'),
    notes: bodyOf(row, 'notes', 2000),
  }),
  limits: scanLimits,
});

const codeOf = (code: number | undefined): number | undefined => (code === undefined || code > 999 ? undefined : code);
