import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

/** A stretch of a file. */
export interface Stretch {
  readonly from: number;
  readonly bytes: number;
}

const chunk = 256 * 1024;
/** A line is far shorter; whoever wrote the file chooses the length. */
const maxLine = 4 * 1024 * 1024;

/** The lines without their line feeds and without empty ones, many at a time. A line that is too long is given cut short. */
export async function* readLines(file: FileHandle, stretch: Stretch): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const bytes of readPieces(file, stretch)) {
    const lines = (rest + decoder.write(bytes)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLine) rest = rest.slice(0, maxLine);
    yield lines.filter((line) => line !== '');
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}

/** A short text as a whole; undefined when it is longer than eight megabytes. */
export async function readText(file: FileHandle, { from, bytes }: Stretch): Promise<string | undefined> {
  if (bytes > 8 * 1024 * 1024) return undefined;
  const text = Buffer.alloc(bytes);
  await file.read(text, 0, bytes, from);
  return text.toString('utf8');
}

export async function hashOf(file: FileHandle, stretch: Stretch): Promise<string> {
  const sha256 = createHash('sha256');
  for await (const bytes of readPieces(file, stretch)) sha256.update(bytes);
  return sha256.digest('hex');
}

/** Each piece is there until the next is asked for: all are the same bytes of memory. */
async function* readPieces(file: FileHandle, { from, bytes }: Stretch): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(Math.min(chunk, bytes));
  for (let at = from; at < from + bytes; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, from + bytes - at), at);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}
