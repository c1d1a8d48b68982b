// Attack: an AI chooses texts that a spreadsheet runs as a formula once somebody opens the table exported from the ledger. Which
// character parts the cells is for the spreadsheet to say: where it is `;`, a cell written with `,` around it is cut in pieces.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeEvidence } from '../cli/evidence-fixture.ts';
import { draft } from '../ledger/fork-ledger.ts';

const formula = "=cmd|' /C calc'!A0";
const ways = [
  ...['', ' ', '\t', '"', '""', '" "', ';', ';;', 'x,', 'x, "', 'x\t'],
  ...['x;', 'x; ', 'x;"', 'x;"";', 'x";', 'x;\u00a0'],
];
const ends = ['', ';', ';"', '";"'];

/** Cells as a spreadsheet finds them: quotes count where a cell begins with one, what follows the closing one is added. */
function cells(line: string, separator: string): string[] {
  const found: string[] = [];
  for (let at = 0; at <= line.length; at += 1) {
    let text = '';
    if (line[at] === '"') {
      const [whole, inside = ''] = /^"((?:[^"]|"")*)"?/.exec(line.slice(at)) ?? [''];
      text = inside.replaceAll('""', '"');
      at += whole.length;
    }
    for (; at < line.length && line[at] !== separator; at += 1) text += line[at];
    found.push(text);
  }
  return found;
}

it('a text an AI chose is no formula in a table, however a spreadsheet parts the cells', async () => {
  const { ledger, exportTo, out } = await makeEvidence();
  const texts = ways.flatMap((way) => ends.map((end) => `${way}${formula}${end}`));
  for (const text of texts) await ledger.append(draft(text, { params: { text, [text]: [text, -1] } }));
  expect((await exportTo('all.csv', '--format', 'csv')).code).toBe(0);
  const lines = readFileSync(out('all.csv'), 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(texts.length + 1);
  const found = lines.flatMap((line) =>
    [',', ';', '\t'].flatMap((separator) => [...cells(line, separator), ...line.split(separator)]),
  );
  expect(found.filter((cell) => /^[\s"]*[=+\-@|%]/.test(cell))).toEqual([]);
});
