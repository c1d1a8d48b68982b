// procedure_list: the customer's processes and the runs of them. Global templates are nobody's and are left out
// (hudu.md §5 row 6).
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';
import { isRun, procedureFrom, procedureMembers } from '../procedure.ts';

export const procedureList = listTool({
  connector: 'hudu',
  name: 'procedure_list',
  title: 'List processes',
  description:
    "Lists the bound customer's processes (checklists) in Hudu, or the runs of them that were started, at most 100 a page: id, " +
    'name, status, how much is done. Global templates and archived ones are not included. Use procedure_get for the tasks and ' +
    `procedure_start to begin a run. ${untrusted}`,
  risk: 'read',
  input: { kind: z.enum(['process', 'run']).default('process').describe('Processes to follow, or runs in progress.') },
  record: z.strictObject(procedureMembers),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: ({ kind }) => ({ path: '/procedures', query: { type: kind } }),
  rows: 'procedures',
  wants: (row, { kind }) => !isSet(row, 'archived') && isRun(row) === (kind === 'run'),
  project: procedureFrom,
  limits: listLimits,
});
