import type { Arguments } from './node/arguments.ts';
import type { AppOptions } from './host.ts';

export interface OptionSources {
  readonly given: Arguments;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Where the demo MSP that ships with the program is. */
  readonly shippedDemo: string;
}

/** What both entry files tell the application. Of the environment it gets what is named here and no more. */
export function appOptions({ given, env, version, shippedDemo }: OptionSources): AppOptions {
  return {
    version,
    mcpPort: given.port,
    isDemo: given.isDemo,
    demoData: given.demoData ?? shippedDemo,
    demoAs: given.demoAs,
    keystore: env['BULKHEAD_KEYSTORE'] || null, // Set to nothing is not set.
    logLevel: env['BULKHEAD_LOG'] ?? null,
    keychainEnvironment: pick(env, ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'HOME', 'USER']),
  };
}

function pick(env: OptionSources['env'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
