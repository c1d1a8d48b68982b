/**
 * The running Bulkhead of a home folder, found by run/app.json. The file is in the owner's folder, so it is trusted as the
 * owner is; it may be stale, and what answers at its socket is checked by the contract.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { ui } from '../src-shared/contract/ui.ts';
import { Fault } from '../src-shared/fault.ts';
import { readFileIfThere } from '../src-shared/node/atomic-file.ts';
import { socketPort } from '../src-shared/node/socket-port.ts';
import { client } from '../src-shared/wire/client.ts';
import type { Client } from '../src-shared/wire/contract.ts';
import { homeFolder } from './home.ts';
import type { Common } from './shell.ts';
import type { World } from './world.ts';

const AppFile = z.looseObject({
  mcpUrl: z.string(),
  windowUrl: z.string(),
  pid: z.int().positive(),
  host: z.enum(['electron', 'headless']),
  control: z.string().min(1),
  started: z.string(),
});
export type AppFile = z.infer<typeof AppFile>;

export interface App {
  readonly file: AppFile;
  readonly api: Client<typeof ui>;
  /** Options for a call that should be answered by then; the person's interruption ends it too. */
  within(milliseconds?: number): { readonly signal: AbortSignal };
  /** Aborts when the app is gone. */
  readonly gone: AbortSignal;
}

/** Milliseconds for the socket to open, and for an answer when a command names no other time. */
const connectWithin = 2000;
const answerWithin = 15_000;

/** Works with the running app, or without: undefined means that none runs with this home folder. */
export async function withAppIfAny<T>(
  world: World,
  options: Common,
  work: (app: App | undefined) => Promise<T>,
): Promise<T> {
  const found = await connectApp(world, homeFolder(world, options.home));
  try {
    return await work(found?.app);
  } catch (thrown) {
    throw explained(thrown, world);
  } finally {
    found?.close();
  }
}

/** Works with the running app. Faults: NOT_RUNNING, APP_ENDED, NOT_ANSWERING, OTHER_VERSION, INTERRUPTED and the app's own. */
export async function withApp<T>(world: World, options: Common, work: (app: App) => Promise<T>): Promise<T> {
  return withAppIfAny(world, options, (app) => {
    if (app) return work(app);
    throw new Fault(
      'NOT_RUNNING',
      'Bulkhead is not running with this home folder.',
      'Start it with `bulkhead start`, or name its home folder with --home.',
    );
  });
}

async function connectApp(world: World, home: string): Promise<{ app: App; close(): void } | undefined> {
  const file = readAppFile(home);
  if (!file || !isAlive(file.pid)) return undefined;
  const socket = connect(file.control);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectWithin) });
  } catch {
    socket.destroy();
    return undefined; // Left by one that was killed; its process id may be another program's by now.
  }
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  const app: App = {
    file,
    api: client(ui, socketPort(socket)),
    within: (milliseconds = answerWithin) => ({
      signal: AbortSignal.any([world.interrupted, AbortSignal.timeout(milliseconds)]),
    }),
    gone: gone.signal,
  };
  return { app, close: () => void socket.destroy() };
}

function readAppFile(home: string): AppFile | undefined {
  try {
    return AppFile.safeParse(JSON.parse(readFileIfThere(join(home, 'run', 'app.json')) ?? 'null')).data;
  } catch {
    return undefined; // Not readable, or not JSON: nothing of ours runs there.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What happens between two processes, in the words of the person who typed the command. */
function explained(thrown: unknown, world: World): unknown {
  if (thrown instanceof z.ZodError) {
    return new Fault(
      'OTHER_VERSION',
      'The running Bulkhead is of another version than this command.',
      'Stop it and start it again.',
    );
  }
  if (!(thrown instanceof Fault)) return thrown;
  if (thrown.code === 'PORT_CLOSED') {
    return new Fault('APP_ENDED', 'Bulkhead ended before it answered.', 'Start it again with `bulkhead start`.');
  }
  if (thrown.code === 'BAD_INPUT') {
    return new Fault(
      'BAD_INPUT',
      'Bulkhead refused a value: it is too long or not of the right form.',
      'See `bulkhead --help`.',
    );
  }
  if (thrown.code !== 'CANCELLED' && thrown.code !== 'DEADLINE') return thrown;
  if (world.interrupted.aborted) return new Fault('INTERRUPTED', 'Stopped before Bulkhead answered.');
  return new Fault('NOT_ANSWERING', 'Bulkhead did not answer in time.', 'Look at it with `bulkhead doctor`.');
}
