/**
 * Signs the ledger's tree head with the device key, as a C2SP signed note (src-shared/merkle/note.ts). The ledger supplies
 * the body and is not believed: this key signs checkpoints of its own origin and nothing else.
 */
import { hash, sign } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import { checkpointBody, originOf, parseCheckpoint } from '../src-shared/merkle/checkpoint.ts';
import { signedNote } from '../src-shared/merkle/note.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import type { DeviceKey } from './device-key.ts';

/** Throws CHECKPOINT_REFUSED for anything but a checkpoint of this tenant and device. */
export function signCheckpoint(body: string, tenant: TenantId, { device, privateKey, publicBytes }: DeviceKey): string {
  const name = originOf(tenant, device);
  const checkpoint = parseCheckpoint(body);
  // Written anew it must be the same text: then it holds no line and no spelling that only some readers would see.
  if (checkpoint?.origin !== name || checkpointBody(checkpoint) !== body) {
    throw new Fault('CHECKPOINT_REFUSED', "This is not a checkpoint of this device's ledger.");
  }
  const signature = sign(null, Buffer.from(body), privateKey);
  return signedNote(body, { name, publicKey: publicBytes }, signature, (bytes) => hash('sha256', bytes, 'buffer'));
}
