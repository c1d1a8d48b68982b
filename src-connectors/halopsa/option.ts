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

/** What the option with this id is called. Fault: INVALID_ARGUMENTS when there is none. */
export async function nameOfOption(kind: OptionKind, id: number, vendor: Vendor, call: ToolCall): Promise<string> {
  const { path, rows } = optionSources[kind];
  for (const row of await vendor.rows({ path }, rows, call)) {
    const option = isRow(row) ? optionFrom(row, kind) : undefined;
    if (option?.id === id) return option.name;
  }
  throw new Fault('INVALID_ARGUMENTS', `There is no ${kind} with the id ${id}. Use ticket_option_list.`);
}
