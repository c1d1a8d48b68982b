// Of every 50th entry what `npm run bench tamper` does of each: nothing that changes an export of 10,000 entries is missed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKey } from '../../../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../../../src-cli/verifier/verify-file.ts';
import { noteKeyText } from '../../../src-shared/merkle/note.ts';
import { makeFolder } from '../../ledger/folder.ts';
import { origin, publicKey } from '../../merkle/export-fixture.ts';
import { sha256 } from '../../merkle/leaves.ts';
import { makeLedger, tamperWithAll } from './tamper.ts';

const ledger = makeLedger(10_000);

describe('tampering with an export of 10,000 entries', () => {
  it('is caught, whatever is changed, deleted, swapped, put in or cut off (every 50th entry)', {
    timeout: 60_000,
  }, async () => {
    const tallies = await tamperWithAll(ledger, 50);
    expect(tallies.filter(({ missed }) => missed.length > 0)).toEqual([]);
    expect(tallies.every(({ count }) => count > 1)).toBe(true);
  });

  it('is caught in the file as a whole as it is from where the true file stands', { timeout: 60_000 }, async () => {
    const key = readKey(noteKeyText({ name: origin, publicKey }, sha256));
    const verdictOf = (lines: readonly string[]) => {
      const file = join(makeFolder(), 'export.jsonl');
      writeFileSync(file, `${[...lines, JSON.stringify({ checkpoint: ledger.note })].join('\n')}\n`);
      return verifyFile(file, { key, kept: undefined });
    };
    const { lines } = ledger;
    expect(await verdictOf(lines)).toMatchObject({ ok: true, entries: 10_000, isProven: true });
    const cases: [readonly string[], number, string][] = [
      [lines.with(7000, lines[7000]!.replace('"customer":"', '"customer":"X')), 7001, 'changed'],
      [lines.toSpliced(5000, 1), 5001, 'missing'],
      [lines.with(1, lines[9998]!).with(9998, lines[1]!), 2, 'reordered'],
      [lines.toSpliced(9000, 0, lines[20]!), 9001, 'inserted'],
      [lines.slice(0, 9999), 10_000, 'truncated'],
    ];
    for (const [tampered, seq, what] of cases)
      expect(await verdictOf(tampered)).toMatchObject({ ok: false, firstBad: { seq, what } });
  });
});
