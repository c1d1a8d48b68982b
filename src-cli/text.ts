/**
 * Text for a terminal. Names, arguments and records come from vendors and from AI: none of them may move the cursor,
 * change the title or turn the direction of writing.
 */

/** The text without control and direction characters; a line feed becomes a space. */
export function plain(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(unsafe, '\uFFFD');
}

/** The JSON text of a value on one line, every control character escaped, those that JSON allows too. */
export function json(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    unsafe,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
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

// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
