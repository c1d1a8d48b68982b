/**
 * Checkpoints (C2SP tlog-checkpoint): the size and root of a device's ledger at one moment. The body is three lines, each
 * ending in a line feed, and is the text of a signed note.
 *
 *   bulkhead/<tenant>/<device>
 *   <number of entries, decimal>
 *   <base64 of the 32-byte root>
 */
import { fromBase64, toBase64 } from './note.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The name under which a device's ledger signs, and under which its key is known. */
export const originOf = (tenant: string, device: string): string => `bulkhead/${tenant}/${device}`;

/** A signed note's key name holds no white space and no plus sign, and so neither does a device's name. */
export const isDeviceName = (device: string): boolean => /^[^\s+]+$/u.test(device);

export function checkpointBody({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The checkpoint a body states, or undefined. Extension lines after the third are allowed and passed over. */
export function parseCheckpoint(body: string): Checkpoint | undefined {
  const [origin, size, root, ...rest] = body.split('\n');
  if (!origin || !size || !/^(0|[1-9][0-9]{0,15})$/.test(size) || root === undefined || rest.at(-1) !== '')
    return undefined;
  const bytes = fromBase64(root);
  if (bytes?.length !== 32 || !Number.isSafeInteger(Number(size))) return undefined;
  return { origin, size: Number(size), root: bytes };
}
