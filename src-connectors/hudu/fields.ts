// The custom fields of an asset: what is shown of them and what may be written. Any of them can hold a secret (hudu.md §5
// row 9): by its type, where the layouts could be read, by its label, and by what the value looks like. One of the three is
// enough. Labels and values are the vendor's.
import { z } from 'zod';
import { htmlToText } from '../html-text.ts';
import { isRow, memberOf, type Row, textOf, wholeOf } from '../row.ts';
import type { Names } from '../vendor.ts';
import { RecordId } from './ids.ts';
import { fieldTypeOf, secretTypes } from './layouts.ts';

export const AssetField = z.strictObject({
  label: z.string().max(200),
  /** Absent where it is empty, a secret, or points at what is not shown. */
  value: z.string().max(4000).optional(),
  /** Set where a value is kept back because it is, or may be, a secret. */
  isSecret: z.boolean(),
  /** The assets it points at, as far as they are the customer's. */
  links: z
    .array(z.strictObject({ id: RecordId, name: z.string().max(300) }))
    .max(20)
    .optional(),
});

/** One field as the rest of this file sees it. */
export interface Field {
  readonly label: string;
  readonly type: string | undefined;
  readonly value: unknown;
  readonly isSecret: boolean;
}

export function fieldsOf(asset: Row, names: Names): Field[] {
  const list = memberOf(asset, 'fields');
  if (!Array.isArray(list)) return [];
  return list.filter(isRow).flatMap((row) => {
    const label = textOf(row, 'label', 200);
    if (label === undefined) return [];
    const type = fieldTypeOf(names, asset, label);
    const value = memberOf(row, 'value');
    return [{ label, type, value, isSecret: isSecret(label, type, value) }];
  });
}

/** `linked` are the assets that fields of this one point at and that are proven to be the customer's. */
export function shownField(field: Field, linked: readonly Row[] = []): z.input<typeof AssetField> {
  const { label, type, value, isSecret: isKept } = field;
  const text = isKept || unshownTypes.has(type ?? '') ? undefined : plainValue(value, type);
  const ids = new Set<unknown>(linkedIds(field));
  const links = linked
    .filter((row) => ids.has(memberOf(row, 'id')))
    .slice(0, 20)
    .map((row) => ({ id: wholeOf(row, 'id') ?? 0, name: textOf(row, 'name', 300) ?? '' }));
  return { label, value: text, isSecret: isKept, ...(links.length === 0 ? {} : { links }) };
}

/** Why this field may not be written by a tool; undefined when it may. */
export function writeObstacle({ type, value, isSecret: isKept }: Field, text: string): string | undefined {
  if (isKept) return 'holds a secret; use credential_update or the vendor';
  if (type === undefined ? isReference(value, type) || isReference(text, type) : !writableTypes.has(type))
    return 'is of a kind that tools do not write';
  // It might be rich text, and then this would be markup.
  if (type === undefined && /[<&]/.test(text)) return 'is of an unknown kind, which takes no < and no &';
  return undefined;
}

/** The asset ids that a link field names (§3.2), in the vendor's own words and proven by nobody. */
export function linkedIds(field: Field): number[] {
  if (field.isSecret) return [];
  const links = parsed(field.value);
  if (!Array.isArray(links)) return [];
  const isAddress = (url: unknown): boolean => typeof url === 'string' && url.startsWith('/a/');
  return links.flatMap((link) => {
    const id = isRow(link) && isAddress(link['url']) ? link['id'] : undefined;
    return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? [id] : [];
  });
}

/** How the vendor names a field in a write: the label in snake case (§3.2). */
export function writeName(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

function plainValue(value: unknown, type: string | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || isReference(value, type)) return undefined;
  const text = textOf({ text: /<[a-z!/]/i.test(value) ? htmlToText(value) : value }, 'text', 4000);
  return isReference(text, type) ? undefined : text;
}

function isSecret(label: string, type: string | undefined, value: unknown): boolean {
  if (type !== undefined && secretTypes.has(type)) return true;
  // As one word and as several: "BitLocker", "AdminPassword".
  const words = [label, label.replace(/([a-z])([A-Z])/g, '$1 $2')].map(plainWords).join(' ');
  if (secretLabel.test(words) || (type === undefined && doubtfulLabel.test(words))) return true;
  return typeof value === 'string' && secretValue.test(value);
}

function plainWords(label: string): string {
  const letters = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, ' ');
}

/** A value that points at other records, as JSON in a string; where nobody says of which type it is, also what was one. */
function isReference(value: unknown, type: string | undefined): boolean {
  if (typeof value !== 'string') return typeof value === 'object' && value !== null;
  return typeof parsed(value) === 'object' || (type === undefined && pointing.test(value));
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return typeof value === 'object' ? value : undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined; // Ordinary text that begins with a bracket.
  }
}

/** Over the label's words, in lower case and without marks. Some of them in the languages technicians write in. */
const secretLabel =
  /pass ?(?:word|wort|phrase|code|key|wd)|\bpass\b|\bpw\b|\bpwd\b|\bp w\b|\bpins?\b|secret|\bkeys?\b|token|\botp\b|\btotp\b|\bmfa\b|\b2fa\b|\bpsk\b|credential|recovery|\bseed\b|community|bitlocker|\bcvv\b|\bcvc\b|kennwort|zugangsdaten|mot de passe|contrasen|wachtwoord|\bhaslo\b|\bheslo\b|\bsenha\b|\bclave\b|\bparola\b|losenord|salasana|adgangskode/;

/** What may be a secret when nobody says of which type the field is. */
const doubtfulLabel =
  /login|log in|\badmin|\bauth|\bcodes?\b|access|unlock|\block|combination|alarm|\bsafe\b|\bvpn\b|wi ?fi|wlan|\bapi\b/;

/** Private keys, addresses of one-time codes, BitLocker recovery passwords, addresses with a password in them. */
const secretValue = /-----BEGIN|otpauth:|(?:\d{6}-){7}\d{6}|:\/\/[^\s/@:]{1,100}:[^\s/@]{1,100}@/i;

/** A member of a reference, however often it was quoted. */
const pointing = /["'](?:id|url|list_ids)\\*["']\s*:/i;

const unshownTypes: ReadonlySet<string> = new Set(['assettag', 'assetlink', 'relation', 'embed', 'heading']);
const writableTypes: ReadonlySet<string> = new Set([
  'text',
  'richtext',
  'checkbox',
  'website',
  'number',
  'date',
  'email',
  'phone',
  'dropdown',
]);
