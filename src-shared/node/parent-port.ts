import type { Socket } from 'node:net';
import type { Port } from '../wire/port.ts';
import { socketPort } from './socket-port.ts';

/**
 * A child's view of its supervisor, the same in both hosts: one control port, and links to other children that the
 * supervisor hands over. In Electron `process.parentPort` exists and links are message ports; in Node the control port
 * is the IPC channel and links are local sockets.
 *
 * A child whose supervisor is gone ends itself, so none is ever orphaned.
 */
export interface Parent {
  readonly control: Port;
  /** Called for every link handed over, with the name the supervisor gave it. */
  onLink(listener: (name: string, port: Port) => void): void;
}

/** What the supervisor sends beside a link. Everything else on the channel belongs to the control port. */
interface LinkMessage {
  readonly link: string;
}

/** Electron's MessagePortMain, as far as it is used here. */
interface MessagePortMain {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
  on(name: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown; ports: MessagePortMain[] }) => void): void;
}

export function connectParent(): Parent {
  const electron = (process as unknown as { parentPort?: ParentPort }).parentPort;
  return electron ? electronParent(electron) : nodeParent();
}

function nodeParent(): Parent {
  process.on('disconnect', () => process.exit(0));
  return parent(
    (listen) => process.on('message', (message, handle) => listen(message, handle)),
    (message) => void process.send?.(message),
    (socket) => socketPort(socket as Socket),
  );
}

function electronParent(parentPort: ParentPort): Parent {
  return parent(
    (listen) => parentPort.on('message', ({ data, ports }) => listen(data, ports[0])),
    (message) => parentPort.postMessage(message),
    (port) => messagePort(port as MessagePortMain),
  );
}

function parent(
  listenTo: (listener: (message: unknown, handle: unknown) => void) => void,
  post: (message: unknown) => void,
  portOf: (handle: unknown) => Port,
): Parent {
  const heard: ((message: unknown) => void)[] = [];
  const linked: ((name: string, port: Port) => void)[] = [];
  const early: [string, Port][] = [];
  listenTo((message, handle) => {
    if (isLink(message)) {
      if (handle === undefined || handle === null) return; // The other end died while the link was on its way.
      const port = portOf(handle);
      if (linked.length === 0) early.push([message.link, port]);
      for (const listener of linked) listener(message.link, port);
      return;
    }
    for (const listener of heard) listener(message);
  });
  return {
    control: {
      post,
      onMessage: (listener) => void heard.push(listener),
      onClose: () => {}, // The process ends with its supervisor; there is no later to tell.
      close: () => process.exit(0),
    },
    onLink: (listener) => {
      linked.push(listener);
      for (const [name, port] of early.splice(0)) listener(name, port);
    },
  };
}

function isLink(message: unknown): message is LinkMessage {
  return typeof message === 'object' && message !== null && 'link' in message && typeof message.link === 'string';
}

/** Electron's message port as a port. Text on the wire, so that both hosts carry exactly JSON. */
function messagePort(port: MessagePortMain): Port {
  let isStarted = false;
  return {
    post: (message) => port.postMessage(JSON.stringify(message)),
    onMessage: (listener) => {
      port.on('message', ({ data }) => {
        let message: unknown;
        try {
          message = JSON.parse(String(data));
        } catch {
          return port.close();
        }
        listener(message);
      });
      if (!isStarted) port.start();
      isStarted = true;
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}
