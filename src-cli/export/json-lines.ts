import type { FileHandle } from 'node:fs/promises';
import { onDisk } from './on-disk.ts';
import { isWhole, pages, type Source } from './source.ts';

/** One entry a line, then the checkpoint and what was asked for. Answers how many entries there are. */
export async function writeJsonLines(source: Source, file: FileHandle): Promise<number> {
  let count = 0;
  for await (const entries of pages(source)) {
    count += entries.length;
    await onDisk(() => file.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')));
  }
  const end = { checkpoint: source.note, ...(isWhole(source) ? {} : { filter: source.filter }) };
  await onDisk(() => file.appendFile(`${JSON.stringify(end)}\n`));
  return count;
}
