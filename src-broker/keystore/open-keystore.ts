import type { KeystoreChoice } from '../../src-shared/contract/broker.ts';
import { fileKeystore, type ReadPassphrase } from './file-keystore.ts';
import type { Keystore } from './keystore.ts';
import { memoryKeystore } from './memory-keystore.ts';
import { type KeyringPowers, osKeystore } from './os-keystore.ts';

/** The keystore that was chosen, and never another. */
export function openKeystore(
  choice: KeystoreChoice,
  powers: { readonly keyring: KeyringPowers; readonly readPassphrase: ReadPassphrase },
): Keystore {
  switch (choice.kind) {
    case 'os':
      return osKeystore(powers.keyring);
    case 'file':
      return fileKeystore(choice.path, powers.readPassphrase);
    case 'memory':
      return memoryKeystore();
  }
}
