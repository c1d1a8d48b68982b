// procedure_start: begins a run of one of the customer's processes, for the company or for one of its assets. The vendor
// takes any asset of anyone (hudu.md §5 row 7), so that is proven first, and the run it answers with must be the customer's.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { assetRequest, assetTarget } from '../asset.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { isRun, procedureFrom, procedureRequest, procedureTarget } from '../procedure.ts';

export const procedureStart = changeTool({
  connector: 'hudu',
  name: 'procedure_start',
  title: 'Start a process',
  description:
    "Starts a run of one of the bound customer's processes in Hudu, for the company or for one of its assets. The process itself " +
    'stays as it is. Answers with the id of the run, which procedure_get opens. Not repeatable safely: a second call starts a ' +
    'second run; after an error look with procedure_list, kind `run`.',
  risk: 'write',
  input: {
    id: RecordId.describe('The process, from procedure_list.'),
    assetId: RecordId.optional().describe('The asset it is for, from hudu_asset_list. Leave out for the company.'),
  },
  record: z.strictObject({ runId: RecordId, name: z.string().max(300) }),
  owner: companyOwned,
  target: { ...procedureTarget, id: ({ id }) => id, request: ({ id }) => procedureRequest(id) },
  references: [
    {
      target: { ...assetTarget, id: ({ assetId = 0 }) => assetId, request: ({ assetId = 0 }) => assetRequest(assetId) },
      owner: companyOwned,
      isNamed: ({ assetId }) => assetId !== undefined,
    },
  ],
  async prepare({ row = {} }) {
    if (isRun(row)) throw new Fault('INVALID_ARGUMENTS', 'This is a run already. Start the process it was made from.');
  },
  path: ({ id }) => `/procedures/${id}/kickoff`,
  query: ({ assetId }) => (assetId === undefined ? {} : { asset_id: assetId }),
  key: 'procedure',
  saved: companyOwned,
  element: null,
  build: () => ({}),
  confirm: (saved, { input }) => {
    const { id, name } = procedureFrom(saved);
    return id !== 0 && id !== input.id ? { runId: id, name } : undefined;
  },
  limits: changeLimits,
});
