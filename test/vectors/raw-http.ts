// HTTP as an attacker writes it: any bytes, in any order, as slowly as wanted. fetch would mend or refuse most of it.
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  /** Names in lower case; the last of equal ones. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds until the server closed the connection. */
  readonly ms: number;
}

/** Sends the bytes and reads until the server closes. Ask for `connection: close`, or this waits as long as the server does. */
export async function raw(port: number, bytes: string | Buffer, host = '127.0.0.1'): Promise<RawAnswer> {
  const socket = connect({ port, host, allowHalfOpen: true });
  socket.write(bytes);
  return answerOf(socket);
}

/** Reads all that comes over a socket until it is closed. */
export function answerOf(socket: Socket): Promise<RawAnswer> {
  const from = performance.now();
  const { promise, resolve } = Promise.withResolvers<RawAnswer>();
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {}); // A reset is an end like any other; what came before it counts.
  socket.on('end', () => socket.end());
  socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('utf8'), performance.now() - from)));
  return promise;
}

function parse(text: string, ms: number): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n'), ms };
}

/** The bytes of a request. `lines` are header lines exactly as they go out. */
export const request = (method: string, path: string, lines: readonly string[], body = ''): string =>
  [`${method} ${path} HTTP/1.1`, ...lines, 'connection: close', '', body].join('\r\n');
