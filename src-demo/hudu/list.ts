// GET of a list (hudu.md §2): filters, paging, envelope. What the vendor does not know it ignores, and what is not narrowed
// by the caller comes from every company. The caller's query is untrusted.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import type { Query } from '../vendor/query.ts';
import { rowTexts } from '../vendor/rows.ts';
import { isUnfilterable, kinds } from './kinds.ts';
import { invalid } from './refusal.ts';
import type { HuduKind, HuduRow } from './records.ts';
import { viewOf } from './views.ts';
import type { Call, World } from './world.ts';
import { forbidden } from './world.ts';

type Test = (row: HuduRow) => boolean;

const hiddenWhenArchived: readonly HuduKind[] = ['companies', 'assets', 'websites'];
const mostRows = 1000;

export function listRows(world: World, kind: HuduKind, { query }: Call): Answer {
  if (kind === 'matchers' && query.whole('integration_id') === 0) return invalid('integration_id is required');
  // A key for some companies could not read the layouts (§1).
  if (kind === 'asset_layouts' && world.faults.key.companyIds !== null) return forbidden(world);
  const asked = world.faults.ignoreCompanyFilter ? 0 : query.whole('company_id');
  return listOf(world, kind, query, { asked: kinds[kind].filters.includes('company_id') ? asked : 0 });
}

/** `/companies/{id}/assets`: the path is the filter. */
export function listCompanyAssets(world: World, company: number, { query }: Call): Answer {
  return listOf(world, 'assets', query, { asked: world.faults.ignoreCompanyFilter ? 0 : company });
}

type Asked = { /** 0 is everyone. */ readonly asked: number };

function listOf(world: World, kind: HuduKind, query: Query, { asked }: Asked): Answer {
  const { store, faults } = world;
  const { list, owner, filters, search, isPaged } = kinds[kind];
  const known = filters.filter((name) => name !== 'company_id');
  const tests = [...known.flatMap((name) => testOf(name, query, search)), ...archivedTests(world, kind, query)];
  const found = candidates(world, kind, asked)
    .filter((row) => isInScope(world, kind, row))
    .filter((row) => tests.every((test) => test(row)));
  const texts = rowTexts<HuduRow>(faults, {
    rows: isPaged && faults.hugePage === 0 ? pageOf(found, query) : found,
    text: (row) => store.text(row, () => JSON.stringify(viewOf(world, kind, row))),
    view: (row) => viewOf(world, kind, row),
    owner: owner === 'id' ? null : owner,
    ownerName: 'company_name',
    asked: askedOwner(world, kind, query, asked),
    everyone: () => store.table(kind).all(),
  });
  const rows = `[${texts.join(',')}]`;
  return jsonAnswer(200, list === null ? rows : `{"${list}":${rows}}`);
}

/** Whether a key for some companies sees the row. Global rows and, so it is feared, unfilterable lists are for all. */
export function isInScope({ store, faults }: World, kind: HuduKind, row: HuduRow): boolean {
  const scope = faults.key.companyIds;
  if (scope === null) return true;
  if (isUnfilterable(kind) && faults.keyScopeLeaks) return true;
  if (kind === 'companies') return scope.includes(Number(row.id));
  const holder = kind === 'procedure_tasks' ? procedureOf(store, row)?.company_id : row.company_id;
  return holder === null || (holder !== undefined && scope.includes(holder));
}

/** Tasks have no owner of their own: the filter goes through their procedure (§3.7). */
function candidates({ store, faults }: World, kind: HuduKind, asked: number): readonly HuduRow[] {
  const table = store.table(kind);
  if (asked === 0) return table.all();
  if (kind === 'procedure_tasks') return table.all().filter((row) => procedureOf(store, row)?.company_id === asked);
  const own = table.of('company', asked);
  if (kind !== 'articles' || !faults.globalArticles) return own;
  return table.all().filter((row) => row.company_id === asked || row.company_id === null);
}

function procedureOf(store: World['store'], row: HuduRow): HuduRow | undefined {
  return store.table('procedures').get(Number(row['procedure_id']));
}

/** Whose rows the caller wants, in the terms of the kind's owner member: only then are foreign ones foreign. */
function askedOwner(world: World, kind: HuduKind, query: Query, asked: number): number | null {
  if (kind !== 'procedure_tasks') return asked === 0 ? null : asked;
  const procedure = query.whole('procedure_id');
  return procedure > 0
    ? procedure
    : asked === 0
      ? null
      : Number(world.store.table('procedures').of('company', asked)[0]?.id ?? 0);
}

function archivedTests({ faults }: World, kind: HuduKind, query: Query): Test[] {
  if (query.has('archived') && kinds[kind].filters.includes('archived')) return [];
  const mode = faults.archivedInLists;
  const isHidden = mode === 'hidden' || (mode === 'mixed' && hiddenWhenArchived.includes(kind));
  return isHidden ? [(row) => row.archived !== true] : [];
}

function testOf(name: string, query: Query, search: readonly string[]): Test[] {
  if (!query.has(name)) return [];
  const wanted = query.text(name).trim().toLowerCase();
  switch (name) {
    case 'search':
      return [(row) => search.some((member) => textOf(row[member]).includes(wanted))];
    case 'updated_at':
      return [timeTest(wanted)];
    case 'in_company':
      return [(row) => (row.company_id !== null) === (wanted === 'true')];
    case 'type':
      return wanted === 'all' ? [] : [(row) => (typeof row['parent_process_id'] === 'number') === (wanted === 'run')];
    case 'process_scope':
      return [(row) => (row.company_id === null) === (wanted === 'global')];
    case 'id_in_integration':
      return [(row) => integrationIds(row).includes(wanted)];
    case 'start_date':
      return [(row) => textOf(row['created_at']) >= wanted];
    case 'resource_type':
      return [(row) => textOf(row['expirationable_type'] ?? row['record_type']) === wanted];
    case 'resource_id':
      return [(row) => textOf(row['expirationable_id'] ?? row['record_id']) === wanted];
    case 'archived':
    case 'draft':
    case 'enable_sharing':
      return [(row) => (row[name] === true) === (wanted === 'true')];
    default:
      return [(row) => textOf(row[name]) === wanted];
  }
}

/** One exact time, or `start,end` with either left out. */
function timeTest(wanted: string): Test {
  const [start = '', end] = wanted.split(',');
  return (row) => {
    const at = textOf(row['updated_at']);
    return end === undefined ? at === start : at >= start && (end === '' || at <= end);
  };
}

function integrationIds(row: HuduRow): string[] {
  const integrations = row['integrations'];
  if (!Array.isArray(integrations)) return [];
  return integrations.map((one: Record<string, unknown>) => textOf(one['sync_id'] ?? one['identifier']));
}

/** The documented page sizes: 25, at most 1000 (§2). */
function pageOf(rows: readonly HuduRow[], query: Query): readonly HuduRow[] {
  const size = Math.min(query.whole('page_size') || 25, mostRows);
  const number = query.whole('page') || 1;
  return rows.slice((number - 1) * size, number * size);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
}
