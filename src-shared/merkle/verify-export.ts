/**
 * Checks a ledger export (docs/audit-format.md) without the ledger: one entry a line, then a line with the checkpoint.
 * Trusts no line of it; the device's key, if the caller has it, must come from elsewhere.
 */
import { z } from 'zod';
import { canonical } from '../canonical.ts';
import { type BadEntry, ChainCheck, type Gaps } from './chain.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { parseNote, type VerifySignature, verifyNote } from './note.ts';
import type { Hash } from './tree.ts';

/**
 * The last line. `checkpoint` is a signed note, or an unsigned checkpoint body. `filter` says what the export was limited
 * to; without it the export holds every entry the checkpoint covers, and no other.
 */
export const ExportEnd = z.strictObject({
  checkpoint: z.string().max(4000),
  filter: z.record(z.string(), z.unknown()).optional(),
});
export type ExportEnd = z.infer<typeof ExportEnd>;

export interface ExportVerdict {
  readonly ok: boolean;
  /** Entries found in order, up to the first bad one. */
  readonly entries: number;
  readonly firstBad?: BadEntry;
  /** True when these are all entries the checkpoint covers. False: nothing is known about what was left out. */
  readonly isComplete: boolean;
  /** `unchecked`: signed, but no key was given. `none`: not signed. */
  readonly signature: 'valid' | 'invalid' | 'unchecked' | 'none';
}

export interface ExportPowers {
  readonly sha256: Hash;
  readonly verify: VerifySignature;
  /** The device's 32-byte Ed25519 key, when the reader has it. */
  readonly publicKey?: Uint8Array | undefined;
}

/** The lines of a file in order, without line feeds. */
export type Lines = Iterable<string> | AsyncIterable<string>;

/** Reads the lines twice, because the last one says what the others are held against. Nothing is kept but that line. */
export async function verifyExport(readLines: () => Lines, powers: ExportPowers): Promise<ExportVerdict> {
  const { text, count } = await lastLine(readLines());
  const end = ExportEnd.safeParse(fromJson(text)).data;
  const stated = end && readCheckpoint(end.checkpoint, powers);
  if (!stated) {
    const firstBad = { seq: count, problem: 'The last line is not a checkpoint: the export was cut short or changed.' };
    return { ok: false, entries: 0, firstBad, isComplete: false, signature: 'none' };
  }
  const { checkpoint, signature } = stated;
  const gaps = gapsOf(end.filter ?? {});
  const check = new ChainCheck(powers.sha256, { gaps });
  const firstBad =
    signature === 'invalid'
      ? { seq: checkpoint.size, problem: 'The checkpoint is not signed by this key.' }
      : await checkEntries(readLines(), count - 1, check, checkpoint, gaps === 'none');
  const isComplete = check.isWhole && check.entries === checkpoint.size;
  return { ok: !firstBad, entries: check.entries, isComplete, signature, ...(firstBad ? { firstBad } : {}) };
}

async function lastLine(lines: Lines): Promise<{ text: string; count: number }> {
  let text = '';
  let count = 0;
  for await (const line of lines) {
    if (line === '') continue;
    text = line;
    count += 1;
  }
  return { text, count };
}

function readCheckpoint(
  text: string,
  { sha256, verify, publicKey }: ExportPowers,
): { checkpoint: Checkpoint; signature: ExportVerdict['signature'] } | undefined {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note?.text ?? text);
  if (!checkpoint) return undefined;
  if (!publicKey) return { checkpoint, signature: note ? 'unchecked' : 'none' };
  const key = { name: checkpoint.origin, publicKey };
  const isValid = note !== undefined && verifyNote(note, key, { hash: sha256, verify });
  return { checkpoint, signature: isValid ? 'valid' : 'invalid' };
}

/** A range of time leaves out a beginning and an end, but nothing in between; any other filter leaves out anything. */
function gapsOf(filter: Readonly<Record<string, unknown>>): Gaps {
  const names = Object.keys(filter);
  if (names.length === 0) return 'none';
  return names.every((name) => name === 'from' || name === 'to') ? 'before' : 'anywhere';
}

async function checkEntries(
  lines: Lines,
  count: number,
  check: ChainCheck,
  checkpoint: Checkpoint,
  isWhole: boolean,
): Promise<BadEntry | undefined> {
  let left = count;
  for await (const line of lines) {
    if (line === '') continue;
    if (left === 0) break;
    left -= 1;
    const bad = addLine(line, check);
    if (bad) return bad;
    if (check.next > checkpoint.size + 1) {
      return { seq: check.next - 1, problem: `Entry ${check.next - 1} is not covered by the checkpoint.` };
    }
  }
  if (isWhole && checkpoint.size >= check.next) return check.beyond(checkpoint);
  return check.isWhole ? check.against(checkpoint) : undefined;
}

function addLine(line: string, check: ChainCheck): BadEntry | undefined {
  const entry = Line.safeParse(fromJson(line)).data;
  const text = entry && hashedText(entry);
  if (!entry || text === undefined) {
    return { seq: check.next, problem: `In the place of entry ${check.next} is something that is not an entry.` };
  }
  return check.add({ text, leaf: entry.leaf, seq: entry.seq, at: entry.at, prev: entry.prev });
}

const Line = z.looseObject({ seq: z.int().positive(), at: z.string(), prev: z.string(), leaf: z.string() });

/** The RFC 8785 text of an entry without its leaf; undefined for what has none, such as half a surrogate pair. */
function hashedText(entry: z.infer<typeof Line>): string | undefined {
  const { leaf: _leaf, ...hashed } = entry;
  try {
    return canonical(hashed);
  } catch {
    return undefined;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
