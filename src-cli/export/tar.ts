import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { onDisk } from './on-disk.ts';

/** What was written of one file, as the manifest tells it. */
export interface Written {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

const block = 512;

/** Writes a tar archive (POSIX ustar): plain files, one after the other, each as long as it turns out to be. */
export class TarWriter {
  readonly #file: FileHandle;
  /** Seconds since 1970. */
  readonly #time: number;
  #at = 0;

  constructor(file: FileHandle, now: number) {
    this.#file = file;
    this.#time = Math.floor(now / 1000);
  }

  /** A file of the pieces of text, in order. Names are ASCII and short. */
  async add(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<Written> {
    const start = this.#at;
    const sha256 = createHash('sha256');
    this.#at += block;
    let bytes = 0;
    for await (const piece of pieces) {
      const chunk = Buffer.from(piece);
      sha256.update(chunk);
      bytes += chunk.length;
      await this.#write(chunk, this.#at);
      this.#at += chunk.length;
    }
    const padding = (block - (bytes % block)) % block;
    await this.#write(Buffer.alloc(padding), this.#at);
    this.#at += padding;
    await this.#write(header(name, bytes, this.#time), start);
    return { name, bytes, sha256: sha256.digest('hex') };
  }

  /** The mark at the end, without which an archive was cut short. */
  async end(): Promise<void> {
    await this.#write(Buffer.alloc(2 * block), this.#at);
  }

  #write(bytes: Buffer, at: number): Promise<unknown> {
    return onDisk(() => this.#file.write(bytes, 0, bytes.length, at));
  }
}

function header(name: string, bytes: number, time: number): Buffer {
  const fields = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number): number =>
    fields.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  fields.write(name, 0, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(time, 136, 12);
  fields.write(' '.repeat(8), 148, 'latin1');
  fields.write('0', 156, 'latin1');
  fields.write('ustar\u000000', 257, 'latin1');
  const sum = fields.reduce((total, byte) => total + byte, 0);
  fields.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return fields;
}
