// Whether a call may run here: the grant must be the gateway's, for exactly this worker, this deed and these arguments, alive
// and not used before. What it is compared with came from the supervisor, never from the gateway that sent it.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonical } from '../src-shared/canonical.ts';
import type { WorkerBinding } from '../src-shared/contract/worker.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Deed, Grant } from '../src-shared/model/grant.ts';

export interface GrantedCall {
  readonly grant: Grant;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A check that throws GRANT_REFUSED, always in the same words, and lets each grant pass once. */
export function createGrantCheck(binding: WorkerBinding, now: () => number): (call: GrantedCall, deed: Deed) => void {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: binding.grantKey }, format: 'jwk' });
  const used = new Map<string, number>();

  return ({ grant, tool, arguments: given }, deed) => {
    const { claims, signature } = grant;
    const at = now();
    const isOurs =
      claims.tenant === binding.tenant &&
      claims.customer === binding.customer &&
      claims.instance === binding.instance &&
      claims.epoch === binding.epoch &&
      claims.tool === tool &&
      claims.deed === deed &&
      claims.expires > at &&
      claims.argumentsHash === createHash('sha256').update(canonical(given)).digest('hex') &&
      verify(null, Buffer.from(canonical(claims)), key, Buffer.from(signature, 'base64url'));
    if (!isOurs) throw refused();
    forget(used, at);
    if (used.has(claims.id) || used.size >= mostAlive) throw refused();
    used.set(claims.id, claims.expires);
  };
}

/** Expired grants are refused by their time, so their ids need not be remembered. Stops at the first one still alive. */
function forget(used: Map<string, number>, at: number): void {
  for (const [id, expires] of used) {
    if (expires > at) return;
    used.delete(id);
  }
}

const refused = (): Fault => new Fault('GRANT_REFUSED', 'This grant does not allow this call here.');

/** Far above what a gateway has alive at once; a bound on memory that fails closed. */
const mostAlive = 100_000;
