import type { Port } from '../../src-shared/wire/port.ts';

/** A front end that lets this much wait is stuck. */
const maxWaiting = 32 * 1024 * 1024;

interface Peer {
  /** Bytes posted that have not left yet. */
  waiting(): number;
  /** Ends the connection at once; what waits is given up. */
  cutOff(): void;
}

/** A port to a front end that may stop reading while every change is told to it: it is cut off then, and connects again. */
export function boundedPort(port: Port, { waiting, cutOff }: Peer): Port {
  return {
    ...port,
    post: (message) => {
      if (waiting() > maxWaiting) cutOff();
      else port.post(message);
    },
  };
}
