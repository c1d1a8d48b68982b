import { join, resolve } from 'node:path';
import type { World } from './world.ts';

/** The home folder: the one named, else BULKHEAD_HOME, else where this system keeps a person's data. Absolute. */
export function homeFolder(
  { env, platform, userHome }: Pick<World, 'env' | 'platform' | 'userHome'>,
  named?: string,
): string {
  // An empty variable is one that is not set: `resolve('')` would be the working directory.
  return resolve(named || env['BULKHEAD_HOME'] || defaultHome(platform, env, userHome));
}

function defaultHome(platform: string, env: World['env'], userHome: string): string {
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support', 'Bulkhead');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || join(userHome, 'AppData', 'Local'), 'Bulkhead');
  return join(env['XDG_DATA_HOME'] || join(userHome, '.local', 'share'), 'bulkhead');
}
