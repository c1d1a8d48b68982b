import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../src-shared/contract/ui.ts';
import { runCommand } from './run-command.ts';

let home: string;
let tenant: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cli-files-'));
  tenant = join(home, 'tenants/acme-msp');
  mkdirSync(join(tenant, 'vault'), { recursive: true });
});
afterEach(() => {
  for (const path of [home, join(home, 'tenants'), tenant, join(tenant, 'vault')]) chmodSync(path, 0o700);
  rmSync(home, { recursive: true, force: true });
});

const vault = { v: 2, tenant: 'acme-msp', backend: 'file', device: 'laptop-1', check: 'x', scopes: {} };
const sealed = `${Buffer.alloc(60, 7).toString('base64')}\n`;
const write = (name: string, text: string) => writeFileSync(join(tenant, name), text);
function writeVault(contents: unknown = vault, signed: string | undefined = sealed): void {
  write('vault/vault.json', JSON.stringify(contents));
  if (signed !== undefined) write('vault/vault.signed', signed);
}

async function doctor() {
  const ran = await runCommand(['doctor', '--json', '--home', home]);
  const checks = ran.json as Check[];
  return { code: ran.code, of: (name: string) => checks.find(({ check }) => check === name) };
}

describe('doctor on the vault', () => {
  const found = async () => (await doctor()).of('vault acme-msp');

  it('finds one that is what it should be, and one that is not made yet', async () => {
    expect(await found()).toMatchObject({ ok: true, detail: 'not made yet' });
    writeVault();
    expect(await found()).toMatchObject({ ok: true });
    expect((await doctor()).of('files acme-msp')).toMatchObject({ ok: true });
  });

  it.each<[string, () => void, RegExp]>([
    ['vault.json is no JSON', () => (writeVault(), write('vault/vault.json', '{"v":2,')), /vault\.json is damaged/],
    ['vault.json is something else', () => writeVault({ v: 2 }), /vault\.json is damaged/],
    ['vault.json is of another company', () => writeVault({ ...vault, tenant: 'other' }), /another company/],
    ['vault.json is a folder', () => mkdirSync(join(tenant, 'vault/vault.json')), /a folder is in its place/],
    ['vault.signed is gone', () => writeVault(vault, ''), /vault\.signed is missing or damaged/],
    ['vault.signed is no seal', () => writeVault(vault, 'AAAA'), /vault\.signed is missing or damaged/],
    ['vault.signed is something else', () => writeVault(vault, `${sealed}|`), /vault\.signed is missing or damaged/],
  ])('exits 1 and says what to do when %s', async (_, damage, wrong) => {
    damage();
    const { code, of } = await doctor();
    expect(code).toBe(1);
    expect(of('vault acme-msp')).toMatchObject({ ok: false, detail: expect.stringMatching(wrong) });
    expect(of('vault acme-msp')?.remedy).toMatch(/Restore|Move away/);
  });
});

describe('doctor on a start that failed', () => {
  const keep = (text: string) => {
    mkdirSync(join(home, 'run'));
    writeFileSync(join(home, 'run/failed-start.json'), text);
  };

  it('says why, and what to do: what only the keys can tell is seen there alone', async () => {
    expect((await doctor()).of('last start')).toMatchObject({ ok: true });
    const fault = { code: 'VAULT_UNREADABLE', message: 'The vault is damaged.', remedy: 'Restore it.' };
    keep(JSON.stringify({ at: '2026-11-21T11:00:00.000Z', ...fault }));
    const { code, of } = await doctor();
    expect(code).toBe(1);
    expect(of('last start')).toEqual({
      check: 'last start',
      ok: false,
      detail: 'failed at 2026-11-21T11:00:00.000Z: The vault is damaged. (VAULT_UNREADABLE)',
      remedy: 'Restore it.',
    });
  });

  it('passes over a file that is not one', async () => {
    keep('{"at":');
    expect((await doctor()).of('last start')).toMatchObject({ ok: true });
  });
});

/** Root may read and write anything, so somebody else looks where the tests are root. */
const other = process.getuid?.() === 0 ? 65_534 : undefined;

describe.skipIf(process.platform === 'win32')('doctor of a user without the rights', () => {
  beforeEach(() => {
    writeVault();
    for (const name of ['ledger.db', 'desk.json']) write(name, '');
    const all = ['vault/vault.json', 'vault/vault.signed', 'vault', 'ledger.db', 'desk.json', '.', '..', '../..'];
    if (other !== undefined) for (const name of all) chownSync(join(tenant, name), other, other);
  });

  async function checks(): Promise<Record<string, string>> {
    const target = fileURLToPath(new URL('../../src-cli/checks/tenant-files.ts', import.meta.url));
    const script = `const { checkTenantFiles } = await import(${JSON.stringify(target)});
console.log(JSON.stringify(checkTenantFiles(${JSON.stringify(home)})));`;
    const options = { cwd: dirname(target), ...(other === undefined ? {} : { uid: other }) };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
    const found = JSON.parse(stdout) as Check[];
    for (const { ok, remedy } of found) expect(remedy === '').toBe(ok);
    return Object.fromEntries(found.map(({ check, ok, detail }) => [check, ok ? 'ok' : detail]));
  }

  it('finds nothing wrong while all can be used', async () => {
    expect(await checks()).toEqual({ 'files acme-msp': 'ok', 'vault acme-msp': 'ok' });
  });

  it.each<[string, string, number, RegExp]>([
    ['the tenant folder may only be read', '.', 0o500, /acme-msp cannot be used: you do not have the right \(EACCES\)/],
    ['the tenant folder is shut', '.', 0, /acme-msp cannot be used/],
    ['ledger.db may only be read', 'ledger.db', 0o400, /ledger\.db cannot be used: .*EACCES/],
    ['ledger.db may not be read', 'ledger.db', 0, /ledger\.db cannot be used: .*EACCES/],
    ['the vault folder may only be read', 'vault', 0o500, /vault cannot be used: .*EACCES/],
    ['a file of settings may not be read', 'desk.json', 0, /desk\.json cannot be used: .*EACCES/],
  ])('finds that %s', async (_, name, mode, wrong) => {
    chmodSync(join(tenant, name), mode);
    expect((await checks())['files acme-msp']).toMatch(wrong);
  });

  it('finds a vault that may not be read, and a folder of all companies that may not', async () => {
    chmodSync(join(tenant, 'vault/vault.json'), 0);
    expect((await checks())['vault acme-msp']).toMatch(/vault\.json cannot be read: .*EACCES/);
    chmodSync(join(home, 'tenants'), 0);
    expect(await checks()).toEqual({ tenants: expect.stringMatching(/cannot be used: .*EACCES/) });
  });
});
