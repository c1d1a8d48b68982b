// Whose each record of the demo data is, by the file alone: the judge of what a tool answered.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoData } from '../../src-demo/demo-data.ts';

export const demoFile = join(import.meta.dirname, '../../demo/northway.json');
export const demoData = JSON.parse(readFileSync(demoFile, 'utf8')) as DemoData;

type Kind = 'tickets' | 'users' | 'assets' | 'clients';
const halo = demoData.vendors.halopsa;
if (!halo) throw new Error('the demo data has no HaloPSA');

const owners: Record<Kind, Map<number, number | undefined>> = {
  tickets: ownersOf(halo.tickets),
  users: ownersOf(halo.users),
  assets: ownersOf(halo.assets),
  clients: new Map(halo.clients.map(({ id }) => [id, id])),
};

function ownersOf(rows: readonly { id: number; client_id?: unknown }[]): Map<number, number | undefined> {
  return new Map(rows.map(({ id, client_id: owner }) => [id, typeof owner === 'number' ? owner : undefined]));
}

/** The vendor's id of a customer. */
export function clientIdOf(code: string): number {
  const id = demoData.customers.find((customer) => customer.code === code)?.vendors['halopsa'];
  if (typeof id !== 'number') throw new Error(`no such customer: ${code}`);
  return id;
}

/** Ids of a kind that are (or are not) a customer's. */
export function idsOf(kind: Kind, code: string, isTheirs = true): number[] {
  const owner = clientIdOf(code);
  return [...owners[kind]].flatMap(([id, named]) => ((named === owner) === isTheirs ? [id] : []));
}

const kinds: Readonly<Record<string, Kind>> = {
  ticket_list: 'tickets',
  ticket_search: 'tickets',
  ticket_get: 'tickets',
  contact_search: 'users',
  asset_list: 'assets',
  asset_get: 'assets',
  customer_get: 'clients',
};

/** Every record (nested ones too) of an answer that is not the answer's own customer's, as `kind id of owner`. */
export function crossings(tool: string, content: Readonly<Record<string, unknown>>): string[] {
  const code = String(content['customer']);
  const owner = clientIdOf(code);
  const kind = kinds[tool];
  if (!kind) throw new Error(`no kind for ${tool}`);
  const found: string[] = [];
  const judge = (of: Kind, row: unknown): void => {
    const { id } = row as { id: number };
    const named = owners[of].get(id);
    if (named !== owner) found.push(`${of} ${id} of ${named} in an answer about ${code}`);
  };
  for (const record of content['records'] as Record<string, unknown>[]) {
    judge(kind, record);
    for (const ticket of [record['childTickets'], record['relatedTickets']].flat())
      if (ticket) judge('tickets', ticket);
    for (const asset of [record['assets']].flat()) if (asset) judge('assets', asset);
  }
  return found;
}
