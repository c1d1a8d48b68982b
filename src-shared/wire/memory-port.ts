import type { Port } from './port.ts';

/** Two linked ports in one process. Messages pass through JSON, so a test cannot pass what a wire could not. */
export function memoryPorts(): [Port, Port] {
  const ends = [end(), end()] as const;
  let isClosed = false;
  const port = (mine: 0 | 1, theirs: 0 | 1): Port => ({
    post: (message) => {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      queueMicrotask(() => {
        if (!isClosed) for (const hear of ends[theirs].heard) hear(copy);
      });
    },
    onMessage: (listener) => void ends[mine].heard.push(listener),
    onClose: (listener) => void ends[mine].closed.push(listener),
    close: () => {
      if (isClosed) return;
      isClosed = true;
      for (const { closed } of ends) for (const tell of closed) tell();
    },
  });
  return [port(0, 1), port(1, 0)];
}

function end() {
  const heard: ((message: unknown) => void)[] = [];
  const closed: (() => void)[] = [];
  return { heard, closed };
}
