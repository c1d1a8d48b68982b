import { join } from 'node:path';
import { app } from 'electron';
import { asFault, Fault } from '../src-shared/fault.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { announce } from './node/announce.ts';
import { startApp } from './app/start.ts';
import { appOptions } from './app-options.ts';
import { readArguments } from './node/arguments.ts';
import { registerAppScheme } from './electron/app-protocol.ts';
import { confinePages } from './electron/confine.ts';
import { electronHost } from './electron/electron-host.ts';
import { quitInOrder } from './electron/quit-in-order.ts';
import { Quit } from './quit.ts';
import { rendererFiles } from './node/renderer-files.ts';

/** The desktop application. */
async function main(): Promise<void> {
  const { argv, env, platform } = process;
  const options = readArguments({ argv: argv.slice(app.isPackaged ? 1 : 2), env, platform, isStrict: false });
  const folder = import.meta.dirname;

  app.enableSandbox();
  registerAppScheme();
  app.setPath('userData', join(options.home, 'electron')); // Chromium's own files, and the lock: one running app for each home.
  if (!app.requestSingleInstanceLock()) return app.exit(0); // The first one shows its window instead.
  confinePages();
  let show: () => void = () => {};
  app.on('second-instance', () => show());
  const quit = new Quit();
  quitInOrder(quit);

  await app.whenReady();
  const host = electronHost({
    home: options.home,
    folder,
    preload: join(folder, '..', 'preload', 'preload.cjs'),
    files: rendererFiles(join(folder, '..', 'renderer')),
    quit,
  });
  const running = await startApp(
    host,
    appOptions({
      given: options,
      env,
      version: app.getVersion(),
      shippedDemo: join(folder, '..', '..', 'demo', 'northway.json'),
    }),
  );
  host.onQuit(() => running.stop());
  announce({
    app: running,
    isTerminal: process.stdout.isTTY,
    operatorTokenOut: options.operatorTokenOut,
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
  });
  show = running.window.show;
  if (options.mayOpen) show();
}

main().catch((error: unknown) => {
  if (!(error instanceof Fault)) reportUnexpected(error);
  const { code, message, remedy } = asFault(error);
  process.stderr.write(`${message}${remedy === undefined ? '' : ` ${remedy}`} (${code})\n`);
  app.exit(code === 'USAGE' ? 2 : 1);
});
