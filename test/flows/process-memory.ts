// Whether a text is anywhere in a process's memory, as any of the forms a program would hold it in. Linux.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const chunkSize = 8 * 1024 * 1024;

/** UTF-8, UTF-16, hex, and base64 at each of its three alignments. */
export function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4)); // Without what its neighbours decide.
  });
  return [bytes, Buffer.from(text, 'utf16le'), Buffer.from(bytes.toString('hex')), ...base64];
}

/** Which forms are there; `bytes` is how much could be read. Undefined when the system does not let us look. */
export function searchMemory(pid: number, forms: readonly Buffer[]): { found: number[]; bytes: number } | undefined {
  let memory: number;
  try {
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return undefined;
  }
  const overlap = Math.max(...forms.map(({ length }) => length));
  const buffer = Buffer.alloc(chunkSize + overlap);
  const found = new Set<number>();
  let bytes = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '', to = '', rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      const end = Number.parseInt(to, 16);
      if (!rights.startsWith('r') || end > Number.MAX_SAFE_INTEGER) continue;
      for (let at = Number.parseInt(from, 16); at < end; at += chunkSize) {
        const length = readAt(memory, buffer, at, Math.min(chunkSize + overlap, end - at));
        bytes += Math.min(length, chunkSize);
        const part = buffer.subarray(0, length);
        for (const [index, form] of forms.entries()) if (part.includes(form)) found.add(index);
      }
    }
  } finally {
    closeSync(memory);
  }
  return { found: [...found], bytes };
}

/** How much was read; 0 for a region that is listed and yet not readable, such as a device's. */
function readAt(file: number, buffer: Buffer, at: number, length: number): number {
  try {
    return readSync(file, buffer, 0, length, at);
  } catch {
    return 0;
  }
}
