import { describe, expect, it } from 'vitest';
import { hold, type HeldCall } from '../../../src-gateway/approvals/held-call.ts';
import { hasRoom, latest } from '../../../src-gateway/approvals/room.ts';
import { testNow } from '../enrolment.ts';
import { makeDesk } from './desk.ts';

const terms = { id: 'ap-0000000000000001' as never, fingerprint: 'a'.repeat(64), ranAt: null };
const held = hold(makeDesk().call(), terms, { at: 0, now: testNow });
/** As many calls, each of so many bytes. */
const calls = (count: number, bytes: number): readonly HeldCall[] =>
  Array.from({ length: count }, () => ({ ...held, bytes }));

describe('hasRoom', () => {
  it('is there for a fiftieth call, and for no more', () => {
    expect([hasRoom(calls(49, 1), 1), hasRoom(calls(50, 1), 1)]).toEqual([true, false]);
  });

  it('is there up to 512 KiB in all, and for not one byte more', () => {
    const seven = calls(7, 65_536);
    expect([hasRoom(seven, 65_536), hasRoom(seven, 65_537)]).toEqual([true, false]);
  });
});

describe('latest', () => {
  it('keeps a mebibyte, and of more the latest that fit', () => {
    expect(latest(calls(16, 65_536))).toHaveLength(16);
    const [first, ...others] = [{ ...held, bytes: 1 }, ...calls(16, 65_536)];
    expect(latest([first as HeldCall, ...others])).toEqual(others);
  });

  it('keeps fifty, and of more the latest', () => {
    const [first, ...others] = [{ ...held, bytes: 2 }, ...calls(50, 1)];
    expect(latest([first as HeldCall, ...others])).toEqual(others);
  });
});
