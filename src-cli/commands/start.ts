import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../../src-shared/fault.ts';
import { command } from '../command.ts';
import { findElectron } from '../find-electron.ts';
import { homeFolder } from '../home.ts';
import { defaultPort, portNumber } from '../port-number.ts';
import type { Common, Shell } from '../shell.ts';
import { plain } from '../text.ts';
import type { World } from '../world.ts';

interface StartOptions extends Common {
  readonly headless?: boolean;
  readonly demo?: boolean;
  readonly demoData?: string;
  readonly demoAs?: string;
  readonly port: number;
  readonly open: boolean;
  readonly operatorTokenOut?: string;
}

/** `bulkhead start`: becomes the application, which prints the ready line itself. */
export function addStart(program: Command, { world, exit }: Shell): void {
  command(program, 'start', 'run Bulkhead until it is interrupted')
    .option('--headless', 'without Electron: the window is a page in your browser')
    .option('--demo', 'on the demo MSP, with its vendors emulated')
    .option('--demo-data <file>', 'another MSP for --demo')
    .option('--demo-as <technician>', 'whom of the demo MSP to sign in, by id')
    .option('--port <n>', 'port of the MCP endpoint, 0 for any free one', portNumber, defaultPort)
    .option('--no-open', 'do not open the window')
    .option('--operator-token-out <file>', 'write the operator token to this file, for you alone')
    .action((options: StartOptions) => exit(start(world, options)));
}

async function start(world: World, options: StartOptions): Promise<number> {
  const { program, env } = world;
  const args = hostArguments(world, options);
  if (!existsSync(program.entry('headless'))) {
    throw new Fault('NOT_BUILT', 'Bulkhead is not built.', 'Run: npm run build');
  }
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env; // It would make Electron a plain Node.
  const electron = options.headless ? { missing: '--headless' } : findElectron(world);
  if ('file' in electron) {
    if (!options.json) world.tell('Opening the desktop application (Electron).');
    // The folder and not the file: only then does Electron read the version from package.json.
    return world.replace({ file: electron.file, args: [program.root, ...args], env: rest });
  }
  if (!options.json && options.headless) world.tell('Opening the headless application.');
  if (!options.json && !options.headless) {
    world.tell(plain(`Opening the headless application, its window in a browser: ${electron.missing}.`));
  }
  return world.replace({ file: process.execPath, args: [program.entry('headless'), ...args], env: rest });
}

function hostArguments(world: World, options: StartOptions): string[] {
  const { demo, demoData, demoAs, port, open, operatorTokenOut } = options;
  if (demoData !== undefined && !demo) throw usage('--demo-data needs --demo.');
  if (demoAs !== undefined && !demo) throw usage('--demo-as needs --demo.');
  if (demoData !== undefined && !isFile(demoData))
    throw new Fault('DEMO_DATA', 'The demo data file is not there.', 'Check --demo-data.');
  if (operatorTokenOut !== undefined && !existsSync(dirname(resolve(operatorTokenOut)))) {
    throw new Fault('FOLDER_MISSING', 'The folder for the operator token is not there.', 'Check --operator-token-out.');
  }
  return [
    '--home',
    homeFolder(world, options.home),
    '--port',
    String(port),
    ...(demo ? ['--demo'] : []),
    ...(demoData === undefined ? [] : ['--demo-data', resolve(demoData)]),
    ...(demoAs === undefined ? [] : ['--demo-as', demoAs]),
    ...(open ? [] : ['--no-open']),
    ...(options.json ? ['--json'] : []),
    ...(operatorTokenOut === undefined ? [] : ['--operator-token-out', resolve(operatorTokenOut)]),
  ];
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
const usage = (message: string): Fault => new Fault('USAGE', message, 'See `bulkhead start --help`.');
