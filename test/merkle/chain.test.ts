import { describe, expect, it } from 'vitest';
import { ChainCheck, type Found, toHex, zeros } from '../../src-shared/merkle/chain.ts';
import { leafHash } from '../../src-shared/merkle/tree.ts';
import { sha256 } from './leaves.ts';

const leafOf = (text: string): string => toHex(leafHash(Buffer.from(text), sha256));
const found = (seq: number, more: Partial<Found> = {}): Found => ({
  text: `entry ${seq}`,
  leaf: leafOf(more.text ?? `entry ${seq}`),
  seq,
  at: '2026-11-21T09:00:00.000Z',
  prev: seq === 1 ? zeros : leafOf(`entry ${seq - 1}`),
  ...more,
});

describe('ChainCheck', () => {
  it.each([
    ['that does not continue the one before', found(3, { prev: zeros }), 3],
    ['that is older than the one before', found(3, { at: '2026-11-21T08:59:59.999Z' }), 3],
    ['that does not give its leaf', found(3, { leaf: zeros }), 3],
    ['that comes again', found(2), 3],
    ['that comes too early', found(4), 3],
  ])('finds an entry %s', (_, third, seq) => {
    const check = new ChainCheck(sha256);
    expect([check.add(found(1)), check.add(found(2))]).toEqual([undefined, undefined]);
    expect(check.add(third)).toMatchObject({ seq });
    expect(check.entries).toBe(2);
  });

  it('finds a first entry that continues something', () => {
    expect(new ChainCheck(sha256).add(found(1, { prev: leafOf('x') }))).toMatchObject({ seq: 1 });
  });

  it('takes the end of a ledger for what it is, and no gap in it', () => {
    const check = new ChainCheck(sha256, { gaps: 'before' });
    expect([check.add(found(7)), check.add(found(8)), check.add(found(10))]).toEqual([
      undefined,
      undefined,
      { seq: 9, problem: 'Entry 9 is missing.' },
    ]);
  });
});
