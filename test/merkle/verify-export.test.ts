import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../src-ledger/verify-ed25519.ts';
import { verifyExport } from '../../src-shared/merkle/verify-export.ts';
import { exportOf, publicKey } from './export-fixture.ts';
import { sha256 } from './leaves.ts';

const powers = { sha256, verify: verifyEd25519, publicKey };
const { lines, note, end } = exportOf(9);
const check = (all: string[], more: object = {}) => verifyExport(() => all, { ...powers, ...more });
const without = (seq: number): string[] => lines.filter((_, at) => at !== seq - 1);

describe('verifyExport', () => {
  it('accepts a complete export under its key', async () => {
    expect(await check([...lines, end()])).toEqual({ ok: true, entries: 9, isComplete: true, signature: 'valid' });
  });

  it('says that it could not check a signature without a key, and when there is none', async () => {
    expect((await check([...lines, end()], { publicKey: undefined })).signature).toBe('unchecked');
    const unsigned = JSON.stringify({ checkpoint: note().split('\n\n')[0] + '\n' });
    expect(await check([...lines, unsigned], { publicKey: undefined })).toMatchObject({ ok: true, signature: 'none' });
    expect(await check([...lines, unsigned])).toMatchObject({ ok: false, signature: 'invalid' });
  });

  it('refuses another key', async () => {
    const other = { publicKey: publicKey.toReversed() };
    expect(await check([...lines, end()], other)).toMatchObject({
      ok: false,
      signature: 'invalid',
      firstBad: { seq: 9 },
    });
  });

  it.each([
    ['a changed entry', [...lines.with(3, lines[3]!.replace('MERI-7', 'MERI-8')), end()], 4],
    ['a missing entry', [...without(5), end()], 5],
    ['a missing first entry', [...without(1), end()], 1],
    ['a missing last entry', [...without(9), end()], 9],
    ['two entries swapped', [...lines.with(3, lines[4]!).with(4, lines[3]!), end()], 4],
    ['an entry twice', [...lines.toSpliced(3, 0, lines[2]!), end()], 4],
    ['something else', [...lines.with(3, '{"seq":4}'), end()], 4],
    ['half a surrogate pair', [...lines.with(3, lines[3]!.replace('Anna', '\\ud800')), end()], 4],
    ['an entry after the checkpoint', [...lines, exportOf(10).lines[9]!, end()], 10],
    ['no checkpoint', lines, 9],
  ])('names the first bad entry: %s', async (_, all, seq) => {
    expect(await check(all)).toMatchObject({ ok: false, firstBad: { seq } });
  });

  it('names the checkpoint when its root is not that of the entries', async () => {
    const other = JSON.parse(end()) as { checkpoint: string };
    const wrong = other.checkpoint.replace(/^(.*\n9\n).{4}/, '$1AAAA');
    expect(await check([...lines, JSON.stringify({ checkpoint: wrong })], { publicKey: undefined })).toMatchObject({
      ok: false,
      firstBad: { seq: 9 },
    });
  });

  it('takes a declared filter for what it is: every leaf checked, nothing claimed of the rest', async () => {
    const filtered = [lines[1]!, lines[2]!, lines[6]!];
    const last = end({ filter: { customer: 'MERI-7' } });
    expect(await check([...filtered, last])).toEqual({ ok: true, entries: 3, isComplete: false, signature: 'valid' });
    const changed = filtered.with(2, filtered[2]!.replace('MERI-7', 'MERI-8'));
    expect(await check([...changed, last])).toMatchObject({ ok: false, firstBad: { seq: 7 } });
  });

  it('allows a range of time no gap', async () => {
    const last = end({ filter: { from: '2026-11-21T09:00:03.000Z' } });
    expect(await check([...lines.slice(2), last])).toMatchObject({ ok: true, entries: 7, isComplete: false });
    expect(await check([...lines.slice(2, 5), ...lines.slice(6), last])).toMatchObject({
      ok: false,
      firstBad: { seq: 6 },
    });
  });
});
