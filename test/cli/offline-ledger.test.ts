import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TenantId } from '../../src-shared/model/ids.ts';
import { draft, forkLedger } from '../ledger/fork-ledger.ts';
import { runCommand } from './run-command.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cli-offline-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A tenant's ledger of three entries, written by the real process. */
async function writeLedger(tenant: string): Promise<string> {
  const folder = join(home, 'tenants', tenant);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'ledger.db');
  const { control, end } = await forkLedger(folder);
  await control.open({ tenant: TenantId.parse(tenant), file, device: 'laptop-1', signed: null, readOnly: false });
  for (const tool of ['ticket_list', 'ticket_get', 'asset_list']) await control.append(draft(tool));
  await end('SIGTERM');
  return file;
}

function tamper(file: string): void {
  const db = new Database(file);
  db.exec(
    "DROP TRIGGER entry_is_final; UPDATE entry SET text = replace(text, 'ticket_get', 'ticket_got') WHERE seq = 2",
  );
  db.close();
}

function putIn(file: string): void {
  const db = new Database(file);
  db.exec('CREATE TRIGGER t BEFORE INSERT ON entry WHEN NEW.seq > 9 BEGIN SELECT RAISE(IGNORE); END');
  db.close();
}

const partPutIn = "A part was put into the file of the ledger that is not Bulkhead's.";
const verify = () => runCommand(['audit', 'verify', '--json', '--home', home]);

describe('audit verify without the app', () => {
  it('reads the ledger itself and changes nothing', async () => {
    await writeLedger('northway');
    const before = readdirSync(join(home, 'tenants/northway'));
    const ran = await verify();
    expect([ran.code, ran.json]).toEqual([
      0,
      { ok: true, entries: 3, tenants: [{ tenant: 'northway', ok: true, entries: 3 }] },
    ]);
    expect(readdirSync(join(home, 'tenants/northway'))).toEqual(before);
  });

  it('says that signatures were not checked', async () => {
    await writeLedger('northway');
    const ran = await runCommand(['audit', 'verify', '--home', home]);
    expect(ran.stdout).toMatch(/^3 entries, every one in its place and unchanged\. .*signatures .* were not checked/);
  });

  it('verifies every tenant, and names the first bad entry', async () => {
    const file = await writeLedger('northway');
    const other = join(home, 'tenants', 'southway');
    cpSync(join(home, 'tenants', 'northway'), other, { recursive: true });
    tamper(file);
    const ran = await verify();
    expect(ran.code).toBe(1);
    expect(ran.json).toMatchObject({
      ok: false,
      firstBad: { seq: 2 },
      tenants: [
        { tenant: 'northway', ok: false, firstBad: { seq: 2 } },
        { tenant: 'southway', ok: false, firstBad: { seq: 1 } }, // Another tenant's ledger under its name.
      ],
    });
    expect(ran.stderr).toMatch(/^First bad entry: 2\. [^\n]+$/);
  });

  it('says that a part was put into the file, whole as its entries are', async () => {
    putIn(await writeLedger('northway'));
    const ran = await verify();
    expect([ran.code, ran.json]).toMatchObject([1, { ok: false, firstBad: { problem: partPutIn } }]);
  });

  it('says so when the ledger is in use although no app was found', async () => {
    const folder = join(home, 'tenants', 'northway');
    mkdirSync(folder, { recursive: true });
    const { open, end } = await forkLedger(folder);
    await open(join(folder, 'ledger.db'));
    const ran = await verify();
    await end('SIGTERM');
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'LEDGER_LOCKED' } }]);
  });
});

describe('doctor without the app', () => {
  const ledgers = async () => {
    const { json } = await runCommand(['doctor', '--json', '--home', home]);
    return (json as { check: string; ok: boolean; detail: string; remedy: string }[]).filter(({ check }) =>
      check.startsWith('ledger'),
    );
  };

  it('looks at the ledgers of the home', async () => {
    await writeLedger('northway');
    expect(await ledgers()).toEqual([{ check: 'ledger northway', ok: true, detail: '3 entries, whole', remedy: '' }]);
  });

  it('says what is wrong with one, and what to do', async () => {
    tamper(await writeLedger('northway'));
    expect(await ledgers()).toMatchObject([
      { ok: false, detail: expect.stringMatching(/^entry 2: /), remedy: expect.stringMatching(/Keep the file/) },
    ]);
    putIn(await writeLedger('southway'));
    expect(await ledgers()).toMatchObject([{}, { ok: false, detail: expect.stringContaining(partPutIn) }]);
    rmSync(join(home, 'tenants/southway'), { recursive: true });
    writeFileSync(join(home, 'tenants/northway/ledger.db'), 'no ledger'.repeat(1000));
    expect(await ledgers()).toMatchObject([{ ok: false, remedy: expect.stringMatching(/Keep the file/) }]);
  });

  it('says that another program holds one', async () => {
    const folder = join(home, 'tenants', 'northway');
    mkdirSync(folder, { recursive: true });
    const { open, end } = await forkLedger(folder);
    await open(join(folder, 'ledger.db'));
    expect(await ledgers()).toMatchObject([{ ok: false, remedy: expect.stringMatching(/stop it/) }]);
    await end('SIGTERM');
  });
});
