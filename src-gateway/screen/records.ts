// Screening records: every text in them, however deep, and every member name. First all is read; only a record that names
// another customer is written anew.
import type { Mention } from './reading.ts';

export type Row = Readonly<Record<string, unknown>>;
/** JSON Schema, as far as it says what may stand in a place. */
export type Schema = Readonly<Record<string, unknown>>;
export type Mode = 'flag' | 'redact' | 'block';

/** What may leave, and what was found. */
export interface Screened {
  readonly records: readonly Row[];
  /** Mentions left in place: the mode is flag. */
  readonly flagged: number;
  /** Mentions replaced: the mode is redact. */
  readonly redacted: number;
  /** Records left out: the mode is block, or no mark can stand where the mention is. They must look like missing ones. */
  readonly withheld: number;
}

/** Stands for whatever named another customer. The same whoever it is, so that it tells nothing, not even a length. */
export const mark = '[another customer]';

export interface ScreenOptions {
  readonly mode: Mode;
  /** What each record fits, and will fit after. */
  readonly schema: Schema | undefined;
  readonly find: (text: string) => readonly Mention[];
}

export function screenRecords(records: readonly Row[], { mode, schema, find }: ScreenOptions): Screened {
  const look: Look = { find, cleanNames: new Set(), inTexts: new Map(), mentions: 0, isFit: true, isRead: true };
  let [mentions, withheld] = [0, 0];
  let kept: Row[] | undefined;
  for (const [at, record] of records.entries()) {
    look.mentions = 0;
    look.isFit = look.isRead = true;
    look.inTexts.clear();
    read(record, look, 0);
    const isFound = look.mentions > 0;
    const left = isFound && mode === 'redact' ? rewrite(record, schema, look) : record;
    const isWithheld = !look.isRead || (isFound && (mode === 'block' || (mode === 'redact' && !look.isFit)));
    if (isWithheld) withheld += 1;
    else mentions += look.mentions;
    if (kept === undefined && (isWithheld || left !== record)) kept = records.slice(0, at);
    if (!isWithheld) kept?.push(left as Row);
  }
  return {
    records: kept ?? records,
    flagged: mode === 'flag' ? mentions : 0,
    redacted: mode === 'redact' ? mentions : 0,
    withheld,
  };
}

interface Look {
  readonly find: (text: string) => readonly Mention[];
  /** Names of members that name nobody, in this answer: its records have the same ones. */
  readonly cleanNames: Set<string>;
  /** The mentions in each text of the record that has any. */
  readonly inTexts: Map<string, readonly Mention[]>;
  mentions: number;
  /** False when a mention is where no mark can stand: in a member's name, an id, a text of a form. */
  isFit: boolean;
  /** False when something lies too deep to be read: that never leaves. */
  isRead: boolean;
}

function read(value: unknown, look: Look, depth: number): void {
  if (typeof value === 'string') {
    const mentions = look.find(value);
    if (mentions.length === 0) return;
    look.inTexts.set(value, mentions);
    look.mentions += mentions.length;
    if (mentions[0]?.isWholeId === true) look.isFit = false;
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= deepest) look.isRead = false;
    else if (Array.isArray(value)) for (const item of value as readonly unknown[]) read(item, look, depth + 1);
    else readMembers(value as Row, look, depth);
  }
}

function readMembers(row: Row, look: Look, depth: number): void {
  for (const name in row) {
    if (!look.cleanNames.has(name)) {
      const { length } = look.find(name);
      look.mentions += length;
      if (length > 0) look.isFit = false;
      else look.cleanNames.add(name);
    }
    const value = row[name];
    if (typeof value !== 'number' && typeof value !== 'boolean') read(value, look, depth + 1);
  }
}

/** The value with marks; `schema` is what is known of its place. */
function rewrite(value: unknown, schema: Schema | undefined, look: Look): unknown {
  if (typeof value === 'string') return redact(value, schema, look);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => rewrite(item, within(schema, 'items'), look));
  const members = within(schema, 'properties');
  const entries = Object.entries(value as Row);
  // From entries, so that a member called __proto__ stays one.
  return Object.fromEntries(entries.map(([name, member]) => [name, rewrite(member, within(members, name), look)]));
}

function within(schema: Schema | undefined, name: string): Schema | undefined {
  const inner = schema !== undefined && Object.hasOwn(schema, name) ? schema[name] : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as Schema) : undefined;
}

function redact(text: string, schema: Schema = {}, look: Look): string {
  const mentions = look.inTexts.get(text);
  if (mentions === undefined) return text;
  const { maxLength } = schema;
  const longest = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY;
  if (longest < mark.length || forms.some((form) => Object.hasOwn(schema, form))) look.isFit = false;
  const parts: string[] = [];
  let done = 0;
  for (const { from, to } of mentions) {
    parts.push(text.slice(done, from), mark);
    done = to;
  }
  parts.push(text.slice(done));
  const redacted = parts.join('');
  return redacted.length <= longest ? redacted : cut(redacted, longest);
}

/** A mark is cut out as a whole: part of one would tell where it stood, and look like the vendor's. */
function cut(text: string, longest: number): string {
  const kept = text.slice(0, longest - cutMark.length);
  const open = kept.lastIndexOf(mark.charAt(0));
  const isCutMark = open !== -1 && kept.length - open < mark.length && mark.startsWith(kept.slice(open));
  return `${(isCutMark ? kept.slice(0, open) : kept).toWellFormed()}${cutMark}`;
}

const deepest = 64;
const cutMark = ' [cut]';
/** A text with one of these is not prose, and a mark would break it. */
const forms = ['enum', 'const', 'pattern', 'format'];
