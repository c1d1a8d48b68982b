// Attack: a text of mostly nothing, fifty thousand spaces (a file's content takes as many). A pattern that is tried anew from each of
// them keeps `approval list`, and the window, from ever showing anything: then nobody can say no.
import { describe, expect, it } from 'vitest';
import { indented, json, plain } from '../../src-cli/text.ts';
import { exactParts } from '../../src-renderer/screens/approvals/exact-text.ts';

const spaces = `a${' '.repeat(50_000)}b`;
const lines = `a${`\n${' '.repeat(12_000)}`.repeat(3)}b${'\n\n\nx'.repeat(9000)}`;
const marks = '\u202E \n'.repeat(15_000);

/** Milliseconds. What is tried anew from each space takes seconds. */
const soon = 700;

describe('a text of mostly nothing', () => {
  it.each([
    ['plain', plain],
    ['indented', (text: string) => indented(text, '  ')],
    ['json', json],
    ['exactParts', exactParts],
  ])('is made by %s in no time', (_, make) => {
    for (const text of [spaces, lines, marks]) {
      const from = performance.now();
      make(text);
      expect(performance.now() - from).toBeLessThan(soon);
    }
  });
});
