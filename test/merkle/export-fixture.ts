import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { canonical } from '../../src-shared/canonical.ts';
import { toHex, zeros } from '../../src-shared/merkle/chain.ts';
import { checkpointBody, originOf } from '../../src-shared/merkle/checkpoint.ts';
import { signedNote } from '../../src-shared/merkle/note.ts';
import { leafHash } from '../../src-shared/merkle/tree.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { rootOfLeaves, sha256 } from './leaves.ts';

/** A device key for tests: the private key is the bytes 1 to 32. */
const seed = Buffer.from(Array.from({ length: 32 }, (_, at) => at + 1));
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});
export const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
export const origin = originOf('northway', 'laptop-1');

/** The signed note of a checkpoint's body. */
export const signNote = (body: string): string =>
  signedNote(body, { name: origin, publicKey }, sign(null, Buffer.from(body), privateKey), sha256);

/** An export of `count` entries: the lines without the last, and a last line for any number of them. `first`: entry 1 is another. */
export function exportOf(count: number, first: Partial<Entry> = {}) {
  const hashes: Uint8Array[] = [];
  const lines: string[] = [];
  let prev = zeros;
  for (let seq = 1; seq <= count; seq += 1) {
    const entry = {
      v: 1,
      seq,
      at: new Date(Date.UTC(2026, 10, 21, 9, 0, seq)).toISOString(),
      tenant: 'northway',
      device: 'laptop-1',
      principal: { kind: 'technician', id: 'anna@northway.example', name: 'Anna Bergström', client: 'claude-code' },
      customer: 'MERI-7',
      kind: seq % 2 === 1 ? 'call.intent' : 'call.outcome',
      tool: 'ticket_list',
      ...(seq % 2 === 1 ? {} : { ref: seq - 1 }),
      ...(seq === 1 ? first : {}),
      prev,
    };
    const leaf = leafHash(Buffer.from(canonical(entry)), sha256);
    hashes.push(leaf);
    prev = toHex(leaf);
    lines.push(canonical({ ...entry, leaf: prev }));
  }
  const note = (size = count): string => {
    const body = checkpointBody({ origin, size, root: rootOfLeaves(hashes.slice(0, size)) });
    return signNote(body);
  };
  const end = (more: object = {}): string => JSON.stringify({ checkpoint: note(), ...more });
  return { lines, note, end };
}
