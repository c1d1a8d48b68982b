/** The broker's vault in this process, as the ledger asks it for keys. For tests. */
import { memoryKeystore } from '../../src-broker/keystore/memory-keystore.ts';
import { openVault } from '../../src-broker/open-vault.ts';
import { noFile } from '../../src-broker/vault-file.ts';
import type { KeySource } from '../../src-ledger/body-keys.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import { tenant } from './fork-ledger.ts';

export async function keySource() {
  const vault = await openVault({ tenant, keystore: memoryKeystore(), store: noFile });
  const made: (CustomerId | null)[] = [];
  const source: KeySource = {
    makeBodyKey: async ({ under }) => {
      made.push(under);
      const { key, wrapped } = vault.makeBodyKey(under);
      return { key: key.toString('base64'), wrapped };
    },
    openBodyKey: async ({ under, wrapped }) => ({ key: vault.openBodyKey(under, wrapped).toString('base64') }),
  };
  return { source, vault, made };
}

/** A source whose answers come when the test says so. */
export function slowly(source: KeySource) {
  const waiting: (() => void)[] = [];
  const held: KeySource = {
    ...source,
    makeBodyKey: async (question) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return source.makeBodyKey(question);
    },
  };
  return { source: held, waiting, release: () => waiting.splice(0).forEach((go) => go()) };
}

/** A broker that is there and has no key to give. */
export const keyless: KeySource = {
  makeBodyKey: () => Promise.reject(new Error('away')),
  openBodyKey: () => Promise.reject(new Error('away')),
};
