/** Reads the index of a tar archive (POSIX ustar): names, and where their bytes lie. Nothing is unpacked. */
import type { FileHandle } from 'node:fs/promises';
import { readPieces } from './read-file.ts';
import type { Bad } from './verdict.ts';

export interface Part {
  readonly name: string;
  readonly from: number;
  readonly bytes: number;
}

export type Parts = ReadonlyMap<string, Part>;

/** Those a bundle has, or some of them: the table of docs/audit-format.md. */
export const fileNames: ReadonlySet<string> = new Set([
  'README.txt',
  'keys.txt',
  'checkpoint.txt',
  'entries.jsonl',
  'proofs.jsonl',
  'bodies.jsonl',
  'consistency.jsonl',
  'policies.jsonl',
  'policy.json',
  'earlier-policies.jsonl',
  'manifest.json',
]);

const block = 512;

/**
 * The archive's files by name, or what is wrong: no whole archive, a file twice, anything else in it or after its end. Of another
 * file nobody knows what unpacking makes of it: in some folders `Entries.jsonl` takes the place of `entries.jsonl`.
 */
export async function readArchive(file: FileHandle): Promise<Parts | Bad> {
  const parts = new Map<string, Part>();
  const header = Buffer.alloc(block);
  const { size } = await file.stat();
  for (let at = 0; at + block <= size; ) {
    await file.read(header, 0, block, at);
    if (header.every((byte) => byte === 0)) return (await endedAt(file, at)) ?? parts;
    if (!isArchive(header)) return cutShort;
    const name = nameIn(header);
    if (name === undefined) return inserted('Something is in the bundle that no bundle has.');
    if (parts.has(name)) return inserted(`In the bundle ${name} is there twice.`);
    const from = at + block;
    const bytes = octal(header, 124, 12);
    if (bytes === undefined || from + bytes > size) return cutShort;
    parts.set(name, { name, from, bytes });
    at = from + Math.ceil(bytes / block) * block;
  }
  return cutShort; // The mark at its end is missing.
}

/** What is wrong with an end that begins there: two blocks of zeros at least, and nothing else. Other readers go on behind it. */
async function endedAt(file: FileHandle, from: number): Promise<Bad | undefined> {
  const bytes = (await file.stat()).size - from;
  for await (const piece of readPieces(file, { from, bytes })) {
    if (piece.some((byte) => byte !== 0)) return inserted('Something follows the end of the bundle.');
  }
  return bytes < 2 * block ? cutShort : undefined;
}

const cutShort: Bad = { seq: 0, what: 'truncated', problem: 'The bundle was cut short, or is not one.' };

const inserted = (problem: string): Bad => ({ seq: 0, what: 'inserted', problem });

/** Whether an archive's file begins with this: a header whose checksum is right. Others may have the word `ustar` in its place. */
export function isArchive(header: Buffer): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return header.toString('latin1', 257, 262) === 'ustar' && octal(header, 148, 8) === sum;
}

/** The name of a plain file of a bundle; undefined for any other, and for what is a folder, a link or more than a header. */
function nameIn(header: Buffer): string | undefined {
  const name = header.toString('latin1', 0, 100).replace(/\0+$/, '');
  const isPlain = header[156] === 0x30 && header[345] === 0;
  return isPlain && fileNames.has(name) ? name : undefined;
}

function octal(header: Buffer, from: number, length: number): number | undefined {
  const text = header.toString('latin1', from, from + length).replace(/[\0 ]+$/, '');
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}
