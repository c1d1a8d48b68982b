/**
 * Whether the write-ahead log of a ledger is damaged. SQLite replays it up to the first frame that does not check, and takes all that
 * follows for the torn end of a commit: one flipped bit, and what was durable is gone without a word.
 *
 *     log      header | frame | frame | ...             SQLite file format, section 4; numbers are big-endian
 *     header   magic 4 | version 4 | page size 4 | restarts 4 | salts 8 | sum of these 8
 *     frame    page number 4 | pages of the file when a commit ends here, else 0 4 | salts 8 | sum 8 | page
 *
 * A sum goes on from the one before it, and salts change when a full log is begun again over its old frames. Each commit is flushed
 * before the next begins, so nothing that goes on from a commit can stand where replaying has ended: there, it is damage. Ends
 * that were torn or given up, however many lie over each other, and old frames behind the new, hold no such frame.
 */
import { closeSync, openSync, readSync } from 'node:fs';

const headerLength = 32;
const frameHeaderLength = 24;
/** Bytes read at a time, or as many as a frame has. */
const pieceLength = 64 * 1024;

/** False where there is no log. To be believed only while nobody writes it. */
export function isLogDamaged(path: string): boolean {
  const file = openIfThere(path);
  if (file === undefined) return false;
  try {
    const header = readHeader(file);
    // Without one SQLite ignores the whole log. It is flushed before the first frame is written, so there was one.
    return header ? hasLostCommit(file, header) : holdsAnything(file);
  } finally {
    closeSync(file);
  }
}

interface Header {
  readonly pageSize: number;
  readonly salts: bigint;
  readonly sum: bigint;
  /** The order of bytes in what is summed: of the machine that wrote it. */
  readonly isLittle: boolean;
}

interface Frame {
  readonly view: DataView<ArrayBuffer>;
  readonly at: number;
  readonly pageNumber: number;
  readonly endsCommit: boolean;
  readonly salts: bigint;
  readonly sum: bigint;
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readHeader(file: number): Header | undefined {
  const view = new DataView(new ArrayBuffer(headerLength));
  readSync(file, view, 0, headerLength, 0);
  const magic = view.getUint32(0);
  const isLittle = magic === 0x377f0682;
  const pageSize = view.getUint32(8);
  const sum = view.getBigUint64(24);
  const isPageSize = pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
  const isRight =
    (isLittle || magic === 0x377f0683) && isPageSize && add(0n, { view, from: 0, to: 24 }, isLittle) === sum;
  return isRight ? { pageSize, salts: view.getBigUint64(16), sum, isLittle } : undefined;
}

/** Whether there is a byte behind the header: a file system may have made room for what was never written. */
function holdsAnything(file: number): boolean {
  const piece = new Uint8Array(pieceLength);
  for (let position = headerLength; ; ) {
    const length = readSync(file, piece, 0, pieceLength, position);
    if (length === 0) return false;
    if (piece.subarray(0, length).some((byte) => byte !== 0)) return true;
    position += length;
  }
}

function hasLostCommit(file: number, { pageSize, salts, sum, isLittle }: Header): boolean {
  const sumAfter = (before: bigint, { view, at }: Frame): bigint => {
    const page = at + frameHeaderLength;
    const numbers = add(before, { view, from: at, to: at + 8 }, isLittle);
    return add(numbers, { view, from: page, to: page + pageSize }, isLittle);
  };
  /** Of the last frame: the sum it states and, where that may be what was hit, the one it should have. */
  let ends = [sum];
  let isReplayed = true;
  let isOfLog = true;
  let endsCommit = false;
  for (const frame of framesOf(file, pageSize)) {
    const goesOn = (): boolean => ends.some((end) => sumAfter(end, frame) === frame.sum);
    const hasSalts = frame.salts === salts;
    const isNext: boolean = (hasSalts || isOfLog) && goesOn();
    if (isNext && endsCommit && !isReplayed) return true;
    isReplayed &&= isNext && hasSalts && frame.pageNumber !== 0;
    endsCommit = frame.endsCommit || (hasSalts && !isNext && endedCommit(frame, goesOn));
    isOfLog = hasSalts || isNext;
    ends = isOfLog && !isNext ? [frame.sum, ...ends.slice(0, 1).map((end) => sumAfter(end, frame))] : [frame.sum];
  }
  return false;
}

/** Whether a frame that ends no commit did, before the one bit was hit that said so. */
function endedCommit({ view, at }: Frame, goesOn: () => boolean): boolean {
  const bits = Array.from({ length: 32 }, (_, bit) => 2 ** bit);
  const isFound = bits.some((pages) => {
    view.setUint32(at + 4, pages);
    return goesOn();
  });
  view.setUint32(at + 4, 0);
  return isFound;
}

/** The frames of a log, old ones behind the new included. Each is good until the next is asked for. */
function* framesOf(file: number, pageSize: number): Generator<Frame> {
  const length = frameHeaderLength + pageSize;
  const view = new DataView(new ArrayBuffer(Math.ceil(pieceLength / length) * length));
  for (let position = headerLength; ; ) {
    const whole = Math.floor(readSync(file, view, 0, view.byteLength, position) / length) * length;
    if (whole === 0) return;
    for (let at = 0; at < whole; at += length) {
      yield {
        view,
        at,
        pageNumber: view.getUint32(at),
        endsCommit: view.getUint32(at + 4) !== 0,
        salts: view.getBigUint64(at + 8),
        sum: view.getBigUint64(at + 16),
      };
    }
    position += whole;
  }
}

interface Bytes {
  readonly view: DataView<ArrayBuffer>;
  readonly from: number;
  readonly to: number;
}

/** SQLite's sum of some bytes, going on from another (section 4.2). */
function add(before: bigint, { view, from, to }: Bytes, isLittle: boolean): bigint {
  let first = Number(before >> 32n) | 0;
  let second = Number(before & 0xffff_ffffn) | 0;
  for (let at = from; at < to; at += 8) {
    first = (first + view.getInt32(at, isLittle) + second) | 0;
    second = (second + view.getInt32(at + 4, isLittle) + first) | 0;
  }
  return (BigInt(first >>> 0) << 32n) | BigInt(second >>> 0);
}
