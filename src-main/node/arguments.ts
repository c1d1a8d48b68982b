import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../../src-shared/fault.ts';

/** What both entry files understand. The person at the terminal controls all of it. */
export interface Arguments {
  readonly home: string;
  readonly port: number;
  readonly windowPort: number;
  readonly isDemo: boolean;
  readonly demoData: string | null;
  readonly demoAs: string | null;
  readonly mayOpen: boolean;
  readonly operatorTokenOut: string | null;
}

export interface ArgumentSources {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Electron's command line also carries Chromium's switches: there, what is not ours is left alone. */
  readonly isStrict: boolean;
}

/** The port LLM tools are told once and expect at every start. */
const defaultPort = '7421';

/** Faults: USAGE. */
export function readArguments({ argv, env, platform, isStrict }: ArgumentSources): Arguments {
  const values = parse(argv, isStrict);
  return {
    home: resolve(values.home ?? (env['BULKHEAD_HOME'] || defaultHome(platform, env))),
    port: port('--port', values.port ?? defaultPort),
    windowPort: port('--window-port', values['window-port']),
    isDemo: values.demo === true,
    demoData: values['demo-data'] === undefined ? null : resolve(values['demo-data']),
    demoAs: values['demo-as'] ?? null,
    mayOpen: values['no-open'] !== true,
    operatorTokenOut: values['operator-token-out'] === undefined ? null : resolve(values['operator-token-out']),
  };
}

const options = {
  home: { type: 'string' },
  port: { type: 'string' },
  'window-port': { type: 'string' },
  demo: { type: 'boolean' },
  'demo-data': { type: 'string' },
  'demo-as': { type: 'string' },
  'no-open': { type: 'boolean' },
  json: { type: 'boolean' }, // A failure is one JSON document then; the entry file looks for it itself.
  'operator-token-out': { type: 'string' },
} as const;

type Values = {
  -readonly [K in keyof typeof options]?: (typeof options)[K]['type'] extends 'string' ? string : boolean;
};

function parse(argv: readonly string[], isStrict: boolean): Values {
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({ args: [...argv], options, strict: isStrict, allowPositionals: !isStrict }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
  for (const [name, { type }] of Object.entries(options)) {
    const value = values[name];
    if (value !== undefined && typeof value !== type)
      throw usage(`--${name} ${type === 'string' ? 'needs' : 'takes no'} value.`);
  }
  return values;
}

function port(name: string, text = '0'): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 65_535)) throw usage(`${name} needs a port number, 0 for any free one.`);
  return value;
}

/** Where this system keeps a person's data that does not roam to other machines. */
function defaultHome(platform: string, env: ArgumentSources['env']): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Bulkhead');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Bulkhead');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'bulkhead');
}

const usage = (message: string): Fault => new Fault('USAGE', message, 'See `bulkhead start --help`.');
