/** Reads the index of a tar archive (POSIX ustar): names, and where their bytes lie. Nothing is unpacked. */
import type { FileHandle } from 'node:fs/promises';

export interface Part {
  readonly name: string;
  readonly from: number;
  readonly bytes: number;
}

const block = 512;

/** The archive's files by name; undefined for what is no whole archive, names a file twice or holds anything else. */
export async function readArchive(file: FileHandle): Promise<Map<string, Part> | undefined> {
  const parts = new Map<string, Part>();
  const header = Buffer.alloc(block);
  const { size } = await file.stat();
  for (let at = 0; at + block <= size; ) {
    await file.read(header, 0, block, at);
    if (header.every((byte) => byte === 0)) return parts; // The end mark.
    const part = readHeader(header, at + block);
    if (!part || parts.has(part.name) || part.from + part.bytes > size) return undefined;
    parts.set(part.name, part);
    at = part.from + Math.ceil(part.bytes / block) * block;
  }
  return undefined; // Cut short: the mark at its end is missing.
}

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
