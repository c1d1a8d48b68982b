import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { Fault } from '../src-shared/fault.ts';

/** An entry is far shorter; whoever wrote the file chooses the length. */
const maxLine = 4 * 1024 * 1024;

/**
 * The lines of a file without their line feeds, a piece at a time. `node:readline` would also break at U+2028, which
 * JSON allows inside a text. Faults: FILE_UNREADABLE.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    const file = await open(path);
    for await (const chunk of file.createReadStream({ highWaterMark: 256 * 1024 })) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > maxLine) throw unreadable('a line is too long');
      yield* lines;
    }
  } catch (error) {
    throw error instanceof Fault ? error : unreadable((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}

const unreadable = (why: string): Fault =>
  new Fault(
    'FILE_UNREADABLE',
    `The file cannot be read (${why}).`,
    'Check --file: it is what `bulkhead audit export` wrote.',
  );
