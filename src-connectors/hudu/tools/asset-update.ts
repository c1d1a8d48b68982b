// hudu_asset_update: the key members and plain custom fields of one asset. Fields that are or may be a secret, that point at
// other records, or that the asset does not have are refused before anything is written.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { htmlToText, textToHtml } from '../../html-text.ts';
import { type Row, textOf } from '../../row.ts';
import type { Names } from '../../vendor.ts';
import { assetRequest, assetTarget } from '../asset.ts';
import { type Field, fieldsOf, writeName, writeObstacle } from '../fields.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { Line, PlainText } from '../text.ts';

interface Change {
  readonly field: Field;
  readonly value: string;
}
interface Facts {
  readonly names: Names;
  readonly changes: readonly Change[];
}

export const huduAssetUpdate = changeTool({
  connector: 'hudu',
  name: 'hudu_asset_update',
  title: 'Update a documented asset',
  description:
    'Changes one asset of the bound customer in the Hudu documentation: name, serial number, model, manufacturer, and custom ' +
    'fields named by their label as hudu_asset_get shows it. What is left out stays. Fields that are secret, link to other ' +
    'records or do not exist on this asset are refused. Answers with what was changed. Safe to repeat.',
  risk: 'write',
  isIdempotent: true,
  afterwards: 'The change may or may not have happened: repeating the same call is safe.',
  input: {
    id: RecordId.describe('The asset id, from hudu_asset_list.'),
    name: Line.optional().describe('A new name.'),
    serial: Line.optional().describe('A new serial number.'),
    model: Line.optional().describe('A new model.'),
    manufacturer: Line.optional().describe('A new manufacturer.'),
    values: z
      .array(z.strictObject({ label: Line, value: PlainText.max(4000) }))
      .max(20)
      .optional()
      .describe('Custom fields to set, each by the exact label that hudu_asset_get shows.'),
  },
  record: z.strictObject({ id: RecordId, changed: z.array(z.string().max(200)).max(30) }),
  owner: companyOwned,
  target: { ...assetTarget, id: ({ id }) => id, request: ({ id }) => assetRequest(id) },
  async prepare({ input, row }, { vendor }, call): Promise<Facts> {
    const names = await vendor.names(call);
    const fields = fieldsOf(row ?? {}, names);
    const changes = (input.values ?? []).map(({ label, value }) => ({ field: writable(fields, label, value), value }));
    const isRepeated = new Set(changes.map(({ field }) => writeName(field.label))).size < changes.length;
    if (isRepeated) throw refused('The same field is named twice.');
    if (changes.length === 0 && members.every((name) => input[name] === undefined))
      throw refused('Nothing to change was given.');
    return { names, changes };
  },
  method: 'PUT',
  path: ({ id }) => `/companies/{owner}/assets/${id}`,
  key: 'asset',
  element: z.strictObject({
    name: z.string().optional(),
    primary_serial: z.string().optional(),
    primary_model: z.string().optional(),
    primary_manufacturer: z.string().optional(),
    custom_fields: z.array(z.record(z.string(), z.string())).max(20).optional(),
  }),
  build: ({ input, facts: { changes } }) => ({
    ...Object.fromEntries(
      members.flatMap((name) => (input[name] === undefined ? [] : [[vendorName[name], input[name]]])),
    ),
    ...(changes.length === 0 ? {} : { custom_fields: changes.map(sentField) }),
  }),
  confirm: (_saved, { input, row, facts }, after = {}) => {
    const isSet = members.every((name) => input[name] === undefined || isSame(after[vendorName[name]], input[name]));
    const later = fieldsOf(after, facts.names);
    const isDone = facts.changes.every(({ field, value }) => isSame(valueOf(later, field.label), value));
    // A vendor that drops the fields it was not given would lose what the technician did not mean to touch.
    const isKept = fieldsOf(row ?? {}, facts.names)
      .filter(({ label }) => !facts.changes.some(({ field }) => field.label === label))
      .every(({ label, value }) => JSON.stringify(valueOf(later, label)) === JSON.stringify(value));
    if (!isSet || !isDone || !isKept) return undefined;
    const changed = [
      ...members.filter((name) => input[name] !== undefined),
      ...facts.changes.map(({ field }) => field.label),
    ];
    return { id: input.id, changed };
  },
  limits: changeLimits,
});

const members = ['name', 'serial', 'model', 'manufacturer'] as const;
const vendorName = {
  name: 'name',
  serial: 'primary_serial',
  model: 'primary_model',
  manufacturer: 'primary_manufacturer',
} as const;

function writable(fields: readonly Field[], label: string, value: string): Field {
  const named = fields.filter((field) => writeName(field.label) === writeName(label));
  const [field] = named;
  if (field === undefined || named.length > 1 || field.label !== label)
    throw refused('A field is not exactly one of this asset. Read the labels with hudu_asset_get.');
  const obstacle = writeObstacle(field, value);
  if (obstacle !== undefined) throw refused(`A field ${obstacle}.`);
  return field;
}

function sentField({ field: { label, type }, value }: Change): Record<string, string> {
  return { [writeName(label)]: type === 'richtext' ? textToHtml(value) : value };
}

const valueOf = (fields: readonly Field[], label: string): unknown =>
  fields.find((field) => field.label === label)?.value;

/** The vendor may answer with a number, a switch or markup where it was sent text. */
function isSame(value: unknown, sent: string): boolean {
  const is = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return is.trim() === sent.trim() || flat(htmlToText(is)) === flat(sent);
}

const flat = (text: string): string => textOf({ text } satisfies Row, 'text', 10_000)?.replace(/\s+/g, ' ') ?? '';
const refused = (words: string): Fault => new Fault('INVALID_ARGUMENTS', words);
