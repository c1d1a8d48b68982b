import type { Readable } from 'node:stream';

const limit = 4096;

/** Keeps the end of what a child wrote to stderr, for the log. The child chooses the text and its length. */
export function lastWords(stderr: Readable | NodeJS.ReadableStream | null): () => string {
  let kept = Buffer.alloc(0);
  stderr?.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk.subarray(-limit)]).subarray(-limit);
  });
  return () => kept.toString('utf8').trim();
}
