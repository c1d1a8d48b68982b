// ticket_option_list: the MSP's statuses, priorities, types, categories, teams and agents, for the arguments of writes.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { RecordId } from '../ids.ts';
import { listLimits } from '../limits.ts';
import { optionFrom, optionKinds, optionSources } from '../option.ts';

const kinds = z.enum(optionKinds);

export const ticketOptionList = listTool({
  connector: 'halopsa',
  name: 'ticket_option_list',
  title: 'List ticket options',
  description:
    'Lists what a ticket may be set to in HaloPSA, one kind at a time: statuses, priorities, ticket types, categories, teams or ' +
    'agents (the technicians). Answers with kind, id and name; the same for every customer, and no data of the bound customer. ' +
    `Use the ids with ticket_create, ticket_update and ticket_assign. ${untrusted}`,
  risk: 'read',
  input: { kind: kinds.describe('Which options to list.') },
  record: z.strictObject({ kind: kinds, id: RecordId, name: z.string().max(200) }),
  // Priorities have no number for an id, so rows are told apart by their place.
  owner: { catalogue: { mustLack: ['client_id', 'client.id', 'site_id', 'user_id'] }, id: null },
  request: ({ kind }) => ({ path: optionSources[kind].path, isUnpaged: true }),
  rows: ({ kind }) => optionSources[kind].rows,
  wants: (row, { kind }) => optionFrom(row, kind) !== undefined,
  project: (row, _names, { kind }) => ({ kind, ...(optionFrom(row, kind) ?? { id: 0, name: '' }) }),
  limits: listLimits,
});
