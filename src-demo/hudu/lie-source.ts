// What Hudu's records are to a liar (../vendor/lie.ts). Trusts the store.
import type { Random } from '../random.ts';
import type { LieCall, LieSource } from '../vendor/lie.ts';
import type { View } from '../vendor/rows.ts';
import { kinds } from './kinds.ts';
import type { HuduKind } from './records.ts';
import { huduKinds } from './store.ts';
import type { Site } from './views.ts';
import { viewOf } from './views.ts';

const owners = [
  'company_id',
  'procedure_id',
  'fromable_id',
  'toable_id',
  'uploadable_id',
  'record_id',
  'flagable_id',
  'labelable_id',
];

export function huduLies(site: Site): LieSource {
  return {
    owners,
    nests: ['fields', 'cards', 'public_photos', 'procedure_tasks_attributes', 'integrations', 'asset', 'data'],
    areOwners: (call) => kindOf(call) === 'companies',
    asked: ({ path, query }) => {
      const inPath = Number(/\/companies\/(\d+)\/assets/.exec(path)?.[1] ?? 0);
      const asked = [
        ['company_id', inPath || query.whole('company_id')],
        ['procedure_id', query.whole('procedure_id')],
      ] as const;
      return Object.fromEntries(asked.filter(([, value]) => value > 0));
    },
    anyone: (call, random) => anyone(site, kindOf(call), random),
  };
}

/** `/api/v1/companies/12/assets/301` is of `assets`, `/api/v1/articles/8` of `articles`. */
function kindOf({ path }: LieCall): HuduKind | undefined {
  const [first, , below] = path.split('/').slice(3);
  return huduKinds.find((kind) => kind === (below === 'assets' ? below : first));
}

/** Records of kinds without owner are nobody's, or lead to nobody. */
function anyone(site: Site, kind: HuduKind | undefined, random: Random): View | undefined {
  if (kind === undefined || kinds[kind].owner === null || kind === 'users') return undefined;
  const rows = site.store.table(kind).all();
  return rows.length === 0 ? undefined : viewOf(site, kind, random.pick(rows));
}
