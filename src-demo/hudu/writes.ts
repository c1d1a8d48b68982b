// POST, PUT and DELETE of records (hudu.md §3). Nothing checks owners: `company_id` in a body moves a record to another
// customer, a missing one publishes an article to all (§5 rows 6, 7). Bodies are untrusted; only what would break the
// emulator is refused.
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer } from '../vendor/answer.ts';
import type { Json } from '../vendor/json.ts';
import { isRecord, parseJson } from '../vendor/json.ts';
import { customFields } from './custom-fields.ts';
import { kinds } from './kinds.ts';
import { isInScope } from './list.ts';
import { recordAnswer } from './read.ts';
import type { HuduKind, HuduRow } from './records.ts';
import { invalid } from './refusal.ts';
import { viewOf } from './views.ts';
import type { World } from './world.ts';
import { forbidden, vendorTime } from './world.ts';

/** Documented as bare replies to POST, met as wrapped ones too (§2.1). */
const barePosts: readonly HuduKind[] = ['articles', 'companies', 'assets', 'procedures'];
/** What the vendor computes and no body sets. */
const computed = [
  'id',
  'slug',
  'url',
  'full_url',
  'share_url',
  'company_name',
  'created_at',
  'updated_at',
  'custom_fields',
];

/** `bound` are members the path decides. */
export function createRow(world: World, kind: HuduKind, body: Buffer, bound: Json = {}): Answer {
  const draft = draftOf(kind, body);
  if (draft === null) return invalid(`param is missing or the value is empty: ${wrapperOf(kind)}`);
  const wanting = kinds[kind].needs.filter((name) => isBlank({ ...draft, ...bound }[name]));
  if (wanting.length > 0)
    return invalid(
      'Validation failed',
      wanting.map((name) => `${name} can't be blank`),
    );
  const at = vendorTime(world);
  const made = { id: world.store.table(kind).nextId(), ...owned(kind), created_at: at };
  const saved = save(world, kind, made, { ...draft, ...bound });
  if ('answer' in saved) return saved.answer;
  const { row } = saved;
  if (!barePosts.includes(kind)) return recordAnswer(world, kind, row, 201);
  const status = kind === 'articles' ? 200 : 201;
  if (world.faults.wrappedPost) return recordAnswer(world, kind, row, status);
  return jsonAnswer(status, JSON.stringify(viewOf(world, kind, row)));
}

export function updateRow(world: World, kind: HuduKind, before: HuduRow, body: Buffer): Answer {
  const draft = draftOf(kind, body);
  if (draft === null) return invalid(`param is missing or the value is empty: ${wrapperOf(kind)}`);
  const saved = save(world, kind, before, draft);
  return 'answer' in saved ? saved.answer : recordAnswer(world, kind, saved.row, 200);
}

export function archiveRow(world: World, kind: HuduKind, before: HuduRow, archived: boolean): Answer {
  const after = { ...before, archived, updated_at: vendorTime(world) };
  world.store.put(kind, after);
  return recordAnswer(world, kind, after, 200);
}

export function deleteRow(world: World, kind: HuduKind, row: HuduRow): Answer {
  world.store.remove(kind, row.id);
  if (kind !== 'procedures' && kind !== 'procedure_tasks') return emptyAnswer(204);
  return jsonAnswer(200, JSON.stringify({ message: 'Deleted' }));
}

type Saved = { readonly row: HuduRow } | { readonly answer: Answer };

function save(world: World, kind: HuduKind, before: HuduRow, draft: Json): Saved {
  const members = Object.fromEntries(Object.entries(draft).filter(([name]) => !computed.includes(name)));
  const owner = members['company_id'];
  if (owner !== undefined && owner !== null && world.store.company(owner) === undefined)
    return { answer: invalid('Validation failed', ['Company must exist']) };
  const after: HuduRow = { ...before, ...members, id: before.id, updated_at: vendorTime(world) };
  const fields = kind === 'assets' ? customFields(world.store, after, draft['custom_fields']) : {};
  if ('unknown' in fields) return { answer: invalid('Invalid custom fields', fields.unknown) };
  const row = { ...after, ...fields };
  if (!isInScope(world, kind, row)) return { answer: forbidden(world) };
  world.store.put(kind, row);
  return { row };
}

/** Owned kinds are global when nobody says otherwise. */
function owned(kind: HuduKind): Json {
  return kinds[kind].filters.includes('company_id') && kind !== 'procedure_tasks' ? { company_id: null } : {};
}

function draftOf(kind: HuduKind, body: Buffer): Json | null {
  const given = parseJson(body.toString());
  if (!isRecord(given)) return null;
  const draft = given[wrapperOf(kind)];
  return isRecord(draft) ? draft : null;
}

/** Writes are wrapped in every kind, also where reads are bare. */
function wrapperOf(kind: HuduKind): string {
  return kinds[kind].single ?? kind.replace(/(ss)es$|s$/, '$1');
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
