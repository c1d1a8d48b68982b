import type { IncomingMessage } from 'node:http';

/**
 * What is settled before any business logic: a request that names another host, comes from a web page, or is not what
 * an MCP client sends, is refused by its head alone, before its body is read. The sender controls every byte of it.
 */

/** The largest body a client may send, in bytes. */
export const maxBody = 1024 * 1024;

export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request is refused by its head, or undefined. `port` is the one this gateway listens on. */
export function refuseHead(request: IncomingMessage, port: number): Refusal | undefined {
  const { headers, method } = request;
  if (!isOwnHost(request, port)) return { status: 403, text: 'This host name is not served here.' };
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    return { status: 403, text: 'Web pages may not call this endpoint.' };
  }
  const path = (request.url ?? '').split('?', 1)[0];
  if (path !== '/mcp') return { status: 404, text: 'Not found.' };
  if (method !== 'POST') return { status: 405, text: 'Only POST is served here.', headers: { allow: 'POST' } };
  return undefined;
}

/** The same for what follows the head: only JSON, and not more of it than any call needs. */
export function refuseBody({ headers }: IncomingMessage): Refusal | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { status: 415, text: 'Only application/json is read here.' };
  if (headers['content-encoding'] !== undefined) return { status: 415, text: 'Encoded bodies are not read here.' };
  if (Number(headers['content-length'] ?? 0) > maxBody) return tooLarge;
  return undefined;
}

const tooLarge: Refusal = { status: 413, text: 'The request is larger than 1 MiB.' };

/** Reads a body up to the limit, whatever length the sender announced. */
export async function readBody(request: IncomingMessage): Promise<string | Refusal> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) return tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The hex token of an Authorization header, or undefined. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer ([0-9a-f]{64})$/.exec(headers.authorization ?? '')?.[1];
}

/** Exactly one Host header, and it names this listener. Anything else may be a rebound DNS name. */
function isOwnHost({ rawHeaders, headers }: IncomingMessage, port: number): boolean {
  const count = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (count !== 1) return false;
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(headers.host ?? '');
}
