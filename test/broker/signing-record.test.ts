import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '../fast-check.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encrypt, keyFrom } from '../../src-broker/envelope.ts';
import { memoryKeystore } from '../../src-broker/keystore/memory-keystore.ts';
import { openVault } from '../../src-broker/open-vault.ts';
import { noFile, vaultFile } from '../../src-broker/vault-file.ts';
import type { VaultContents } from '../../src-shared/model/vault-contents.ts';
import { codeOf, credential, found, halo, meridian, tenant } from './keys.ts';

let folder: string;
let path: string;
let record: string;
let keystore: ReturnType<typeof memoryKeystore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  path = join(folder, 'vault.json');
  record = join(folder, 'vault.signed');
  keystore = memoryKeystore();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openVault({ tenant, keystore, store: vaultFile(path) });
const contents = (): VaultContents => JSON.parse(readFileSync(path, 'utf8')) as VaultContents;
const rootOf = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const [seven, nine] = [
  { size: 7, root: rootOf(1) },
  { size: 9, root: rootOf(2) },
];
const kept = { ...nine, isGivenUp: false };

/** The vault as one of before left it. */
async function makeOld(): Promise<void> {
  (await open()).storeCredential(halo, [meridian], credential, '2026-11-21T12:30:00.000Z');
  const kek = keyFrom(found(await keystore.get(`${tenant}/kek`)));
  const check = encrypt(kek, Buffer.from('bulkhead vault'), `${tenant}|@check|1`);
  writeFileSync(path, JSON.stringify({ ...contents(), v: 1, check }));
  rmSync(record);
}

describe('advance', () => {
  it('goes on, is kept over a restart, and refuses fewer entries and as many others', async () => {
    const { signed } = await open();
    expect(signed.last).toBe(null);
    signed.advance(seven);
    signed.advance(nine);
    for (const each of [signed, (await open()).signed]) {
      expect(await codeOf(() => each.advance(seven))).toBe('CHECKPOINT_REFUSED');
      expect(await codeOf(() => each.advance({ size: 0, root: rootOf(0) }))).toBe('CHECKPOINT_REFUSED');
      expect(await codeOf(() => each.advance({ ...nine, root: rootOf(3) }))).toBe('CHECKPOINT_REFUSED');
      expect(each.last).toEqual(kept);
    }
  });

  it('writes nothing for the same again', async () => {
    const { signed } = await open();
    signed.advance(nine);
    const before = readFileSync(record, 'utf8');
    signed.advance(nine);
    expect(readFileSync(record, 'utf8')).toBe(before);
  });

  it('throws where it cannot be kept, and is then not remembered either', async () => {
    const { signed } = await open();
    signed.advance(seven);
    rmSync(folder, { recursive: true });
    expect(await codeOf(() => signed.advance(nine))).toBe('VAULT_UNWRITABLE');
    expect(await codeOf(() => signed.giveUp())).toBe('VAULT_UNWRITABLE');
    expect(signed.last).toEqual({ ...seven, isGivenUp: false });
    mkdirSync(folder);
  });

  it('is remembered in memory alone with keys in memory', async () => {
    const { signed } = await openVault({ tenant, keystore, store: noFile });
    signed.advance(nine);
    expect(await codeOf(() => signed.advance(seven))).toBe('CHECKPOINT_REFUSED');
  });

  it('never takes back what was signed, in whatever order it is asked and started again', async () => {
    const step = fc.oneof(
      fc.record({ size: fc.nat({ max: 4 }), root: fc.nat({ max: 2 }).map(rootOf) }),
      fc.constantFrom('give up', 'start again'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        rmSync(record, { force: true });
        rmSync(path, { force: true });
        let { signed } = await open();
        for (const each of steps) {
          const { last } = signed;
          if (each === 'start again') {
            ({ signed } = await open());
            expect(signed.last).toEqual(last);
          } else if (each === 'give up') {
            signed.giveUp();
            expect(signed.last).toEqual(last && { ...last, isGivenUp: true });
          } else {
            const mayBe =
              !last || last.isGivenUp || each.size > last.size || (each.size === last.size && each.root === last.root);
            expect(await codeOf(() => signed.advance(each))).toBe(mayBe ? 'no fault' : 'CHECKPOINT_REFUSED');
            expect(signed.last).toEqual(mayBe ? { ...each, isGivenUp: false } : last);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('giveUp', () => {
  it('lets the next be of fewer entries, over a restart too, and no other after it', async () => {
    const { signed } = await open();
    signed.giveUp();
    expect(signed.last).toBe(null);
    signed.advance(nine);
    signed.giveUp();
    signed.giveUp();
    const again = (await open()).signed;
    expect(again.last).toEqual({ ...nine, isGivenUp: true });
    again.advance(seven);
    expect((await open()).signed.last).toEqual({ ...seven, isGivenUp: false });
    expect(await codeOf(() => again.advance({ size: 6, root: rootOf(1) }))).toBe('CHECKPOINT_REFUSED');
  });
});

describe('openVault, of the record beside the vault', () => {
  it('misses one that is gone, and believes none that was changed or put there', async () => {
    const vault = await open();
    vault.signed.advance(nine);
    vault.storeCredential(halo, [meridian], credential, '2026-11-21T12:30:00.000Z');
    const whole = readFileSync(record, 'utf8');
    const sealed = Buffer.from(whole, 'base64');
    sealed[14] = (sealed[14] ?? 0) ^ 1;
    const kek = keyFrom(found(await keystore.get(`${tenant}/kek`)));
    const plain = Buffer.from(JSON.stringify(null));
    rmSync(record);
    expect(await codeOf(open)).toBe('VAULT_UNREADABLE');
    for (const text of [
      '',
      'null',
      JSON.stringify(kept),
      sealed.toString('base64'),
      contents().check,
      found(contents().scopes[meridian]).key,
      encrypt(kek, plain, 'southwind|@signed|1'),
      encrypt(keyFrom(Buffer.alloc(32)), plain, `${tenant}|@signed|1`),
    ]) {
      writeFileSync(record, text);
      expect(await codeOf(open)).toBe('VAULT_UNREADABLE');
    }
    writeFileSync(record, whole);
    expect((await open()).signed.last).toEqual(kept);
  });

  it('cannot be told that the vault is one of before', async () => {
    (await open()).signed.advance(nine);
    writeFileSync(path, JSON.stringify({ ...contents(), v: 1 }));
    rmSync(record);
    expect(await codeOf(open)).toBe('VAULT_MISMATCH');
  });

  it('makes one beside a vault of before, and misses it from then on', async () => {
    await makeOld();
    const vault = await open();
    expect([vault.signed.last, contents().v]).toEqual([null, 2]);
    expect(vault.credential(meridian, halo)).toEqual(credential);
    rmSync(record);
    expect(await codeOf(open)).toBe('VAULT_UNREADABLE');
  });

  it('goes on with the one that is there beside a vault that is made again, or was about to be when all ended', async () => {
    (await open()).signed.advance(nine);
    rmSync(path);
    expect((await open()).signed.last).toEqual(kept);
    const whole = readFileSync(record);
    await makeOld();
    writeFileSync(record, whole);
    expect((await open()).signed.last).toEqual(kept);
  });

  it('begins anew with new keys, whatever lies there', async () => {
    (await open()).signed.advance(nine);
    rmSync(path);
    keystore = memoryKeystore();
    expect((await open()).signed.last).toBe(null);
    expect((await open()).signed.last).toBe(null);
  });
});
