import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '../fast-check.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decrypt, encrypt, keyFrom } from '../../src-broker/envelope.ts';
import { memoryKeystore } from '../../src-broker/keystore/memory-keystore.ts';
import { openVault } from '../../src-broker/open-vault.ts';
import { noFile, vaultFile } from '../../src-broker/vault-file.ts';
import { CustomerId, InstanceId, TenantId } from '../../src-shared/model/ids.ts';
import type { VaultContents } from '../../src-shared/model/vault-contents.ts';
import { codeOf, credential, found, halo, harbor, hudu, meridian, secret, tenant } from './keys.ts';

const at = '2026-11-21T12:30:00.000Z';
let folder: string;
let path: string;
let keystore: ReturnType<typeof memoryKeystore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  path = join(folder, 'vault.json');
  keystore = memoryKeystore();
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openVault({ tenant, keystore, store: vaultFile(path) });
const contents = (): VaultContents => JSON.parse(readFileSync(path, 'utf8')) as VaultContents;
const rewrite = (change: (scopes: VaultContents['scopes']) => void): void => {
  const changed = contents();
  change(changed.scopes);
  writeFileSync(path, JSON.stringify(changed));
};

describe('Vault', () => {
  it('gives a credential back after a restart, and keeps no value in the file', async () => {
    (await open()).storeCredential(halo, [meridian, harbor], credential, at);
    const vault = await open();
    expect(vault.credential(meridian, halo)).toEqual(credential);
    expect(vault.credentials()).toEqual([{ instance: halo, customers: 2, changedAt: at }]);
    expect(readFileSync(path, 'utf8')).not.toContain(secret);
    expect(readFileSync(path, 'utf8')).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('round trips any field values', async () => {
    const vault = await openVault({ tenant, keystore, store: noFile });
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,10}$/), fc.string({ unit: 'grapheme' })), (fields) => {
        vault.storeCredential(halo, [meridian], fields, at);
        expect(vault.credential(meridian, halo)).toEqual(fields);
      }),
      { numRuns: 200 },
    );
  });

  it('has nothing for a customer or instance that was not named, whatever it is called', async () => {
    const vault = await open();
    vault.storeCredential(halo, [meridian], credential, at);
    expect(await codeOf(() => vault.credential(harbor, halo))).toBe('CREDENTIAL_MISSING');
    expect(await codeOf(() => vault.credential(meridian, hudu))).toBe('CREDENTIAL_MISSING');
    const word = 'constructor';
    expect(await codeOf(() => vault.credential(meridian, InstanceId.parse(word)))).toBe('CREDENTIAL_MISSING');
    expect(await codeOf(() => vault.credential(CustomerId.parse(word), halo))).toBe('CREDENTIAL_MISSING');
    vault.storeCredential(InstanceId.parse(word), [CustomerId.parse(word)], credential, at);
    expect((await open()).credential(CustomerId.parse(word), InstanceId.parse(word))).toEqual(credential);
  });

  it("refuses one customer's ciphertext or key in another's place", async () => {
    (await open()).storeCredential(halo, [meridian, harbor], credential, at);
    const before = readFileSync(path);
    const scope = (scopes: VaultContents['scopes'], name: string) => found(scopes[name]);
    const swaps: ((scopes: VaultContents['scopes']) => void)[] = [
      (scopes) => Object.assign(scope(scopes, harbor).credentials, scope(scopes, meridian).credentials),
      (scopes) => Object.assign(scope(scopes, harbor), { key: scope(scopes, meridian).key }),
      (scopes) => Object.assign(scopes, { [harbor]: scope(scopes, meridian) }),
      (scopes) => Object.assign(scopes, { [harbor]: scope(scopes, '@instance/halo') }),
      (scopes) => Object.assign(scope(scopes, harbor), { keyVersion: 2 }),
      (scopes) => Object.assign(scope(scopes, harbor).credentials[halo] ?? {}, { version: 2 }),
      (scopes) => {
        const { fields } = found(scope(scopes, harbor).credentials[halo]);
        Object.assign(fields, { clientId: fields['clientSecret'] });
      },
    ];
    for (const swap of swaps) {
      writeFileSync(path, before);
      rewrite(swap);
      const vault = await open();
      expect(await codeOf(() => vault.credential(harbor, halo))).toBe('VAULT_UNREADABLE');
      expect(vault.credential(meridian, halo)).toEqual(credential);
    }
  });

  it("refuses one customer's ciphertext in another's place even under the same key", async () => {
    (await open()).storeCredential(halo, [meridian, harbor], credential, at);
    const kek = keyFrom(found(await keystore.get(`${tenant}/kek`)));
    rewrite((scopes) => {
      const dek = decrypt(kek, found(scopes[meridian]).key, `${tenant}|${meridian}|1`);
      const key = encrypt(kek, dek, `${tenant}|${harbor}|1`);
      Object.assign(scopes, { [harbor]: { ...found(scopes[meridian]), key } });
    });
    const vault = await open();
    expect(await codeOf(() => vault.credential(harbor, halo))).toBe('VAULT_UNREADABLE');
  });

  it("refuses one instance's ciphertext in another's place", async () => {
    const vault = await open();
    vault.storeCredential(halo, [meridian], credential, at);
    vault.storeCredential(hudu, [meridian], { clientId: 'other', clientSecret: 'other' }, at);
    rewrite((scopes) => {
      const { credentials } = found(scopes[meridian]);
      Object.assign(credentials, { [hudu]: credentials[halo] });
    });
    const reopened = await open();
    expect(await codeOf(() => reopened.credential(meridian, hudu))).toBe('VAULT_UNREADABLE');
  });

  it('gives a stored credential to exactly the customers mapped later', async () => {
    const vault = await open();
    vault.storeCredential(halo, [meridian], credential, at);
    vault.mapCredential(halo, [harbor]);
    expect(vault.credential(harbor, halo)).toEqual(credential);
    expect(await codeOf(() => vault.credential(meridian, halo))).toBe('CREDENTIAL_MISSING');
    expect(await codeOf(() => vault.mapCredential(hudu, [harbor]))).toBe('CREDENTIAL_MISSING');
  });

  it('revokes every copy of one instance’s credential, for good, and no other’s', async () => {
    const vault = await open();
    vault.storeCredential(halo, [meridian, harbor], credential, at);
    vault.storeCredential(hudu, [meridian], { apiKey: 'other' }, at);
    expect(vault.instanceCredential(halo)).toEqual(credential);
    vault.revokeCredential(halo);
    const reopened = await open();
    for (const each of [vault, reopened]) {
      for (const ask of [
        () => each.credential(meridian, halo),
        () => each.credential(harbor, halo),
        () => each.instanceCredential(halo),
        () => each.mapCredential(halo, [meridian]),
      ])
        expect(await codeOf(ask)).toBe('CREDENTIAL_MISSING');
      expect(each.credential(meridian, hudu)).toEqual({ apiKey: 'other' });
    }
    expect(Object.keys(contents().scopes)).not.toContain('@instance/halo');
  });

  it('writes nothing when there is nothing to revoke', async () => {
    const vault = await open();
    rmSync(folder, { recursive: true });
    vault.revokeCredential(halo);
    writeFolder();
  });

  it("destroys a customer's key and ciphertexts, and no other's", async () => {
    const vault = await open();
    vault.storeCredential(halo, [meridian, harbor], credential, at);
    vault.destroyCustomer(meridian);
    expect(await codeOf(() => vault.credential(meridian, halo))).toBe('CREDENTIAL_MISSING');
    expect(Object.keys(contents().scopes).sort()).toEqual(['@instance/halo', harbor]);
    expect((await open()).credential(harbor, halo)).toEqual(credential);
  });

  it('has a key of whom something was ever sealed for, until it is destroyed', async () => {
    const vault = await open();
    const has = () => [meridian, harbor, CustomerId.parse('constructor')].map((customer) => vault.hasKey(customer));
    expect(has()).toEqual([false, false, false]);
    vault.storeCredential(halo, [meridian], credential, at);
    vault.revokeCredential(halo);
    vault.makeBodyKey(harbor);
    expect(has()).toEqual([true, true, false]);
    vault.destroyCustomer(meridian);
    expect(has()).toEqual([false, true, false]);
  });

  describe('makeBodyKey', () => {
    it.each([meridian, null])('makes a new key each time, which opens after a restart (%s)', async (under) => {
      const vault = await open();
      const made = [vault.makeBodyKey(under), vault.makeBodyKey(under)];
      const reopened = await open();
      for (const { key, wrapped } of made) {
        expect(key).toHaveLength(32);
        expect(reopened.openBodyKey(under, wrapped)).toEqual(key);
        expect(readFileSync(path, 'utf8')).not.toContain(wrapped.split('.')[1]);
      }
      expect(made[0]?.key).not.toEqual(made[1]?.key);
      expect(Object.keys(contents().scopes)).toEqual([under ?? '@ledger']);
    });

    it('leaves the file alone where the key it seals under is there already', async () => {
      const vault = await open();
      vault.storeCredential(halo, [meridian], credential, at);
      const before = readFileSync(path, 'utf8');
      vault.makeBodyKey(meridian);
      expect(readFileSync(path, 'utf8')).toBe(before);
      expect(vault.credentials()).toEqual([{ instance: halo, customers: 1, changedAt: at }]);
    });

    it('makes none whose own key cannot be kept', async () => {
      const vault = await open();
      rmSync(folder, { recursive: true });
      expect(await codeOf(() => vault.makeBodyKey(meridian))).toBe('VAULT_UNWRITABLE');
      expect(await codeOf(() => vault.makeBodyKey(null))).toBe('VAULT_UNWRITABLE');
      writeFolder();
    });
  });

  describe('openBodyKey', () => {
    it('tells a key that is gone, also when there is a newer one, from one that was changed', async () => {
      const vault = await open();
      const { key, wrapped } = vault.makeBodyKey(meridian);
      const flipped = wrapped.slice(0, -8) + (wrapped.at(-8) === 'A' ? 'B' : 'A') + wrapped.slice(-7);
      expect(await codeOf(() => vault.openBodyKey(meridian, flipped))).toBe('VAULT_UNREADABLE');
      expect(await codeOf(() => vault.openBodyKey(meridian, wrapped.slice(0, 20)))).toBe('VAULT_UNREADABLE');
      vault.destroyCustomer(meridian);
      expect(await codeOf(() => vault.openBodyKey(meridian, wrapped))).toBe('KEY_DESTROYED');
      const newer = vault.makeBodyKey(meridian);
      expect(await codeOf(() => vault.openBodyKey(meridian, wrapped))).toBe('KEY_DESTROYED');
      expect((await open()).openBodyKey(meridian, newer.wrapped)).toEqual(newer.key);
      expect(newer.key).not.toEqual(key);
    });

    it('opens none that was made for another customer, for the company, or as a credential', async () => {
      const vault = await open();
      vault.storeCredential(halo, [meridian], credential, at);
      const [mine, theirs, ours] = [meridian, harbor, null].map((under) => vault.makeBodyKey(under).wrapped);
      for (const [under, wrapped] of [
        [meridian, theirs],
        [harbor, mine],
        [meridian, ours],
        [null, mine],
      ] as const) {
        expect(await codeOf(() => vault.openBodyKey(under, found(wrapped)))).toBe('KEY_DESTROYED');
      }
      const id = found(mine).split('.')[0];
      const field = found(contents().scopes[meridian]?.credentials[halo]?.fields['clientSecret']);
      expect(await codeOf(() => vault.openBodyKey(meridian, `${id}.${field}`))).toBe('VAULT_UNREADABLE');
    });

    it('opens none in the place of another customer whose key was put there', async () => {
      const vault = await open();
      const { wrapped } = vault.makeBodyKey(meridian);
      vault.makeBodyKey(harbor);
      const kek = keyFrom(found(await keystore.get(`${tenant}/kek`)));
      rewrite((scopes) => {
        const dek = decrypt(kek, found(scopes[meridian]).key, `${tenant}|${meridian}|1`);
        Object.assign(found(scopes[harbor]), { key: encrypt(kek, dek, `${tenant}|${harbor}|1`) });
      });
      const tampered = await open();
      expect(await codeOf(() => tampered.openBodyKey(harbor, wrapped))).toBe('VAULT_UNREADABLE');
    });
  });

  it('keeps what it had when the disk refuses', async () => {
    const vault = await open();
    vault.storeCredential(halo, [meridian], credential, at);
    rmSync(folder, { recursive: true });
    expect(await codeOf(() => vault.storeCredential(halo, [harbor], { clientId: 'new' }, at))).toBe('VAULT_UNWRITABLE');
    expect(vault.credential(meridian, halo)).toEqual(credential);
    writeFolder();
  });
});

describe('openVault', () => {
  it('stops when the vault and the keys do not belong together, and changes neither', async () => {
    (await open()).storeCredential(halo, [meridian], credential, at);
    const before = readFileSync(path, 'utf8');
    const stops = async (change: () => Promise<unknown>): Promise<string> => {
      const good = keystore;
      await change();
      const code = await codeOf(open);
      keystore = good;
      return code;
    };
    const other = memoryKeystore();
    await openVault({ tenant, keystore: other, store: noFile });
    const keep = { kek: await keystore.get(`${tenant}/kek`), device: await keystore.get(`${tenant}/device`) };

    expect(await stops(async () => (keystore = memoryKeystore()))).toBe('VAULT_MISMATCH');
    expect(await stops(async () => (keystore = other))).toBe('VAULT_MISMATCH');
    expect(await stops(async () => (keystore = { ...keystore, backend: 'file' }))).toBe('VAULT_MISMATCH');
    await keystore.delete(`${tenant}/device`);
    expect(await codeOf(open)).toBe('VAULT_MISMATCH');
    expect(await keystore.get(`${tenant}/device`)).toBe(undefined);
    await keystore.set(`${tenant}/device`, found(await other.get(`${tenant}/device`)));
    expect(await codeOf(open)).toBe('VAULT_MISMATCH');
    await keystore.set(`${tenant}/device`, Buffer.from('not a key'));
    expect(await codeOf(open)).toBe('VAULT_MISMATCH');
    await keystore.set(`${tenant}/device`, found(keep.device));
    await keystore.set(`${tenant}/kek`, Buffer.alloc(16));
    expect(await codeOf(open)).toBe('VAULT_MISMATCH');
    await keystore.set(`${tenant}/kek`, found(await other.get(`${tenant}/kek`)));
    expect(await codeOf(open)).toBe('VAULT_MISMATCH');
    await keystore.set(`${tenant}/kek`, found(keep.kek));

    expect(readFileSync(path, 'utf8')).toBe(before);
    expect((await open()).credential(meridian, halo)).toEqual(credential);
  });

  it("refuses another tenant's vault, and a damaged one", async () => {
    await open();
    const other = TenantId.parse('southwind');
    expect(await codeOf(() => openVault({ tenant: other, keystore, store: vaultFile(path) }))).toBe('VAULT_MISMATCH');
    for (const text of ['', '{}', '[', JSON.stringify({ ...contents(), v: 3 })]) {
      writeFileSync(path, text);
      expect(await codeOf(open)).toBe('VAULT_UNREADABLE');
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('refuses a keystore that does not keep what it took, and writes no vault', async () => {
    const forgetful = { ...keystore, set: async () => {} };
    expect(await codeOf(() => openVault({ tenant, keystore: forgetful, store: vaultFile(path) }))).toBe(
      'KEYCHAIN_LOCKED',
    );
    expect(vaultFile(path).read()).toBe(undefined);
  });

  it('keeps the device key when only the vault file is new', async () => {
    const first = (await open()).device.device;
    rmSync(path);
    expect((await open()).device.device).toBe(first);
  });
});

/** For the clean-up after a test that removed its folder. */
function writeFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
}
