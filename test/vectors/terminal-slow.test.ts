// Attack: a text of mostly nothing, fifty thousand spaces. A pattern that is tried anew from each of
// them keeps `approval list`, and the window, from ever showing anything: then nobody can say no.
import { describe, expect, it } from 'vitest';
import { indented, json, plain } from '../../src-cli/text.ts';
import { exactParts } from '../../src-renderer/screens/approvals/exact-text.ts';
import { fastest } from '../fastest.ts';

// Four times as many, so that what is tried anew takes many seconds and a busy machine cannot be mistaken for it.
const spaces = `a${' '.repeat(200_000)}b`;
const lines = `a${`\n${' '.repeat(60_000)}`.repeat(3)}b${'\n\n\nx'.repeat(9000)}`;
const marks = '\u202E \n'.repeat(60_000);

describe('a text of mostly nothing', () => {
  it.each([
    ['plain', plain],
    ['indented', (text: string) => indented(text, '  ')],
    ['json', json],
    ['exactParts', exactParts],
  ])('is made by %s in no time', (_, make) => {
    for (const text of [spaces, lines, marks]) expect(fastest(() => make(text))).toBeLessThan(2000);
  });
});
