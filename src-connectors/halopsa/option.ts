// What the arguments of writes are chosen from: statuses, priorities, types, categories, teams, agents. Reference data of the
// MSP, no customer's (halopsa.md §5.11). Agents carry technicians' secrets, so of each row only id and name are looked at.
import { Fault } from '../../src-shared/fault.ts';
import { canonicalId, isRow, isSet, type Row, textOf } from '../row.ts';
import type { ToolCall, Vendor } from '../vendor.ts';

export const optionKinds = ['status', 'priority', 'type', 'category', 'team', 'agent'] as const;
export type OptionKind = (typeof optionKinds)[number];

interface Source {
  readonly path: string;
  /** Where the wrapper holds the rows; '' where the answer is the list. */
  readonly rows: string;
  readonly id: string;
  readonly name: string;
}

const bare = { rows: '', id: 'id', name: 'name' };
export const optionSources: Readonly<Record<OptionKind, Source>> = {
  status: { ...bare, path: '/Status' },
  // `id` is a GUID there, tickets refer to `priorityid` (§4.5).
  priority: { ...bare, path: '/Priority', id: 'priorityid' },
  type: { ...bare, path: '/TicketType' },
  category: { ...bare, path: '/Category', name: 'value' },
  team: { ...bare, path: '/Team' },
  agent: { ...bare, path: '/Agent', rows: 'results' },
};

/** The id and name of a row; undefined for one that is not on offer. */
export function optionFrom(row: Row, kind: OptionKind): { id: number; name: string } | undefined {
  const { id, name } = optionSources[kind];
  const number = canonicalId(row[id]);
  const text = textOf(row, name, 200);
  if (number === undefined || text === undefined || isSet(row, 'inactive')) return undefined;
  return { id: Number(number), name: text };
}

/** What the options with these ids are called; kinds without an id are left out. Fault: INVALID_ARGUMENTS when there is none. */
export async function namesOfOptions(
  ids: Readonly<Partial<Record<OptionKind, number | undefined>>>,
  vendor: Vendor,
  call: ToolCall,
): Promise<Partial<Record<OptionKind, string>>> {
  const names: Partial<Record<OptionKind, string>> = {};
  for (const kind of optionKinds) {
    const id = ids[kind];
    if (id === undefined) continue;
    const { path, rows } = optionSources[kind];
    const options = (await vendor.rows({ path }, rows, call)).filter(isRow).map((row) => optionFrom(row, kind));
    const option = options.find((one) => one?.id === id);
    if (option === undefined)
      throw new Fault('INVALID_ARGUMENTS', `There is no ${kind} with the id ${id}. Use ticket_option_list.`);
    names[kind] = option.name;
  }
  return names;
}
