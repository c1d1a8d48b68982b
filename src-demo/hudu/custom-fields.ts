// `custom_fields` of an asset write (hudu.md §3.2): `[{"operating_system":"Windows"}]`, by the layout's labels in snake case.
// The vendor refuses a label it does not know and silently drops `{asset_layout_field_id, value}`. The value is untrusted.
import { isRecord } from '../vendor/json.ts';
import type { HuduRow } from './records.ts';
import type { HuduStore } from './store.ts';

type LayoutField = { readonly id: number; readonly label: string; readonly position?: number };

/** The asset's `fields` after the write; nothing when there is nothing to change; or the labels that do not exist. */
export function customFields(
  store: HuduStore,
  asset: HuduRow,
  given: unknown,
): { readonly fields?: readonly object[] } | { readonly unknown: readonly string[] } {
  if (!Array.isArray(given)) return {};
  const layout = store.table('asset_layouts').get(Number(asset['asset_layout_id']));
  const known = new Map(((layout?.['fields'] ?? []) as LayoutField[]).map((field) => [snake(field.label), field]));
  const values = given
    .filter(isRecord)
    .filter((one) => !('asset_layout_field_id' in one))
    .flatMap((one) => Object.entries(one));
  const unknown = values.map(([label]) => label).filter((label) => !known.has(label));
  if (unknown.length > 0) return { unknown };
  const fields = new Map(((asset['fields'] ?? []) as LayoutField[]).map((field) => [field.label, field]));
  for (const [label, value] of values) {
    const field = known.get(label);
    if (field !== undefined)
      fields.set(field.label, { ...fields.get(field.label), ...served(field), value } as LayoutField);
  }
  return { fields: [...fields.values()] };
}

function served({ id, label, position = 1 }: LayoutField): object {
  return { id, label, position };
}

function snake(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
