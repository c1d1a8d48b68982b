import { canonical } from '../../src-shared/canonical.ts';
import { writtenArguments } from '../written-arguments.ts';
import type { AskedCall } from './asked-call.ts';
import type { HeldCall } from './held-call.ts';

/** Calls of one client app that may wait at one time, and bytes of their arguments. No app takes anything from another. */
const mostWaiting = 50;
const mostOfOne = 512 * 1024;
/** What is over is shown so many at a time, and so many bytes. */
const mostShown = 50;
const mostOver = 1024 * 1024;
/**
 * Bytes a person can be asked to read. The ledger keeps the arguments of `approval.asked` whole to a little beyond
 * (src-ledger/seal-entry.ts): what people approve must be readable there.
 */
const mostRead = 64 * 1024;

/** Bytes of the canonical text of the arguments that people read. Secrets are neither read nor written. */
export function bytesToRead({ session, definition, arguments: args }: Readable): number {
  return Buffer.byteLength(canonical(writtenArguments(args, session.tools.get(definition.name))));
}

type Readable = Pick<AskedCall, 'session' | 'definition' | 'arguments'>;

export const isReadable = (bytes: number): boolean => bytes <= mostRead;

/** Whether one more call of so many bytes may wait beside those of its client app that do. */
export const hasRoom = (waiting: readonly HeldCall[], bytes: number): boolean =>
  waiting.length < mostWaiting && sizeOf(waiting) + bytes <= mostOfOne;

/** The latest of what is over, as far as it is kept. */
export function latest(over: readonly HeldCall[]): readonly HeldCall[] {
  let kept = over.slice(-mostShown);
  while (sizeOf(kept) > mostOver) kept = kept.slice(1);
  return kept;
}

const sizeOf = (all: readonly HeldCall[]): number => all.reduce((total, { bytes }) => total + bytes, 0);
