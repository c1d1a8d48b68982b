import type { HeldCall } from './held-call.ts';

/** Calls of one client app that may wait at one time, and bytes of their arguments. No app takes anything from another. */
const mostWaiting = 50;
const mostOfOne = 512 * 1024;
/** What is over is shown so many at a time, and so many bytes; besides, whatever a standing approval was given with. */
const mostShown = 50;
const mostOver = 1024 * 1024;

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
