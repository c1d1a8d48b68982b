import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fc } from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../src-cli/verifier/read-file.ts';
import { makeFolder } from '../../ledger/folder.ts';

const longest = 4 * 1024 * 1024;
const chunk = 256 * 1024;

async function linesOf(bytes: string | Buffer, from = 0): Promise<string[]> {
  const path = join(makeFolder(), 'file');
  writeFileSync(path, bytes);
  const file = await open(path);
  try {
    const lines: string[] = [];
    const { size } = await file.stat();
    for await (const piece of readLines(file, { from, bytes: size - from })) lines.push(...piece);
    return lines;
  } finally {
    await file.close();
  }
}

describe('readLines', () => {
  it('gives every line as it is, wherever a chunk ends in it', async () => {
    const letters = ['a', 'é', '€', '\u{1f600}', '\ufeff', '\ufffd', '\r'];
    const line = fc
      .tuple(fc.constantFrom(...letters), fc.integer({ min: 0, max: chunk + 2 }))
      .map(([letter, count]) => letter.repeat(count));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        expect(await linesOf(lines.map((each) => `${each}\n`).join(''))).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  it('gives nothing of a line that is too long, is not UTF-8 or has no end, and the others as they are', async () => {
    const x = (count: number): string => 'x'.repeat(count);
    expect(await linesOf(`a\n${x(longest)}\nb\n`)).toEqual(['a', x(longest), 'b']);
    for (const length of [longest + 1, longest + chunk - 3, longest + chunk, 3 * longest])
      expect(await linesOf(`a\n${x(length)}\nb\n`), String(length)).toEqual(['a', '', 'b']);
    expect(await linesOf(`${'€'.repeat(longest / 3 + 1)}\nb\n`)).toEqual(['', 'b']);
    expect(await linesOf(`a\n${x(2 * longest)}`)).toEqual(['a', '']);
    expect(await linesOf('a\nb')).toEqual(['a', '']);
    expect(await linesOf('a\n\n')).toEqual(['a', '']);
    expect(await linesOf('')).toEqual([]);
    const bad = Buffer.concat([Buffer.from('a\né\xff'), Buffer.of(0xff), Buffer.from('x\n€\n')]);
    expect(await linesOf(bad)).toEqual(['a', '', '€']);
  });
});
