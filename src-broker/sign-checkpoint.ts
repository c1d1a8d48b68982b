/**
 * Signs the ledger's tree head with the device key, as a C2SP signed note (src-shared/merkle/note.ts). The ledger supplies
 * the body and is not believed: this key signs checkpoints of its own origin and nothing else, and none that takes back what it
 * signed before (see signing-record.ts).
 */
import { hash, sign } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import { checkpointBody, originOf, parseCheckpoint } from '../src-shared/merkle/checkpoint.ts';
import { signedNote, toBase64 } from '../src-shared/merkle/note.ts';
import type { SigningRecord } from './signing-record.ts';
import type { Vault } from './vault.ts';

interface SigningVault extends Pick<Vault, 'tenant' | 'device'> {
  readonly signed: Pick<SigningRecord, 'advance'>;
}

/**
 * Throws CHECKPOINT_REFUSED for anything but a checkpoint of this tenant and device that goes on from the last one, and
 * VAULT_UNWRITABLE when it cannot be kept that it was signed.
 */
export function signCheckpoint(body: string, { tenant, device: { device, ...key }, signed }: SigningVault): string {
  const name = originOf(tenant, device);
  const checkpoint = parseCheckpoint(body);
  // Written anew it must be the same text: then it holds no line and no spelling that only some readers would see.
  if (checkpoint?.origin !== name || checkpointBody(checkpoint) !== body) {
    throw new Fault('CHECKPOINT_REFUSED', "This is not a checkpoint of this device's ledger.");
  }
  signed.advance({ size: checkpoint.size, root: toBase64(checkpoint.root) });
  const signature = sign(null, Buffer.from(body), key.privateKey);
  return signedNote(body, { name, publicKey: key.publicBytes }, signature, (bytes) => hash('sha256', bytes, 'buffer'));
}
