// procedure_get: one process or run with its tasks. Tasks name no owner, only their process (hudu.md §3.7), so each is proven
// by that; their descriptions come in base64.
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { isSet, memberOf, type Row, textOf, wholeOf } from '../../row.ts';
import { bodyOf } from '../article.ts';
import { dateOf, HuduDate } from '../date.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';
import { procedureFrom, procedureMembers, procedureRequest, procedureTarget } from '../procedure.ts';

const Task = z.strictObject({
  id: RecordId,
  name: z.string().max(500),
  description: z.string().max(4000).optional(),
  isDone: z.boolean(),
  dueAt: HuduDate.optional(),
});

export const procedureGet = oneTool({
  connector: 'hudu',
  name: 'procedure_get',
  title: 'Read a process',
  description:
    'Reads one process or run of the bound customer in Hudu by its id: description and its tasks in order, with what is done. ' +
    `Nothing comes back when the id is not this customer's. ${untrusted}`,
  risk: 'read',
  input: { id: RecordId.describe('The id, from procedure_list or procedure_start.') },
  record: z.strictObject({
    ...procedureMembers,
    description: z.string().max(8000).optional(),
    tasks: z.array(Task).max(300),
  }),
  owner: companyOwned,
  target: { ...procedureTarget, id: ({ id }) => id, request: ({ id }) => procedureRequest(id) },
  joins: {
    tasks: {
      request: ({ id }) => ({ path: '/procedure_tasks', query: { procedure_id: id } }),
      key: 'procedure_tasks',
      ownerParameter: 'company_id',
      proof: { reference: 'procedure_id', isNumberedWithin: false },
    },
  },
  project: (row, { tasks = [] }) => ({
    ...procedureFrom(row),
    description: bodyOf(row, 'description', 8000),
    tasks: tasks.toSorted(inOrder).slice(0, 300).map(taskFrom),
  }),
  limits: oneLimits,
});

const inOrder = (one: Row, other: Row): number =>
  (wholeOf(one, 'position') ?? 0) - (wholeOf(other, 'position') ?? 0) ||
  (wholeOf(one, 'id') ?? 0) - (wholeOf(other, 'id') ?? 0);

function taskFrom(row: Row): z.input<typeof Task> {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 500) ?? '',
    description: bodyOf({ text: decoded(memberOf(row, 'description')) }, 'text', 4000),
    isDone: isSet(row, 'completed'),
    dueAt: dateOf(row, 'due_date'),
  };
}

/** Base64 where it is that; some versions send the text itself. */
function decoded(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  const packed = text.replace(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return text;
  const bytes = Buffer.from(packed, 'base64');
  const plain = bytes.toString('utf8');
  return Buffer.from(plain, 'utf8').equals(bytes) ? plain : text;
}
