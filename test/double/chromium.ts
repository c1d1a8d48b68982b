import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { chromiumOptions } from '../chromium.ts';

let context: BrowserContext | undefined;
let profile = '';

/** One profile for all windows, as Electron's default session. The port lets a test drive the same pages. */
export async function launchChromium(userData: string): Promise<void> {
  profile = join(userData, 'chromium');
  mkdirSync(profile, { recursive: true });
  context = await chromium.launchPersistentContext(profile, {
    ...chromiumOptions,
    args: [...chromiumOptions.args, '--remote-debugging-port=0'],
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

export function running(): BrowserContext {
  if (context === undefined) throw new Error('Electron is not ready.');
  return context;
}

/** Where a test can attach to the windows. */
export function debuggingAddress(): string {
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}
