import type { KeystoreChoice } from '../../src-shared/contract/broker.ts';
import { Fault } from '../../src-shared/fault.ts';

/**
 * The keystore BULKHEAD_KEYSTORE names. Nothing is chosen silently: `os` unless told otherwise, `memory` only in the demo.
 * @throws Fault KEYSTORE_UNKNOWN, KEYSTORE_MEMORY
 */
export function chooseKeystore(wanted: string | null, isDemo: boolean): KeystoreChoice {
  if (wanted === null || wanted === '' || wanted === 'os') return { kind: 'os' };
  if (wanted === 'memory') {
    if (isDemo) return { kind: 'memory' };
    throw new Fault(
      'KEYSTORE_MEMORY',
      'BULKHEAD_KEYSTORE=memory forgets every credential at the end, so it is for --demo only.',
      'Unset BULKHEAD_KEYSTORE to use the OS keychain, or set it to file:<path>.',
    );
  }
  if (wanted.startsWith('file:') && wanted.length > 5) return { kind: 'file', path: wanted.slice(5) };
  throw new Fault(
    'KEYSTORE_UNKNOWN',
    'BULKHEAD_KEYSTORE names no keystore.',
    'Use os, file:<path>, or with --demo also memory.',
  );
}
