/**
 * Unlocks a tenant's vault with the keys in its keystore, or makes both. A vault and keys that do not belong together stop
 * here: making new keys would destroy every stored credential, and the device's name in the ledger, for a mistake.
 */
import { randomBytes } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import type { VaultContents } from '../src-shared/model/vault-contents.ts';
import { type DeviceKey, deviceKeyFrom, makeDeviceKey } from './device-key.ts';
import { decrypt, encrypt, keyFrom } from './envelope.ts';
import type { Keystore } from './keystore/keystore.ts';
import { openSigningRecord } from './signing-record.ts';
import { Vault } from './vault.ts';
import type { VaultStore } from './vault-file.ts';

export interface VaultPlace {
  readonly tenant: TenantId;
  readonly keystore: Keystore;
  readonly store: VaultStore;
}

/** Faults: those of the keystore, VAULT_MISMATCH, VAULT_UNREADABLE, VAULT_UNWRITABLE. */
export async function openVault({ tenant, keystore, store }: VaultPlace): Promise<Vault> {
  const found = store.read();
  if (found && found.tenant !== tenant) throw mismatch('This vault belongs to another tenant.');
  if (found && found.backend !== keystore.backend) {
    throw mismatch(`This vault was made with the keystore "${found.backend}", not "${keystore.backend}".`);
  }
  const isNew = found === undefined;
  const kek = await keyBytes(keystore, `${tenant}/kek`, isNew, () => randomBytes(32));
  if (kek.length !== 32) throw mismatch("The vault's key in the keystore is damaged.");
  const key = keyFrom(kek);
  const pkcs8 = await keyBytes(keystore, `${tenant}/device`, isNew, makeDeviceKey);
  const device = readDeviceKey(pkcs8);

  if (found && !opensCheck(found, key))
    throw mismatch('The key in the keystore is not the one this vault was made with.');
  if (found && found.device !== device.device) throw mismatch("The device key in the keystore is not this vault's.");

  const signed = openSigningRecord({ tenant, key, store }, found?.v === 2);
  if (found?.v === 2) return new Vault({ contents: found, key, device, store, signed });
  const contents: VaultContents = {
    v: 2,
    tenant,
    backend: keystore.backend,
    device: device.device,
    check: encrypt(key, checkText, checkAbout(tenant, 2)),
    scopes: found?.scopes ?? {},
  };
  store.write(contents); // After the record, which is expected from now on.
  return new Vault({ contents, key, device, store, signed });
}

/** A key that is there, or a new one when there may be none yet. A keystore that does not give back what it took is a fault. */
async function keyBytes(keystore: Keystore, account: string, isNew: boolean, make: () => Buffer): Promise<Buffer> {
  const found = await keystore.get(account);
  if (found) return found;
  if (!isNew) throw mismatch("There is a vault, but the keystore does not hold the vault's keys.");
  const made = make();
  await keystore.set(account, made);
  const kept = await keystore.get(account);
  const isKept = kept?.equals(made) === true;
  kept?.fill(0);
  if (!isKept) throw new Fault('KEYCHAIN_LOCKED', 'The keystore did not keep a new key.', 'Check that it is unlocked.');
  return made;
}

function readDeviceKey(pkcs8: Buffer): DeviceKey {
  try {
    return deviceKeyFrom(pkcs8);
  } catch {
    throw mismatch('The device key in the keystore is damaged.');
  } finally {
    pkcs8.fill(0);
  }
}

const checkText = Buffer.from('bulkhead vault');
const checkAbout = (tenant: TenantId, v: VaultContents['v']): string => `${tenant}|@check|${v}`;

function opensCheck({ check, tenant, v }: VaultContents, key: Parameters<typeof decrypt>[0]): boolean {
  try {
    return decrypt(key, check, checkAbout(tenant, v)).equals(checkText);
  } catch {
    return false;
  }
}

const mismatch = (message: string): Fault =>
  new Fault(
    'VAULT_MISMATCH',
    message,
    'Start with the keystore and user this vault was made with, or restore them. To begin anew, move the vault file away and enter the credentials again.',
  );
