import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../cli/run-command.ts';
import { pidsOf } from './processes.ts';
import { type RunningApp, startApp, until } from './running-app.ts';

describe('evidence from a running app', () => {
  let app: RunningApp;
  let folder: string;
  let broker = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'evidence-'));
    app = await startApp();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
  });
  afterAll(async () => {
    if (broker) process.kill(broker, 'SIGCONT');
    await app?.stop();
    app?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = () => app.operator.callTool({ tool: 'ticket_list', arguments: {} });
  const audit = (...args: string[]) => runCommand(['audit', ...args, '--json', '--home', app.home]);
  const state = () => app.operator.state(undefined);
  const count = async () => (await app.operator.verifyLedger(undefined)).entries;

  it('is covered by a signed checkpoint at every switch, by itself', async () => {
    const before = await count();
    await app.operator.releaseCustomer();
    await until('a checkpoint covers the release', async () => ((await state()).ledger.checkpoint ?? 0) > before);
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const bound = await count();
    await until('and the next binding', async () => (await state()).ledger.checkpoint === bound);
  });

  it('is exported, recorded and verified with the key of this device, whole and in part', async () => {
    for (let at = 0; at < 5; at += 1) await call();
    const { key } = (await audit('key')).json as { key: string };
    for (const [name, format, more] of [
      ['all.jsonl', 'jsonl', []],
      ['all.tar', 'bundle', []],
      ['part.tar', 'bundle', ['--customer', 'MERI-7']],
    ] as const) {
      const out = join(folder, name);
      const done = await audit('export', '--out', out, '--format', format, ...more);
      expect([done.code, done.json]).toMatchObject([0, { format, isSigned: true }]);
      const { recorded, checkpoint } = done.json as { recorded: number; checkpoint: number };
      const { entries } = await app.operator.entries({ after: recorded - 1, limit: 1, filter: {} });
      expect(entries[0]).toMatchObject({
        seq: recorded,
        kind: 'alert',
        customer: more.length > 0 ? 'MERI-7' : null,
        principal: { kind: 'technician', client: 'operator' },
        params: { alert: 'ledger-exported', format, checkpoint: { entries: checkpoint, isSigned: true } },
      });
      const given = ['--file', out, '--key', key, '--checkpoint', join(folder, 'all.jsonl')];
      const verified = await runCommand(['audit', 'verify', '--json', ...given]);
      expect([verified.code, verified.json]).toMatchObject([
        0,
        { ok: true, isComplete: more.length === 0, isProven: true, signature: 'valid' },
      ]);
    }
  });

  it('is refused when it was signed by another device', async () => {
    const { key } = (await audit('key')).json as { key: string };
    const other = await startApp();
    const { key: otherKey } = (await runCommand(['audit', 'key', '--json', '--home', other.home])).json as {
      key: string;
    };
    await other.stop();
    other.remove();
    expect(otherKey).not.toBe(key);
    const given = ['--file', join(folder, 'all.tar'), '--key', otherKey];
    const verified = await runCommand(['audit', 'verify', '--json', ...given]);
    expect([verified.code, verified.json]).toMatchObject([1, { ok: false, firstBad: { what: 'wrong key' } }]);
  });

  it('goes on while the broker does not sign, says so, and is signed when it does again', async () => {
    [broker = 0] = pidsOf(app.ready.pid, 'broker');
    process.kill(broker, 'SIGSTOP');
    await app.operator.releaseCustomer();
    await until('the problem is told', async () => (await state()).problems.some(({ id }) => id === 'checkpoint'));
    const before = await count();
    const from = performance.now();
    await app.operator.callTool({ tool: 'no_such_tool', arguments: {} });
    expect(performance.now() - from).toBeLessThan(4000);
    expect(await count()).toBe(before + 1);

    process.kill(broker, 'SIGCONT');
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    await until('the problem is gone', async () => !(await state()).problems.some(({ id }) => id === 'checkpoint'));
    const bound = await count();
    await until('all of it is signed', async () => ((await state()).ledger.checkpoint ?? 0) >= bound);
    const checks = await app.operator.doctor(undefined);
    expect(checks.find(({ check }) => check === 'checkpoint')).toMatchObject({ ok: true });
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    broker = 0;
  });
});
