import { unseenCharacters } from '../src-shared/unseen.ts';

/**
 * Text for a terminal. Names, arguments and records come from vendors and from AI: none of them may move the cursor,
 * change the title, turn the direction of writing or be there unseen.
 */

/** The text on one line: what cannot be seen is marked, a line feed becomes a space. */
export function plain(text: string): string {
  const line = text.includes('\n')
    ? text
        .split('\n')
        .map((each) => each.trim())
        .join(' ')
    : text;
  return line.replaceAll(unsafe, '\uFFFD');
}

/** So many of something: `1 entry`, `2 entries`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** Columns that a text is folded to: fewer than a terminal has. */
const columns = 76;

/**
 * The text on as many lines as it takes, all but the first behind `indent` and none so long that a terminal breaks it: nothing
 * of it begins at the left edge, where our own words do.
 */
export function indented(text: string, indent: string): string {
  const lines = text.split(/\r?\n/).flatMap((line) => folded(plain(line), columns - indent.length));
  return lines.join(`\n${indent}`);
}

/** The JSON text of a value on one line; what cannot be seen is escaped, also where JSON allows it. */
export function json(value: unknown): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(unsafe, (letter) => letter.split('').map(escaped).join(''));
}

/** Aligned columns, two spaces apart; every cell is made plain. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(plain));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Broken after a space where there is one late in the line. What is no ASCII is taken to be as wide as a letter can be: two. */
function folded(line: string, most: number): string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const letter of line) {
    const width = widthOf(letter);
    if (used + width > most) {
      const space = row.lastIndexOf(' ') + 1;
      const end = space > row.length / 2 ? space : row.length;
      rows.push(row.slice(0, end));
      row = row.slice(end);
      used = [...row].reduce((sum, each) => sum + widthOf(each), 0);
    }
    row += letter;
    used += width;
  }
  return [...rows, row];
}

const widthOf = (letter: string): number => (letter > '~' ? 2 : 1);

const unsafe = new RegExp(`[${unseenCharacters}]`, 'gu');
