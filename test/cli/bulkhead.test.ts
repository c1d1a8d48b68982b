import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { makeSealKey } from '../../src-shared/seal.ts';
import { entry, type FakeApp, fakeApp, operatorToken } from './fake-app.ts';

const program = fileURLToPath(new URL('../../src-cli/bulkhead.ts', import.meta.url));
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

let app: FakeApp | undefined;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

/** The entry file as a process of its own. */
function bulkhead(argv: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(node, [program, ...argv], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, stdout, stderr }));
  return { child, ended, written: () => stdout };
}

describe('bulkhead', () => {
  it('prints one document on stdout and ends by itself', async () => {
    const { ended } = bulkhead(['status', '--json'], { BULKHEAD_HOME: '/nowhere' });
    expect(await ended).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^\{"running":false[^\n]*\}\n$/),
    });
  });

  it('reads a credential from a pipe; it is in no process’s arguments or environment', async () => {
    const { sealKey } = await makeSealKey();
    const seen: string[] = [];
    const started = Promise.withResolvers<number | undefined>();
    app = await fakeApp({
      sealKey: () => ({ sealKey, purpose: 'northway/halo', fields: ['clientSecret'] }),
      setCredential: async () => {
        if (process.platform !== 'linux') return;
        const pid = await started.promise;
        for (const file of ['cmdline', 'environ']) seen.push(readFileSync(`/proc/${pid}/${file}`, 'latin1'));
      },
    });
    const running = bulkhead(['connector', 'credential', 'set', 'halo', '--home', app.home], {
      BULKHEAD_OPERATOR_TOKEN: operatorToken,
    });
    started.resolve(running.child.pid);
    running.child.stdin.end('clientSecret=hunter2\n');
    const { code, stdout, stderr } = await running.ended;
    expect([code, stdout, stderr]).toEqual([0, 'Stored for halo: clientSecret.\n', '']);
    expect(seen.join()).not.toContain('hunter2');
    expect(JSON.stringify(app.calls)).not.toContain('hunter2');
    expect(stdout + stderr).not.toContain(operatorToken);
  });

  it('stops following when it is interrupted, with exit code 0', async () => {
    app = await fakeApp({}, [entry(1)]);
    const { child, ended, written } = bulkhead(['audit', 'tail', '--follow', '--home', app.home]);
    while (written() === '') await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends a call that is interrupted with 130, in one line', async () => {
    const reached = Promise.withResolvers<void>();
    app = await fakeApp({
      verifyLedger: () => {
        reached.resolve();
        return new Promise(() => {});
      },
    });
    const { child, ended } = bulkhead(['audit', 'verify', '--home', app.home]);
    await reached.promise;
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: 'Stopped before Bulkhead answered. (INTERRUPTED)\n' });
  });

  it('runs another program in its own place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-entry-'));
    const file = join(folder, 'replace.ts');
    const target = fileURLToPath(new URL('../../src-cli/replace-process.ts', import.meta.url));
    const script = 'console.log(process.pid, process.argv.slice(1).join(), process.env.GIVEN)';
    writeFileSync(
      file,
      `import { replaceProcess } from ${JSON.stringify(target)};
await replaceProcess({ file: process.execPath, args: ['-e', ${JSON.stringify(script)}, 'a', 'b'], env: { GIVEN: 'yes', NOT: undefined } });`,
    );
    const child = spawn(node, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    await once(child, 'close');
    const isSame = process.platform !== 'win32';
    expect(stdout.trim().replace(/^\d+/, (pid) => (!isSame || Number(pid) === child.pid ? 'pid' : pid))).toBe(
      'pid a,b yes',
    );
    rmSync(folder, { recursive: true });
  });
});
