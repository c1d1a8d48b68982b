import type { IncomingMessage } from 'node:http';

const maxBody = 4096;

/** A small URL-encoded form; undefined for anything else. The server's request timeout bounds how long it may take. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    return undefined;
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBody) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
