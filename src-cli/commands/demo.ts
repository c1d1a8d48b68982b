import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../../src-shared/fault.ts';
import { command } from '../command.ts';
import { portNumber } from '../port-number.ts';
import type { Common, Shell } from '../shell.ts';
import type { World } from '../world.ts';

interface VendorsOptions extends Common {
  readonly data?: string;
  readonly port?: number;
}

/** `bulkhead demo vendors`: becomes the vendor emulators, which print their ready line themselves. */
export function addDemo(program: Command, { world, exit }: Shell): void {
  const demo = program.command('demo').description('parts of the demo MSP');
  command(demo, 'vendors', 'only the vendor emulators')
    .option('--data <file>', 'another MSP than the one that ships')
    .option('--port <n>', 'port of the emulators, 0 for any free one', portNumber)
    .action((options: VendorsOptions) => exit(vendors(world, options)));
}

async function vendors(
  { program, env, replace }: World,
  { data, port, json = false }: VendorsOptions,
): Promise<number> {
  const entry = program.entry('vendors');
  if (!existsSync(entry)) throw new Fault('NOT_BUILT', 'Bulkhead is not built.', 'Run: npm run build');
  const args = [
    ...(data === undefined ? [] : ['--data', resolve(data)]),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(json ? ['--json'] : []),
  ];
  return replace({ file: process.execPath, args: [entry, ...args], env });
}
