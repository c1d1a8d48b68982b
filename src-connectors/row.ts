// Reading a vendor's record member by member. The vendor controls every byte of it: a member counts only when it is the
// row's own and of the expected type, and text is cut to a length the caller chose.

export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The row's own member, following dots into nested objects: `site.client_id`. Never an inherited one. */
export function memberOf(row: Row, path: string): unknown {
  if (!path.includes('.')) return Object.hasOwn(row, path) ? row[path] : undefined;
  let value: unknown = row;
  for (const name of namesOf(path)) {
    if (!isRow(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Paths are written in declarations, so there are few; a row is asked for the same ones again and again. */
function namesOf(path: string): readonly string[] {
  const known = paths.get(path) ?? path.split('.');
  paths.set(path, known);
  return known;
}

const paths = new Map<string, readonly string[]>();

/** What a vendor's ids are: whole numbers, or UUIDs as text. A vendor never mixes them. */
export type IdKind = 'number' | 'uuid';

/**
 * An id as canonical text; undefined for all that is not one. Of numbers: positive whole ones, in decimal; `95.0` and
 * `9.5e1` are the JSON number 95 and count, text never does, however it is written. Of UUIDs: the 8-4-4-4-12 text form
 * (RFC 9562 §4) in lower case; the nil UUID names nothing.
 */
export function canonicalId(value: unknown, kind: IdKind = 'number'): string | undefined {
  if (kind === 'number')
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  if (typeof value !== 'string' || !uuid.test(value) || value === nil) return undefined;
  return value.toLowerCase();
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const nil = '00000000-0000-0000-0000-000000000000';

export function wholeOf(row: Row, path: string): number | undefined {
  const value = memberOf(row, path);
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

export function amountOf(row: Row, path: string): number | undefined {
  const value = memberOf(row, path);
  return typeof value === 'number' && Number.isFinite(value) && value !== 0 ? value : undefined;
}

export function isSet(row: Row, path: string): boolean {
  return memberOf(row, path) === true;
}

/**
 * Text as a person would see it, cut to `longest`; undefined when nothing is left. Control characters but line breaks and
 * tabs go, and so do the ones that are never drawn: a model reads what is written in them, a technician cannot.
 */
export function textOf(row: Row, path: string, longest: number): string | undefined {
  const value = memberOf(row, path);
  if (typeof value !== 'string' || value === '') return undefined;
  const seen = value.replace(unseen, '').replace(lineSeparators, '\n').replace(inARow, '');
  const clean = seen.trim().toWellFormed();
  if (clean === '') return undefined;
  return clean.length <= longest ? clean : `${clean.slice(0, longest - cutMark.length).toWellFormed()}${cutMark}`;
}

const cutMark = ' [cut]';
/**
 * C0, C1, soft hyphen, zero width space, marks and orders of direction, invisible operators, annotations, letters without a
 * shape, tags. Joiners and variation selectors stay: scripts and pictures need them.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5/gu;
const lineSeparators = /[\u2028\u2029]/g;
/** One after another they are an alphabet that nobody sees. */
const inARow = /(?:\u200c|\u200d|[\ufe00-\ufe0f]){2,}/g;
