import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { launch } from '../double/launch.ts';

const entry = fileURLToPath(new URL('../../out/main/index.js', import.meta.url));

describe('the built desktop application on the double', () => {
  it('starts the demo with every process, shows its window and quits', async () => {
    const home = mkdtempSync(join(tmpdir(), 'bulkhead-home-'));
    const args = ['--demo', '--home', home, '--port', '0'];
    const desktop = launch({ entry, args, env: { BULKHEAD_KEYSTORE: 'memory' } });
    try {
      expect(JSON.parse((await desktop.line('ready ')).slice('ready '.length))).toMatchObject({
        host: 'electron',
        windowUrl: 'app://bulkhead/',
        pid: desktop.process.pid,
      });
      const page = await desktop.page();
      await page.getByText('Every tool is blocked').first().waitFor();
      desktop.process.kill('SIGTERM');
      expect(await desktop.ended).toEqual({ code: 0, signal: null });
    } finally {
      await desktop.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
});
