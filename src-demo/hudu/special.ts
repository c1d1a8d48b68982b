// The paths that are no plain collection (hudu.md §3.10): cards and companies found by a foreign id, dashboards found by a
// customer's name, exports of everything, and the audit trail that can be erased. None asks whose records it touches.
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer } from '../vendor/answer.ts';
import type { Json } from '../vendor/json.ts';
import { isRecord, parseJson, textOf } from '../vendor/json.ts';
import type { Query } from '../vendor/query.ts';
import { recordAnswer } from './read.ts';
import type { HuduRow } from './records.ts';
import { invalid, missing } from './refusal.ts';
import { slugOf, viewOf } from './views.ts';
import type { Call, World } from './world.ts';
import { forbidden, vendorTime } from './world.ts';

/** The answer of a special path, or null when it is an ordinary one. */
export function answerSpecial(world: World, call: Call): Answer | null {
  switch (`${call.method} ${call.parts.join('/')}`) {
    case 'GET api_info':
      return jsonAnswer(200, JSON.stringify({ version: '2.44.0', date: '2026-10-01' }));
    case 'GET cards/lookup':
      return lookUpCards(world, call.query);
    case 'GET companies/jump':
      return jump(world, call.query);
    case 'POST magic_dash':
      return postDash(world, call.body);
    case 'DELETE magic_dash':
      return deleteDash(world, call.query);
    case 'POST exports':
    case 'POST s3_exports':
      return startExport(world, call.body);
    case 'DELETE activity_logs':
      return eraseTrail(world, call.query);
    default:
      return null;
  }
}

/** Cards of any customer's assets by the id another system gave them; no owner in the rows. */
function lookUpCards({ store }: World, query: Query): Answer {
  const slug = query.text('integration_slug');
  if (slug === '') return invalid('integration_slug is required');
  const [id, identifier] = [query.whole('integration_id'), query.text('integration_identifier')];
  const cards = store
    .table('assets')
    .all()
    .flatMap((asset) => (asset['cards'] ?? []) as Json[])
    .filter((card) => card['integrator_name'] === slug)
    .filter((card) => (id > 0 ? card['sync_id'] === id : textOf(card['sync_identifier']) === identifier));
  return jsonAnswer(200, JSON.stringify({ integrator_cards: cards }));
}

function jump(world: World, query: Query): Answer {
  const id = query.whole('integration_id');
  const company = world.store
    .table('companies')
    .all()
    .find((row) => integrationsOf(row).some((one) => one['sync_id'] === id));
  if (company === undefined) return missing;
  return { status: 302, body: '', headers: { location: `${world.origin}/c/${slugOf('companies', company)}` } };
}

/** The customer is whoever's name is written in the body, the first one if there are two (§3.10). */
function postDash(world: World, body: Buffer): Answer {
  const draft = parseJson(body.toString());
  if (!isRecord(draft) || typeof draft['title'] !== 'string') return invalid('title is required');
  const company = companyNamed(world, draft['company_name']);
  if (company === undefined) return missing;
  const table = world.store.table('magic_dash');
  const before = table.of('company', Number(company.id)).find((row) => row['title'] === draft['title']);
  const row: HuduRow = { ...before, ...draft, id: before?.id ?? table.nextId(), company_id: Number(company.id) };
  world.store.put('magic_dash', row);
  return recordAnswer(world, 'magic_dash', row, 200);
}

function deleteDash(world: World, query: Query): Answer {
  const company = companyNamed(world, query.text('company_name'));
  const rows = world.store.table('magic_dash').of('company', Number(company?.id ?? 0));
  const row = rows.find((one) => one['title'] === query.text('title'));
  if (row === undefined) return missing;
  world.store.remove('magic_dash', row.id);
  return emptyAnswer(204);
}

function companyNamed({ store }: World, name: unknown): HuduRow | undefined {
  const wanted = textOf(name).toLowerCase();
  return store
    .table('companies')
    .all()
    .find((row) => row.name?.toLowerCase() === wanted);
}

/** Bulk exfiltration: the answer holds what a real export file would (§5 row 11). */
function startExport(world: World, body: Buffer): Answer {
  if (!world.faults.key.exports) return forbidden(world);
  const draft = parseJson(body.toString());
  const asked = isRecord(draft) && isRecord(draft['export']) ? Number(draft['export']['company_id'] ?? 0) : 0;
  const table = world.store.table('asset_passwords');
  const passwords = asked > 0 ? table.of('company', asked) : table.all();
  return jsonAnswer(
    200,
    JSON.stringify({ id: 1, passwords: passwords.map((row) => viewOf(world, 'asset_passwords', row)) }),
  );
}

function eraseTrail(world: World, query: Query): Answer {
  if (!world.faults.key.destructive) return forbidden(world);
  const before = query.text('datetime') || vendorTime(world);
  for (const row of world.store.table('activity_logs').all())
    if (textOf(row['created_at']) < before) world.store.remove('activity_logs', row.id);
  return emptyAnswer(204);
}

function integrationsOf(row: HuduRow): Json[] {
  return (row['integrations'] ?? []) as Json[];
}
