import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { Port } from '../wire/port.ts';

/** The longest line a peer may send. A tool's answer is capped far below it; a longer line closes the port. */
const maxLine = 32 * 1024 * 1024;

/**
 * A local socket as a port: one JSON text a line. JSON escapes line feeds, so a line feed always ends a message.
 * The socket must be paused when it arrives, so that nothing is lost before the first listener; `onMessage` starts it.
 */
export function socketPort(socket: Socket): Port {
  const heard: ((message: unknown) => void)[] = [];
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  let length = 0;

  socket.pause(); // Else the first data listener would start it, and a link nobody listens to yet would lose its first lines.
  socket.on('data', (chunk: Buffer) => {
    const text = decoder.write(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      pieces.push(text.slice(start, end));
      const line = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('');
      pieces = [];
      length = 0;
      start = end + 1;
      if (!hear(line)) return;
    }
    if (start < text.length) {
      pieces.push(start === 0 ? text : text.slice(start));
      length += text.length - start;
    }
    if (length > maxLine) socket.destroy();
  });
  socket.on('error', () => socket.destroy()); // A broken peer is a closed port; 'close' follows.

  function hear(line: string): boolean {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      socket.destroy();
      return false;
    }
    for (const listener of heard) listener(message);
    return !socket.destroyed;
  }

  return {
    post: (message) => {
      if (socket.destroyed) return;
      if (socket.writableCorked === 0) {
        // What is posted in one turn leaves in one write: a system call costs more than the message.
        socket.cork();
        process.nextTick(() => socket.uncork());
      }
      socket.write(`${JSON.stringify(message)}\n`);
    },
    onMessage: (listener) => {
      heard.push(listener);
      socket.resume();
    },
    onClose: (listener) => void socket.on('close', listener),
    close: () => void socket.destroy(),
  };
}
