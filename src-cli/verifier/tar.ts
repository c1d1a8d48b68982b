/** Reads the index of a tar archive (POSIX ustar): names, and where their bytes lie. Nothing is unpacked. */
import type { FileHandle } from 'node:fs/promises';
import { readPieces } from './read-file.ts';
import type { Bad } from './verdict.ts';

export interface Part {
  readonly name: string;
  readonly from: number;
  readonly bytes: number;
}

const block = 512;

/** The archive's files by name, or what is wrong: no whole archive, a file twice, anything else in it or after its end. */
export async function readArchive(file: FileHandle): Promise<ReadonlyMap<string, Part> | Bad> {
  const parts = new Map<string, Part>();
  const header = Buffer.alloc(block);
  const { size } = await file.stat();
  for (let at = 0; at + block <= size; ) {
    await file.read(header, 0, block, at);
    if (header.every((byte) => byte === 0)) return (await endedAt(file, at)) ?? parts;
    const part = readHeader(header, at + block);
    if (!part || parts.has(part.name) || part.from + part.bytes > size) return cutShort;
    parts.set(part.name, part);
    at = part.from + Math.ceil(part.bytes / block) * block;
  }
  return cutShort; // The mark at its end is missing.
}

/** What is wrong with an end that begins there: two blocks of zeros at least, and nothing else. Other readers go on behind it. */
async function endedAt(file: FileHandle, from: number): Promise<Bad | undefined> {
  const bytes = (await file.stat()).size - from;
  for await (const piece of readPieces(file, { from, bytes })) {
    const problem = 'Something follows the end of the bundle.';
    if (piece.some((byte) => byte !== 0)) return { seq: 0, what: 'inserted', problem };
  }
  return bytes < 2 * block ? cutShort : undefined;
}

const cutShort: Bad = { seq: 0, what: 'truncated', problem: 'The bundle was cut short, or is not one.' };

export function isArchive(header: Buffer): boolean {
  return header.toString('latin1', 257, 262) === 'ustar';
}

function readHeader(header: Buffer, from: number): Part | undefined {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  const bytes = octal(header, 124, 12);
  const isPlain = isArchive(header) && header[156] === 0x30 && octal(header, 148, 8) === sum && header[345] === 0;
  const [name = ''] = header.toString('utf8', 0, 100).split('\0');
  return isPlain && bytes !== undefined && /^[\w.-]{1,99}$/.test(name) ? { name, from, bytes } : undefined;
}

function octal(header: Buffer, from: number, length: number): number | undefined {
  const text = header.toString('latin1', from, from + length).replace(/[\0 ]+$/, '');
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}
