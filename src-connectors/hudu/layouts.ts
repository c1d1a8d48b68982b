// What Hudu's asset layouts say of their fields: "BIOS password" of layout 7 is a Password. Shared definitions, no
// customer's (hudu.md §3.10), so they are kept for a while in this worker. A key for one company may not read them (§1):
// then nothing is known and fields.ts judges by the labels alone.
import { canonicalId, isRow, memberOf, type Row, textOf } from '../row.ts';
import type { Names, Powers, ToolCall, Vendor } from '../vendor.ts';

/** `names['fieldType']` holds the type of a field by `fieldKey`. */
export function layoutNames({ page }: Pick<Vendor, 'page'>, now: Powers['now']): Vendor['names'] {
  let known: Promise<Names> | undefined;
  let goodUntil = 0;
  return (call) => {
    if (known !== undefined && now() < goodUntil) return known;
    goodUntil = now() + keptMs;
    known = readTypes(page, call).catch(() => {
      goodUntil = now() + retryMs;
      return {};
    });
    return known;
  };
}

/** The type of a field of an asset, in lower case; undefined when the layouts could not be read. */
export function fieldTypeOf(names: Names, asset: Row, label: string): string | undefined {
  const layout = canonicalId(memberOf(asset, 'asset_layout_id'));
  return layout === undefined ? undefined : names['fieldType']?.get(fieldKey(layout, label));
}

async function readTypes(page: Vendor['page'], call: ToolCall): Promise<Names> {
  const fieldType = new Map<string, string>();
  for (let at = 1; at <= mostPages; at += 1) {
    const { rows, isFull } = await page({ path: '/asset_layouts' }, 'asset_layouts', at, call);
    for (const layout of rows.filter(isRow)) addFields(fieldType, layout);
    if (!isFull) break;
  }
  return { fieldType };
}

function addFields(types: Map<string, string>, layout: Row): void {
  const id = canonicalId(layout['id']);
  const fields = memberOf(layout, 'fields');
  if (id === undefined || !Array.isArray(fields)) return;
  for (const field of fields.filter(isRow)) {
    const label = textOf(field, 'label', 200);
    const type = textOf(field, 'field_type', 40)?.toLowerCase();
    if (label === undefined || type === undefined) continue;
    const key = fieldKey(id, label);
    // Two fields of one label: the one that is a secret counts.
    if (!secretTypes.has(types.get(key) ?? '')) types.set(key, type);
  }
}

const fieldKey = (layout: string, label: string): string => `${layout}/${label.toLowerCase()}`;

export const secretTypes: ReadonlySet<string> = new Set(['password', 'confidentialtext']);

const mostPages = 10;
const keptMs = 10 * 60_000;
const retryMs = 30_000;
