import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appFile, refusedStart, startApp } from './running-app.ts';

describe('a start with a ledger that cannot be gone on with', () => {
  let home: string;
  let file: string;
  let whole: Buffer;
  beforeAll(async () => {
    const app = await startApp();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    await app.operator.callTool({ tool: 'ticket_list', arguments: {} });
    await app.stop();
    ({ home } = app);
    const [tenant = ''] = readdirSync(join(home, 'tenants'));
    file = join(home, 'tenants', tenant, 'ledger.db');
    whole = readFileSync(file);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  async function refuses(code: string, todo: RegExp): Promise<void> {
    const { code: exit, stderr } = await refusedStart({ home });
    expect(exit).toBe(1);
    const lines = stderr.trim().split('\n');
    expect(lines.at(-1)).toContain(code);
    expect(lines.at(-1)).toMatch(todo);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(appFile(home)).toBe(false);
  }

  it.each([
    ['its file is damaged', () => writeFileSync(file, Buffer.from(whole).fill(0xff, 0, 100))],
    ['its last pages are damaged', () => writeFileSync(file, Buffer.from(whole).fill(0xff, 4096 * 2))],
    [
      'an entry was changed',
      () => {
        const db = new Database(file);
        db.exec("DROP TRIGGER entry_is_final; UPDATE entry SET text = replace(text, 'ticket_list', 'ticket_lost')");
        db.close();
      },
    ],
    [
      'entries of a checkpoint are gone',
      () => {
        const db = new Database(file);
        db.exec('DROP TRIGGER entry_stays; DELETE FROM entry WHERE seq > 2');
        db.close();
      },
    ],
  ])('says in one line what to do when %s, and leaves the file as it is', async (_, damage) => {
    damage();
    const before = readFileSync(file);
    await refuses('LEDGER_DAMAGED', /Keep the file as evidence/);
    expect(readFileSync(file).equals(before)).toBe(true);
    writeFileSync(file, whole);
  });

  it('says that another program holds it', async () => {
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    try {
      await refuses('LEDGER_LOCKED', /stop it first/);
    } finally {
      other.close();
    }
  });

  it('goes on with it once it is mended', async () => {
    const app = await startApp({ home });
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    await app.stop();
  });
});
