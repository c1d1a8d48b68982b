// Someone who can write the ledger's file, and has no key, writes history anew while Bulkhead is not running: with every leaf and
// link right again, and without the checkpoints that would tell. The device must not sign what they made of it.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type EnrolledHome, enrolHome } from '../flows/enrolled-home.ts';
import { refusedStart, startApp } from '../flows/running-app.ts';
import { forge } from '../ledger/forge.ts';

const keys = mkdtempSync(join(tmpdir(), 'bulkhead-keys-'));
let enrolled: EnrolledHome;
let file: string;
const options = () => ({
  home: enrolled.home,
  isDemo: false,
  stdin: 'correct horse battery staple',
  env: { BULKHEAD_KEYSTORE: `file:${join(keys, 'keystore.json')}` },
});
/** Ended with the test, however that ends. */
const started = async () => {
  const app = await startApp(options());
  onTestFinished(async () => void (await app.stop()));
  return app;
};
const entriesOf = async (app: Awaited<ReturnType<typeof startApp>>) =>
  (await app.operator.entries({ limit: 500, filter: {} })).entries;

beforeAll(async () => {
  enrolled = await enrolHome();
  file = join(enrolled.folder, 'ledger.db');
  const app = await startApp(options());
  await app.operator.bindCustomer({ customer: 'MERI-7' });
  await app.operator.releaseCustomer(undefined);
  await app.stop();
  copyFileSync(file, `${file}.whole`);
});
afterAll(async () => {
  await enrolled?.remove();
  rmSync(keys, { recursive: true, force: true });
});

describe('a history that was written anew while Bulkhead was stopped', () => {
  it('is refused, though every entry in it is whole and no checkpoint contradicts it', async () => {
    forge(file, 3);
    const { code, stderr } = await refusedStart(options());
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([1, expect.stringContaining('LEDGER_DAMAGED')]);
  });

  it('is gone on with where it is the one that was signed', async () => {
    copyFileSync(`${file}.whole`, file);
    const app = await started();
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    expect((await entriesOf(app)).filter(({ kind }) => kind === 'alert')).toEqual([]);
  });

  it.each([
    ['an older copy', true],
    ['moved away', false],
  ])('is told of by its first new entry when the file is %s', async (_, isThere) => {
    rmSync(file);
    if (isThere) copyFileSync(`${file}.whole`, file);
    const app = await started();
    const entries = await entriesOf(app);
    const at = entries.findIndex(({ kind }) => kind === 'alert');
    expect(entries[at]).toMatchObject({
      principal: { kind: 'system' },
      params: { alert: 'entries-lost', entries: at },
    });
    expect(entries[at]?.params?.['signed']).toBeGreaterThan(at);
    expect(entries[at + 1]).toMatchObject({ kind: 'app.started' });
    expect(at > 0).toBe(isThere);
    expect(await app.operator.checkpoint(undefined)).toMatchObject({ isSigned: true });
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
  });

  it('is told of once', async () => {
    const app = await started();
    expect((await entriesOf(app)).filter(({ kind }) => kind === 'alert')).toHaveLength(1);
  });
});
