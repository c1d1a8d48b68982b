// GET of one record: any id, whoever owns it (hudu.md §5 row 2), except where the key or the path says otherwise.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import type { View } from '../vendor/rows.ts';
import { ownerDropped } from '../vendor/rows.ts';
import { kinds } from './kinds.ts';
import { isInScope } from './list.ts';
import type { HuduKind, HuduRow } from './records.ts';
import { missing } from './refusal.ts';
import { viewOf } from './views.ts';
import type { World } from './world.ts';
import { forbidden } from './world.ts';

export function readRow(world: World, kind: HuduKind, id: string): Answer {
  if (kind === 'asset_layouts' && world.faults.key.companyIds !== null) return forbidden(world);
  const row = rowOf(world, kind, id);
  return row === undefined ? missing : recordAnswer(world, kind, row, 200);
}

/** A record that the key may see, by the id in a path. */
export function rowOf(world: World, kind: HuduKind, id: string): HuduRow | undefined {
  const table = world.store.table(kind);
  const row = table.get(id) ?? (/^\d{1,10}$/.test(id) ? table.get(Number(id)) : undefined);
  return row !== undefined && isInScope(world, kind, row) ? row : undefined;
}

/** The asset of `/companies/{company}/assets/{id}`, or undefined when the two disagree and that matters. */
export function companyAsset(world: World, company: number, id: string): HuduRow | undefined {
  const row = rowOf(world, 'assets', id);
  if (row === undefined || row.company_id === company) return row;
  return world.faults.assetPathMismatch === 200 ? row : undefined;
}

export function recordAnswer(world: World, kind: HuduKind, row: HuduRow, status: number): Answer {
  const { owner } = kinds[kind];
  const view = viewOf(world, kind, row);
  return wrappedAnswer(kind, owner === null || owner === 'id' ? view : ownerDropped(world.faults, view, owner), status);
}

function wrappedAnswer(kind: HuduKind, view: View, status: number): Answer {
  const { single } = kinds[kind];
  return jsonAnswer(status, JSON.stringify(single === null ? view : { [single]: view }));
}
