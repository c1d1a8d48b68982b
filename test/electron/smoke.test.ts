import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * The real Electron, where its binary is. Where it is not, this says so: what the double proves is not the desktop.
 * REQUIRE_ELECTRON=1 (for a release) makes its absence a failure.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = findBinary();
const isRequired = process.env['REQUIRE_ELECTRON'] === '1';
if (binary === undefined) process.stdout.write('desktop: NOT VERIFIED (no Electron binary)\n');

describe.skipIf(binary === undefined && !isRequired)('Bulkhead on Electron', () => {
  it('starts on the demo, says that it is ready, and quits in under two seconds @electron', {
    timeout: 60_000,
  }, async () => {
    if (binary === undefined) throw new Error('REQUIRE_ELECTRON is set and there is no Electron binary.');
    const home = mkdtempSync(join(tmpdir(), 'bulkhead-electron-'));
    const args = [root, '--demo', '--no-open', '--port', '0', '--home', home];
    const isRoot = process.getuid?.() === 0;
    const running = spawn(binary, isRoot ? ['--no-sandbox', ...args] : args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const lines = createInterface({ input: running.stdout });
      const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(30_000) })) as [string];
      expect(JSON.parse(line.replace('ready ', ''))).toMatchObject({ host: 'electron', windowUrl: 'app://bulkhead/' });
      const began = performance.now();
      const ended = once(running, 'exit');
      running.kill('SIGTERM');
      await ended;
      expect(performance.now() - began).toBeLessThan(2000);
    } finally {
      running.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    }
  });
});

/** As node_modules/electron does it, without its download. */
function findBinary(): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const { ELECTRON_OVERRIDE_DIST_PATH: override } = process.env;
  if (!existsSync(pathFile)) return undefined;
  const path = join(override ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}
