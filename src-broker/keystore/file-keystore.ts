/**
 * Keys in one passphrase-wrapped file, for machines without a keychain. Whoever has the file can guess passphrases at
 * scrypt's price; whoever lacks it, or the passphrase, has nothing.
 *
 *   { v: 1, salt: base64 16 bytes, data: envelope( JSON { account: base64 value } ) }
 *
 * The scrypt parameters belong to the version: a file cannot ask for cheaper or for ruinous ones.
 */
import { type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { readFileIfThere, writeFileAtomic } from '../../src-shared/node/atomic-file.ts';
import { isRefusal, whyRefused } from '../../src-shared/node/why-refused.ts';
import { decrypt, encrypt, keyFrom } from '../envelope.ts';
import type { Keystore } from './keystore.ts';

/** Asks a person. `isNew` when the answer will protect a file that does not exist yet. */
export type ReadPassphrase = (isNew: boolean) => Promise<string>;

const KeystoreFile = z.strictObject({ v: z.literal(1), salt: z.base64().length(24), data: z.base64() });
type KeystoreFile = z.infer<typeof KeystoreFile>;
const Values = z.record(z.string(), z.base64());
type Values = z.infer<typeof Values>;

const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const shortest = 8;

export function fileKeystore(path: string, readPassphrase: ReadPassphrase): Keystore {
  /** Kept for this run, so that a person is asked once. */
  let unlocked: { readonly salt: string; readonly key: KeyObject } | undefined;

  async function load(): Promise<Values> {
    const file = readKeystoreFile(path);
    if (file === undefined) return {};
    if (unlocked?.salt === file.salt) return openFile(file, unlocked.key);
    const key = await deriveKey(await readPassphrase(false), file.salt);
    const values = openFile(file, key);
    unlocked = { salt: file.salt, key };
    return values;
  }

  /** Reads the file anew before it writes, because another tenant's broker may share it. */
  async function change(edit: (values: Values) => Values): Promise<void> {
    const values = edit(await load());
    unlocked ??= await newKey(readPassphrase);
    const data = Buffer.from(JSON.stringify(values));
    const file: KeystoreFile = { v: 1, salt: unlocked.salt, data: encrypt(unlocked.key, data, about(unlocked.salt)) };
    data.fill(0);
    try {
      writeFileAtomic(path, `${JSON.stringify(file)}\n`);
    } catch (error) {
      const { why, remedy } = whyRefused(error);
      throw new Fault('KEYSTORE_UNWRITABLE', `The keystore file cannot be written: ${why}.`, remedy);
    }
  }

  return {
    backend: 'file',
    get: async (account) => {
      const values = await load();
      const value = Object.hasOwn(values, account) ? values[account] : undefined;
      return value === undefined ? undefined : Buffer.from(value, 'base64');
    },
    set: (account, value) => change((values) => ({ ...values, [account]: Buffer.from(value).toString('base64') })),
    delete: (account) =>
      change((values) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== account))),
  };
}

function readKeystoreFile(path: string): KeystoreFile | undefined {
  try {
    const text = readFileIfThere(path);
    return text === undefined ? undefined : KeystoreFile.parse(JSON.parse(text));
  } catch (error) {
    if (isRefusal(error)) {
      const { why, remedy } = whyRefused(error);
      throw new Fault('KEYSTORE_UNREADABLE', `The keystore file cannot be read: ${why}.`, remedy);
    }
    throw new Fault('KEYSTORE_UNREADABLE', 'The keystore file is damaged, or is not one.', 'Restore it from a backup.');
  }
}

function openFile(file: KeystoreFile, key: KeyObject): Values {
  let plain: Buffer;
  try {
    plain = decrypt(key, file.data, about(file.salt));
  } catch {
    throw wrong('The passphrase does not open the keystore file.');
  }
  try {
    return Values.parse(JSON.parse(plain.toString()));
  } finally {
    plain.fill(0);
  }
}

async function newKey(readPassphrase: ReadPassphrase): Promise<{ salt: string; key: KeyObject }> {
  const passphrase = await readPassphrase(true);
  if (passphrase.length < shortest)
    throw wrong(`A new keystore needs a passphrase of at least ${shortest} characters.`);
  const salt = randomBytes(16).toString('base64');
  return { salt, key: await deriveKey(passphrase, salt) };
}

function deriveKey(passphrase: string, salt: string): Promise<KeyObject> {
  const bytes = Buffer.from(passphrase.normalize('NFKC'));
  return new Promise((resolve, reject) => {
    scrypt(bytes, Buffer.from(salt, 'base64'), 32, cost, (error, derived) => {
      bytes.fill(0);
      if (error) reject(error);
      else resolve(keyFrom(derived));
    });
  });
}

const about = (salt: string): string => `bulkhead keystore|1|${salt}`;

const wrong = (message: string): Fault =>
  new Fault('KEYSTORE_PASSPHRASE', message, 'Start again with the right passphrase.');
