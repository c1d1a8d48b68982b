/** Tar archives as nobody's tar would write them. */
import { readFileSync } from 'node:fs';
import { hex } from './evidence-fixture.ts';

export interface Member {
  /** As it stands in the header, NUL and all. */
  readonly name: string | Buffer;
  readonly bytes: Buffer;
  /** '0' is a plain file. */
  readonly type?: string;
  readonly link?: string;
  /** The folder's part of a long name. */
  readonly prefix?: string;
}

const block = 512;

/** A header whose checksum is right. */
export function headerOf({ name, bytes, type = '0', link = '', prefix = '' }: Member): Buffer {
  const header = Buffer.alloc(block);
  const field = (at: number, text: string | Buffer): void => void Buffer.from(text).copy(header, at);
  field(0, name);
  for (const at of [100, 108, 116]) field(at, '0000600\0');
  field(124, `${bytes.length.toString(8).padStart(11, '0')}\0`);
  field(136, `${'0'.repeat(11)}\0`);
  field(156, type);
  field(157, link);
  field(257, 'ustar\u000000');
  field(345, prefix);
  return summed(header);
}

/** The header with the checksum that is right for it. */
export function summed(header: Buffer): Buffer {
  const copy = Buffer.from(header).fill(' ', 148, 156);
  const sum = copy.reduce((total, byte) => total + byte, 0);
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return copy;
}

export function archiveOf(members: readonly Member[]): Buffer {
  const each = members.map((member) => {
    const { length } = member.bytes;
    return Buffer.concat([headerOf(member), member.bytes, Buffer.alloc((block - (length % block)) % block)]);
  });
  return Buffer.concat([...each, Buffer.alloc(2 * block)]);
}

/** The files of an archive with nothing else in it. */
export function membersOf(path: string): (Member & { readonly name: string })[] {
  const archive = readFileSync(path);
  const members = [];
  for (let at = 0; archive[at] !== 0; ) {
    const [name = ''] = archive.toString('utf8', at, at + 100).split('\0');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    members.push({ name, bytes: archive.subarray(at + block, at + block + size) });
    at += block + Math.ceil(size / block) * block;
  }
  return members;
}

/** The members with these among them, before the first or behind the last, and a manifest that names them. */
export function withMembers(members: readonly Member[], more: readonly Member[], place: 'first' | 'last'): Buffer {
  const named = more.map(({ name, bytes }) => ({ name: String(name), bytes: bytes.length, sha256: hex(bytes) }));
  const all = members.map((member) => {
    if (member.name !== 'manifest.json') return member;
    const manifest = JSON.parse(member.bytes.toString()) as { files: object[] };
    return { ...member, bytes: Buffer.from(JSON.stringify({ ...manifest, files: [...manifest.files, ...named] })) };
  });
  return archiveOf(place === 'first' ? [...more, ...all] : [...all, ...more]);
}
