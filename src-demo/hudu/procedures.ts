// POST /procedures/{id}/duplicate, /create_from_template and /kickoff (hudu.md §3.7): the target customer or asset is a free
// query parameter, whoever owns the process. The caller's query is untrusted.
import type { Answer } from '../vendor/answer.ts';
import { recordAnswer } from './read.ts';
import type { HuduRow } from './records.ts';
import { invalid, missing } from './refusal.ts';
import type { Call, World } from './world.ts';
import { forbidden, vendorTime } from './world.ts';

/** What POST on a procedure may be followed by; null for anything else. */
export function runProcedure(world: World, source: HuduRow, command: string, { query }: Call): Answer | null {
  switch (command) {
    case 'duplicate':
    case 'create_from_template':
      return copyTo(world, source, query.whole('company_id'));
    case 'kickoff':
      return kickOff(world, source, query.whole('asset_id'), query.text('name'));
    default:
      return null;
  }
}

function copyTo(world: World, source: HuduRow, company: number): Answer {
  if (company === 0) return invalid('company_id is required');
  if (world.store.company(company) === undefined) return missing;
  if (world.faults.key.companyIds?.includes(company) === false) return forbidden(world);
  const copy = copyOf(world, source, { company_id: company, name: `${source.name ?? ''} (copy)` });
  return recordAnswer(world, 'procedures', copy, 200);
}

/** A run of the process. It belongs to the process's company; the asset is taken as it comes. */
function kickOff(world: World, source: HuduRow, assetId: number, name: string): Answer {
  const asset = world.store.table('assets').get(assetId);
  if (assetId > 0 && asset === undefined) return missing;
  const run = copyOf(world, source, {
    company_id: source.company_id ?? asset?.company_id ?? null,
    name: name || (source.name ?? ''),
    parent_process_id: source.id,
    status: 'in_progress',
    asset: asset === undefined ? null : { id: asset.id, name: asset.name, company_id: asset.company_id },
  });
  return recordAnswer(world, 'procedures', run, 200);
}

function copyOf({ store, ...world }: World, source: HuduRow, change: Partial<HuduRow>): HuduRow {
  const at = vendorTime({ store, ...world });
  const { slug: _slug, ...members } = source;
  const copy: HuduRow = {
    ...members,
    ...change,
    id: store.table('procedures').nextId(),
    created_at: at,
    updated_at: at,
  };
  store.put('procedures', copy);
  for (const task of store.table('procedure_tasks').of('procedure', Number(source.id))) {
    const id = store.table('procedure_tasks').nextId();
    store.put('procedure_tasks', { ...task, id, procedure_id: Number(copy.id), completed: false });
  }
  return copy;
}
