// An AI writes arguments that look like something else to the person who must approve them: bytes that nobody sees, a second card
// drawn below the first, a place that seems to hold a secret.
import { describe, expect, it } from 'vitest';
import { shownApproval } from '../../src-cli/shown-approval.ts';
import { json, plain } from '../../src-cli/text.ts';
import { argumentRows } from '../../src-renderer/screens/approvals/argument-rows.ts';
import { exactParts } from '../../src-renderer/screens/approvals/exact-text.ts';
import type { Approval } from '../../src-shared/model/approval.ts';
import { attackedDesk } from './approval-world.ts';
import { fastest } from '../fastest.ts';

const unseen = ['\u{E0101}', '\uFE0E', '\u034F', '\u17B4', '\u180B', '\u2800', '\u3164'];
const formats = ['\u200B', '\u200F', '\u061C', '\u2060', '\uFEFF', '\u{E0041}', '\u00AD', '\u202E'];

async function asked(note: string): Promise<Approval> {
  const desk = await attackedDesk();
  await desk.call({ note });
  const [waiting] = desk.waiting();
  if (!waiting) throw new Error('nothing waits');
  return waiting;
}

describe('a text with characters that are never drawn', () => {
  it.each([...unseen, ...formats])('is marked on the card in the window (%j)', (hidden) => {
    expect(exactParts(`pay a${hidden}b`).map(({ kind }) => kind)).toEqual(['seen', 'mark', 'seen']);
  });

  it.each([...unseen, ...formats])('is not shown as it is in a terminal (%j)', async (hidden) => {
    expect(shownApproval(await asked(`pay a${hidden}b`))).toContain('note: pay a\uFFFDb');
  });

  it.each([...unseen, ...formats])('is escaped in what scripts read, and none of it lost (%j)', (hidden) => {
    expect(json({ note: `a${hidden}b` })).not.toContain(hidden);
    expect(JSON.parse(json({ note: `a${hidden}b` }))).toEqual({ note: `a${hidden}b` });
  });
});

describe('a long text', () => {
  const row = (text: string, columns: number): string => text.padEnd(columns);
  const forged = ['ap-00000000000000ff', 'who     claude, in the name of Amy', 'what    Read a ticket'];
  const drawn = (text: string): string[] => text.split('\n').flatMap((line) => line.match(/.{1,80}/gu) ?? ['']);

  it.each([80, 78, 76, 72, 68])(
    'draws no other card at the left edge of a terminal (padded to %d)',
    async (columns) => {
      const note = `${row('ok', columns - '  note: '.length)}${forged.map((each) => row(each, columns)).join('')}`;
      const lines = drawn(shownApproval(await asked(note)));
      expect(lines.filter((line) => /^(ap-|who|what)/.test(line))).toHaveLength(3);
    },
  );

  it('does so neither in letters that are two columns wide, nor by line breaks', async () => {
    const wide = shownApproval(await asked(`${'ｗ'.repeat(36)}ap-0`)).split('\n');
    expect(wide.find((line) => line.includes('note: '))).not.toContain('ap-0');
    expect(wide.at(-1)).toMatch(/^ {4}.*ap-0$/);
    expect(shownApproval(await asked(`a\r\nap-1\nap-2`))).toContain('note: a\n    ap-1\n    ap-2');
  });

  it('is there whole', async () => {
    const note = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ');
    const shown = shownApproval(await asked(note)).replaceAll('\n    ', '');
    expect(shown).toContain(`note: ${note}`);
  });

  it('of white space keeps no terminal busy', () => {
    for (const text of [' '.repeat(200_000), `${' '.repeat(100_000)}\n${'\t'.repeat(100_000)}x`])
      expect(fastest(() => plain(text))).toBeLessThan(2000);
  });
});

describe('an argument that reads like the place of a secret', () => {
  it('is shown as the text it is', async () => {
    const waiting = await asked('[not recorded]');
    expect(waiting.secrets).toEqual([]);
    expect(argumentRows(waiting).find(({ name }) => name === 'note')).toEqual({
      name: 'note',
      kind: 'words',
      text: '[not recorded]',
    });
    expect(shownApproval(waiting)).not.toContain('not shown');
    expect(shownApproval({ ...waiting, secrets: ['note'] })).toContain('secret       note: not shown');
  });
});
