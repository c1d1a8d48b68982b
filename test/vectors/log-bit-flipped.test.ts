// One bit of the write-ahead log flips after a kill, by a failing disk or by somebody who wants the last entries gone. SQLite ends
// its replay there without a word, and what was durable would not be missed.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../cli/run-command.ts';
import { makeFolder } from '../ledger/folder.ts';
import { draft, forkLedger, tenant } from '../ledger/fork-ledger.ts';
import { openForTest } from '../ledger/open-for-test.ts';

const frame = 24 + 4096;
/** A home whose ledger's process was killed after thirty answers, with a bit in the middle of its log flipped. */
async function flipped() {
  const home = makeFolder();
  const folder = join(home, 'tenants', tenant);
  const file = join(folder, 'ledger.db');
  mkdirSync(folder, { recursive: true });
  const { control, open, end } = await forkLedger(folder);
  await open(file);
  for (let entry = 1; entry <= 30; entry += 1) await control.append(draft(`tool-${entry}`));
  await end('SIGKILL');
  const whole = readFileSync(`${file}-wal`);
  const log = Buffer.from(whole);
  const middle = 32 + frame * Math.floor((log.length - 32) / frame / 2) + 24 + 100;
  log.writeUInt8(log.readUInt8(middle) ^ 1, middle);
  writeFileSync(`${file}-wal`, log);
  const bytes = () => ['ledger.db', 'ledger.db-wal'].map((name) => readFileSync(join(folder, name)).toString('base64'));
  return { home, file, whole, bytes };
}

describe('a ledger whose log was changed by one bit', () => {
  it('is refused, to be written and to be read, and left as it is', async () => {
    const { file, bytes } = await flipped();
    const before = bytes();
    const refusal = expect.objectContaining({
      code: 'LEDGER_DAMAGED',
      message: expect.stringMatching(/ledger\.db-wal/),
      remedy: expect.stringMatching(/evidence/),
    });
    expect(() => openForTest(file)).toThrow(refusal);
    expect(() => openForTest(file, { readOnly: true })).toThrow(refusal);
    expect(bytes()).toEqual(before);
  });

  it('is told of by `audit verify` and `doctor`', async () => {
    const { home } = await flipped();
    const verified = await runCommand(['audit', 'verify', '--json', '--home', home]);
    expect([verified.code, verified.json]).toMatchObject([1, { ok: false }]);
    expect(verified.stderr).toMatch(/ledger\.db-wal/);
    const { json } = await runCommand(['doctor', '--json', '--home', home]);
    const checks = json as { check: string; ok: boolean; detail: string; remedy: string }[];
    expect(checks.find(({ check }) => check === `ledger ${tenant}`)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/ledger\.db-wal/),
      remedy: expect.stringMatching(/ledger\.db-wal/),
    });
  });

  it('has all its entries where the log is whole', async () => {
    const { file, whole } = await flipped();
    const copy = join(makeFolder(), 'ledger.db');
    copyFileSync(file, copy);
    writeFileSync(`${copy}-wal`, whole);
    expect(openForTest(copy, { readOnly: true }).ledger.entries).toBe(30);
    expect(openForTest(copy).ledger.entries).toBe(30);
  });
});
