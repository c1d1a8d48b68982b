import type { Socket } from 'node:net';
import { connectedSockets } from '../../src-main/node/connected-sockets.ts';

/** A port that has not been passed yet: the promise of one end of a local connection. */
class MessagePortMain {
  readonly end: Promise<Socket>;

  constructor(end: Promise<Socket>) {
    this.end = end;
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const pair = connectedSockets(process.platform);
    this.port1 = new MessagePortMain(pair.then(([first]) => first));
    this.port2 = new MessagePortMain(pair.then(([, second]) => second));
  }
}

export type { MessagePortMain };
