import type { brokerControl } from '../../src-shared/contract/broker.ts';
import { asFault, Fault } from '../../src-shared/fault.ts';
import type { Client } from '../../src-shared/wire/contract.ts';

/** Milliseconds a keychain may take. A session bus that never answers freezes the broker, so only this side can tell. */
const keychainDeadline = 15_000;

/** Unlocks the vault. Faults: the broker's, and KEYCHAIN_LOCKED when the keychain never answers. */
export async function openVault(api: Client<typeof brokerControl>, input: Parameters<typeof api.open>[0]) {
  if (input.keystore.kind !== 'os') return api.open(input); // A person may be typing a passphrase.
  try {
    return await api.open(input, { deadlineMs: keychainDeadline });
  } catch (thrown) {
    if (asFault(thrown).code !== 'DEADLINE') throw thrown;
    throw new Fault(
      'KEYCHAIN_LOCKED',
      'The OS keychain does not answer.',
      'Unlock it, or choose another keystore: BULKHEAD_KEYSTORE=file:<path>.',
    );
  }
}
