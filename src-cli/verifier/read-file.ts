import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';

/** What was named has no end that could be checked. */
export class NotAFile extends Error {}

const folder = 'This is a folder, and not a file.';
const endless = 'This is a pipe or a device: only a file has an end to check.';

/** Opens a file to read; waits for nobody to write to a pipe. Throws NotAFile, and what the file system throws. */
export async function openFile(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (stats.isFile()) return file;
    throw new NotAFile(stats.isDirectory() ? folder : endless);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A stretch of a file. */
export interface Stretch {
  readonly from: number;
  readonly bytes: number;
}

const chunk = 256 * 1024;
/** Bytes of a line without its line feed. What is recorded is far shorter; whoever wrote the file chooses the length. */
const longestLine = 4 * 1024 * 1024;
const lineFeed = 0x0a;

/**
 * The lines without their line feeds, many at a time. In the place of one that is too long, not UTF-8 or not ended by a line
 * feed is an empty one: it is no JSON text, so nothing of such a line is ever read.
 */
export async function* readLines(file: FileHandle, stretch: Stretch, longest = longestLine): AsyncGenerator<string[]> {
  /** What there is of a line that has not ended; undefined when that is too long already. */
  let rest: Buffer | undefined = Buffer.alloc(0);
  for await (const bytes of readPieces(file, stretch)) {
    const first = bytes.indexOf(lineFeed);
    if (first < 0) {
      rest = rest && rest.length + bytes.length <= longest ? Buffer.concat([rest, bytes]) : undefined;
      continue;
    }
    const end = bytes.lastIndexOf(lineFeed) + 1;
    const isShort = rest !== undefined && rest.length + first <= longest;
    const line = isShort ? textOf(Buffer.concat([rest as Buffer, bytes.subarray(0, first)])) : '';
    yield [line ?? '', ...linesOf(bytes.subarray(first + 1, end), longest)];
    rest = Buffer.from(bytes.subarray(end));
  }
  if (rest?.length !== 0) yield [''];
}

/** A short text as a whole; undefined when it is longer than eight megabytes or not UTF-8. */
export async function readText(file: FileHandle, { from, bytes }: Stretch): Promise<string | undefined> {
  if (bytes > 8 * 1024 * 1024) return undefined;
  const text = Buffer.alloc(bytes);
  await file.read(text, 0, bytes, from);
  return textOf(text);
}

export async function hashOf(file: FileHandle, stretch: Stretch): Promise<string> {
  const sha256 = createHash('sha256');
  for await (const bytes of readPieces(file, stretch)) sha256.update(bytes);
  return sha256.digest('hex');
}

/** Each piece is there until the next is asked for: all are the same bytes of memory. */
export async function* readPieces(file: FileHandle, { from, bytes }: Stretch): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(Math.min(chunk, bytes));
  for (let at = from; at < from + bytes; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, from + bytes - at), at);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** The lines of bytes that end with a line feed. No character of UTF-8 has one in it, so all can be read at once. */
function linesOf(bytes: Buffer, longest: number): string[] {
  const text = bytes.length <= longest ? textOf(bytes) : undefined;
  if (text !== undefined) return text.split('\n').slice(0, -1);
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, from);
    lines.push((end - from <= longest ? textOf(bytes.subarray(from, end)) : undefined) ?? '');
    from = end + 1;
  }
  return lines;
}

/** Nothing is replaced or left out: the text is these bytes. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
