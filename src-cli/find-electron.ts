import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { World } from './world.ts';

/** Where Electron's program is, or in words why the desktop application cannot be opened. */
export type Electron = { readonly file: string } | { readonly missing: string };

/** Looks, and never downloads: `require('electron')` would. */
export function findElectron({ env, platform, program, isSuperuser }: World): Electron {
  const file = electronProgram(program.root, env['ELECTRON_OVERRIDE_DIST_PATH']);
  if (file === undefined) return { missing: 'Electron’s program is not installed here' };
  if (platform !== 'linux') return { file };
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return { missing: 'there is no display' };
  if (isSuperuser) return { missing: 'Electron does not run as root' };
  return { file };
}

function electronProgram(root: string, override: string | undefined): string | undefined {
  const folder = packageFolder(root);
  if (folder === undefined && !override) return undefined;
  const name = folder === undefined ? undefined : readIfThere(join(folder, 'path.txt'));
  if (name === undefined && !override) return undefined;
  const file = join(override || join(folder ?? '', 'dist'), name ?? 'electron');
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined; // Not downloaded, or half of it.
  }
}

function packageFolder(root: string): string | undefined {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  } catch {
    return undefined; // Not among the installed packages.
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
