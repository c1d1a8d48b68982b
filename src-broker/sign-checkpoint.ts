/**
 * Signs the ledger's tree head with the device key, as a C2SP signed note (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).
 * The ledger supplies the body and is not believed: this key signs checkpoints of its own origin and nothing else.
 *
 *   bulkhead/<tenant>/<device>\n
 *   <size, decimal>\n
 *   <root, base64 of 32 bytes>\n
 *   \n
 *   — <origin> base64( SHA-256(origin ‖ 0x0A ‖ 0x01 ‖ public key)[0..4] ‖ Ed25519 signature of the body )\n
 */
import { createHash, sign } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import type { DeviceKey } from './device-key.ts';

const ed25519 = 0x01;

/** Throws CHECKPOINT_REFUSED for anything but a checkpoint of this tenant and device. */
export function signCheckpoint(body: string, tenant: TenantId, { device, privateKey, publicBytes }: DeviceKey): string {
  const origin = `bulkhead/${tenant}/${device}`;
  if (!isCheckpoint(body, origin)) {
    throw new Fault('CHECKPOINT_REFUSED', "This is not a checkpoint of this device's ledger.");
  }
  const keyId = createHash('sha256')
    .update(origin)
    .update(Buffer.from([0x0a, ed25519]))
    .update(publicBytes)
    .digest()
    .subarray(0, 4);
  const signature = sign(null, Buffer.from(body), privateKey);
  return `${body}\n— ${origin} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
}

function isCheckpoint(body: string, origin: string): boolean {
  const [first, size, root, end, ...more] = body.split('\n');
  if (first !== origin || size === undefined || root === undefined || end !== '' || more.length > 0) return false;
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size)) return false;
  const bytes = Buffer.from(root, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === root;
}
