/** What two lists of lines have in common and what not, in reading order: what went before what came. */

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

const most = 600;

/** The longest common subsequence. Beyond 600 lines a side it says all went and all came: that is never too little. */
export function lineDiff(before: readonly string[], now: readonly string[]): readonly DiffLine[] {
  if (before.length > most || now.length > most) return [...all('gone', before), ...all('new', now)];
  const lengths = commonLengths(before, now);
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < now.length) {
    const [gone, come] = [before[row], now[column]];
    if (gone !== undefined && gone === come) {
      lines.push({ kind: 'same', text: gone });
      row++;
      column++;
    } else if (gone !== undefined && (come === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: 'gone', text: gone });
      row++;
    } else if (come !== undefined) {
      lines.push({ kind: 'new', text: come });
      column++;
    }
  }
  return lines;
}

const all = (kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind, text }));

/** How many lines the rests of both lists have in common, for every pair of places. */
function commonLengths(before: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array.from({ length: now.length + 1 }, () => 0));
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = now.length - 1; column >= 0; column--) {
      const mine = lengths[row];
      const below = lengths[row + 1];
      if (mine === undefined || below === undefined) continue;
      mine[column] =
        before[row] === now[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, mine[column + 1] ?? 0);
    }
  return lengths;
}
