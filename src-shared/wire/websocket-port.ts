import type { Port } from './port.ts';

/** The part of the standard WebSocket that both the browser and the Node server implement. */
export interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

/** An open WebSocket as a port. JSON text only; anything else closes it. */
export function websocketPort(socket: Socket): Port {
  return {
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }) => {
        let message: unknown;
        try {
          message = JSON.parse(String(data));
        } catch {
          return socket.close();
        }
        listener(message);
      }),
    onClose: (listener) => socket.addEventListener('close', listener),
    close: () => socket.close(),
  };
}
