import { Fault } from '../fault.ts';
import { toHex } from '../merkle/chain.ts';
import type { Sha256 } from './sha256.ts';
import type { Piece } from './source.ts';

/** What was written of one file, as the manifest tells it. */
export interface Packed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

const block = 512;
/** The most that a header's size can say: eleven octal digits. */
const longest = 8 ** 11 - 1;

/**
 * A tar archive (POSIX ustar) in pieces: plain files, one after the other, each as long as it turns out to be. Its header comes
 * after its contents, at the place before them, so whoever puts the pieces together needs places and not just their order.
 */
export class Tar {
  readonly files: Packed[] = [];
  readonly #newSha256: () => Sha256;
  /** Seconds since 1970. */
  readonly #time: number;
  #at = 0;

  constructor(now: number, newSha256: () => Sha256) {
    this.#newSha256 = newSha256;
    this.#time = Math.floor(now / 1000);
  }

  /** A file of the pieces of text, in order. Names are ASCII and short. Faults: EXPORT_TOO_LONG. */
  async *add(name: string, texts: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Piece> {
    const start = this.#at;
    const sha256 = this.#newSha256();
    const encoder = new TextEncoder();
    let length = 0;
    for await (const text of texts) {
      const bytes = encoder.encode(text);
      if (bytes.length === 0) continue;
      sha256.update(bytes);
      yield { at: start + block + length, bytes };
      length += bytes.length;
      if (length > longest) throw tooLong();
    }
    const padding = (block - (length % block)) % block;
    const end = start + block + length;
    if (padding > 0) yield { at: end, bytes: new Uint8Array(padding) };
    yield { at: start, bytes: header(name, length, this.#time) };
    this.#at = end + padding;
    this.files.push({ name, bytes: length, sha256: toHex(sha256.digest()) });
  }

  /** The mark at the end, without which an archive was cut short. */
  end(): Piece {
    return { at: this.#at, bytes: new Uint8Array(2 * block) };
  }
}

function header(name: string, bytes: number, time: number): Uint8Array<ArrayBuffer> {
  const fields = new Uint8Array(block);
  const write = (text: string, at: number): void => fields.set(new TextEncoder().encode(text), at);
  const octal = (value: number, at: number, length: number): void =>
    write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  write(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(time, 136, 12);
  write(' '.repeat(8), 148);
  write('0', 156);
  write('ustar\u000000', 257);
  const sum = fields.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return fields;
}

const tooLong = (): Fault =>
  new Fault('EXPORT_TOO_LONG', 'A bundle holds at most 8 GB of entries.', 'Export a shorter time: --from and --to.');
