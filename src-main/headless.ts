import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFault, Fault } from '../src-shared/fault.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { announce } from './node/announce.ts';
import { startApp } from './app/start.ts';
import { appOptions } from './app-options.ts';
import { readArguments } from './node/arguments.ts';
import { nodeHost } from './node/child-process-host.ts';

/** The application without Electron: for jump hosts, servers and CI, and where Electron's binary is not. */
async function main(): Promise<void> {
  const { argv, env, platform } = process;
  const options = readArguments({ argv: argv.slice(2), env, platform, isStrict: true });
  const folder = import.meta.dirname;
  const root = join(folder, '..', '..');
  const host = nodeHost({
    home: options.home,
    program: { folder, code: [join(root, 'node_modules'), join(root, 'package.json')], node: process.execPath },
    renderer: join(folder, '..', 'renderer'),
    windowPort: options.windowPort,
    mayOpenBrowser: options.mayOpen && hasDisplay(),
  });
  let isAsked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isAsked) process.exit(1); // Asked twice: at once.
      isAsked = true;
      host.quit();
    });
  }

  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const app = await startApp(
    host,
    appOptions({ given: options, env, version, shippedDemo: join(root, 'demo', 'northway.json') }),
  );
  host.onQuit(() => app.stop());
  announce({
    app,
    isTerminal: process.stdout.isTTY,
    operatorTokenOut: options.operatorTokenOut,
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
  });
  app.window.show();
}

function hasDisplay(): boolean {
  const { env, platform } = process;
  if (env['SSH_CONNECTION'] !== undefined) return false; // The browser would open on the other end.
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

main().catch((error: unknown) => {
  if (!(error instanceof Fault)) reportUnexpected(error);
  const { code, message, remedy } = asFault(error);
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ error: { code, message, remedy } })}\n`);
  process.stderr.write(`${message}${remedy === undefined ? '' : ` ${remedy}`} (${code})\n`);
  process.exit(code === 'USAGE' ? 2 : 1);
});
