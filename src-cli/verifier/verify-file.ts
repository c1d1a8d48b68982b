/**
 * Checks an export or an evidence bundle as docs/audit-format.md says, offline. Written from that page, and sharing no line
 * with what writes ledgers: an error in the one is not an error in the other. Believes nothing in the file; a key and an
 * earlier checkpoint count for as much as the way on which they were had.
 */
import type { FileHandle } from 'node:fs/promises';
import { type Checkpoint, readCheckpoint, tenantOf } from './checkpoint.ts';
import { readJson } from './canonical.ts';
import { type Filter, readFilter } from './filter.ts';
import { conflicting, type Given, judgeSignature, unprovable } from './judge.ts';
import { openFile, readLines } from './read-file.ts';
import { isArchive, readArchive } from './tar.ts';
import { type Bad, type EvidenceVerdict, verdictOf } from './verdict.ts';
import { verifyBundle } from './verify-bundle.ts';
import { type EntryLines, verifyEntries } from './verify-entries.ts';

/** Throws NotAFile, and what the file system throws. */
export async function verifyFile(path: string, given: Given): Promise<EvidenceVerdict> {
  const file = await openFile(path);
  try {
    const header = Buffer.alloc(512);
    await file.read(header, 0, 512, 0);
    if (!isArchive(header)) return await verifyExport(file, given);
    const parts = await readArchive(file);
    return 'what' in parts ? verdictOf({ firstBad: parts }) : await verifyBundle(file, parts, given);
  } finally {
    await file.close();
  }
}

async function verifyExport(file: FileHandle, { key, kept }: Given): Promise<EvidenceVerdict> {
  const { size: bytes } = await file.stat();
  if (bytes === 0) return verdictOf({ firstBad: empty });
  const whole = { from: 0, bytes };
  let count = 0;
  let [first, last] = ['', ''];
  for await (const lines of readLines(file, whole)) {
    if (count === 0) first = lines[0] ?? '';
    count += lines.length;
    last = lines.at(-1) ?? last;
  }
  const end = readEnd(last);
  if (!end) return verdictOf({ firstBad: isTable(first) ? table : endless(count) });
  const { checkpoint, filter } = end;
  const { gaps } = filter;

  const lines: EntryLines = async function* () {
    let left = count - 1;
    for await (const piece of readLines(file, whole)) {
      yield left < piece.length ? piece.slice(0, left) : piece;
      left -= piece.length;
      if (left <= 0) return;
    }
  };
  const { signature, bad } = judgeSignature(checkpoint, key);
  const conflict = bad ?? conflicting(checkpoint, kept) ?? unprovable(checkpoint, kept, gaps);
  if (conflict) return verdictOf({ firstBad: conflict, signature });
  const claim = {
    tenant: tenantOf(checkpoint),
    size: checkpoint.size,
    root: checkpoint.root,
    gaps,
    earlier: new Map(kept ? [[kept.size, kept.root]] : []),
  };
  const { entries, firstBad, lastAt, lastClock } = await verifyEntries(lines, claim, filter.unasked);
  const isComplete = gaps === 'none';
  return verdictOf({
    entries,
    firstBad,
    signature,
    isComplete,
    isProven: isComplete,
    covered: checkpoint.size,
    lastAt,
    lastClock,
  });
}

const endless = (seq: number): Bad => ({
  seq,
  what: 'truncated',
  problem: 'The last line is not a checkpoint: the export was cut short or changed.',
});

const empty: Bad = { seq: 0, what: 'truncated', problem: 'The file is empty.' };

/** The first line of an export as CSV: names of columns, behind a byte order mark where that was kept. */
const isTable = (line: string): boolean => /^\uFEFF?"?seq"?[,;\t]"?at"?[,;\t]/.test(line);

const table: Bad = {
  seq: 0,
  what: 'missing',
  problem:
    'This is a table for reading: it has no checkpoint, so nothing in it can be checked. Ask for an export as JSON Lines or as a bundle.',
};

function readEnd(line: string): { checkpoint: Checkpoint; filter: Filter } | undefined {
  const end = readJson(line) as { checkpoint?: unknown; filter?: unknown } | null | undefined;
  const checkpoint = typeof end?.checkpoint === 'string' ? readCheckpoint(end.checkpoint) : undefined;
  const filter = readFilter(end?.filter);
  return checkpoint && filter && { checkpoint, filter };
}
