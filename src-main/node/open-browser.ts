import { spawn } from 'node:child_process';

const openers: Readonly<Record<string, readonly string[]>> = {
  linux: ['xdg-open'],
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens the user's browser. The address is in the opener's arguments, where other processes can read it for a moment: it
 * works once, so who is late gets a refusal and not a window.
 */
export function openBrowser(url: string, platform: string, log: (text: string) => void): void {
  const [command, ...before] = openers[platform] ?? [];
  if (command === undefined) return;
  const opener = spawn(command, [...before, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => log('window: no browser could be opened'));
  opener.unref();
}
