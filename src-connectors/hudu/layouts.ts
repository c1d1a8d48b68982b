// What Hudu's asset layouts say of their fields: "BIOS password" of layout 7 is a Password. Shared definitions, no
// customer's (hudu.md §3.10), so they are kept for a while in this worker. A key for one company may not read them (§1):
// then nothing is known and fields.ts judges by the labels alone. Any other failure is the call's own, because whoever
// calls can bring one about, and must not be able to choose that less is known.
import { Fault } from '../../src-shared/fault.ts';
import { canonicalId, isRow, memberOf, type Row, textOf } from '../row.ts';
import type { Names, Powers, ToolCall, Vendor } from '../vendor.ts';

/**
 * `names['fieldType']` holds the type of a field by `fieldKey`, and is absent when the key may not read the layouts and
 * never could. Faults: the vendor's.
 */
export function layoutNames({ page }: Pick<Vendor, 'page'>, now: Powers['now']): Vendor['names'] {
  let known: Names | undefined;
  let goodUntil = 0;
  return async (call) => {
    if (known !== undefined && now() < goodUntil) return known;
    // Calls share what was read and never the reading: one that is given up takes no other with it.
    const read = await readTypes(page, call);
    known = read ?? known ?? {};
    goodUntil = now() + (read === undefined ? retryMs : keptMs);
    return known;
  };
}

/** The type of a field of an asset, in lower case; undefined when no layout could be read. */
export function fieldTypeOf(names: Names, asset: Row, label: string): string | undefined {
  const types = names['fieldType'];
  if (types === undefined) return undefined;
  const layout = canonicalId(memberOf(asset, 'asset_layout_id'));
  return (layout === undefined ? undefined : types.get(fieldKey(layout, label))) ?? undeclared;
}

/** Undefined when the key may not read them. */
async function readTypes(page: Vendor['page'], call: ToolCall): Promise<Names | undefined> {
  const fieldType = new Map<string, string>();
  for (let at = 1; at <= mostPages; at += 1) {
    const found = await page({ path: '/asset_layouts', page: at }, 'asset_layouts', call).catch((thrown: unknown) => {
      const isForbidden = thrown instanceof Fault && thrown.code === 'CREDENTIAL_UNAVAILABLE';
      if (at > 1 || !isForbidden || call.signal.aborted) throw thrown;
      return undefined;
    });
    if (found === undefined) return undefined;
    for (const layout of found.rows.filter(isRow)) addFields(fieldType, layout);
    if (!found.isFull) break;
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

/** A field that no layout names, though they could be read: one added since, or one that is not what it seems. */
const undeclared = 'undeclared';

export const secretTypes: ReadonlySet<string> = new Set(['password', 'confidentialtext', undeclared]);

const mostPages = 10;
const keptMs = 10 * 60_000;
const retryMs = 30_000;
