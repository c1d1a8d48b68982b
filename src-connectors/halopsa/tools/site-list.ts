// site_list: the customer's places.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { listLimits } from '../limits.ts';
import { siteFrom, siteMembers, siteOwner } from '../site.ts';

export const siteList = listTool({
  connector: 'halopsa',
  name: 'site_list',
  title: 'List sites',
  description:
    "Lists the bound customer's sites (locations) in HaloPSA, at most 50 a page: id, name, phone, notes. The id is what ticket_create " +
    `and contact_create take. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject(siteMembers),
  owner: siteOwner,
  ownerParameter: 'client_id',
  request: () => ({ path: '/Site' }),
  rows: 'sites',
  project: siteFrom,
  limits: listLimits,
});
