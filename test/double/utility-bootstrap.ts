import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** What Electron sets up in a utility process before the module runs. */
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void process.send?.(structuredClone(message)),
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
process.on('message', (message: { data: unknown }, handle: unknown) => {
  parentPort.emit('message', { data: message.data, ports: handle ? [messagePort(handle as Socket)] : [] });
});
process.on('disconnect', () => process.exit(0)); // Electron ends them with the browser process.

const [node, , module = '', ...rest] = process.argv;
process.argv = [node ?? '', module, ...rest];
await import(pathToFileURL(module).href);

function messagePort(socket: Socket) {
  socket.pause();
  const port = Object.assign(new EventEmitter(), {
    postMessage: (data: unknown) => void socket.write(`${JSON.stringify(data)}\n`),
    start: () => {
      createInterface({ input: socket }).on('line', (line) =>
        port.emit('message', { data: JSON.parse(line), ports: [] }),
      );
    },
    close: () => void socket.destroy(),
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => port.emit('close'));
  return port;
}
