// A child that takes whatever it is handed and drops it, until it is ended.
import type { Socket } from 'node:net';

process.on('message', (_, handle) => (handle as Socket | undefined)?.destroy());
