/**
 * Whether a grant entitles the worker at the other end of one link. The worker supplies the grant and is not believed: the
 * signature must be the gateway's of this start, and every name in it what the supervisor said of this link.
 * All refusals look alike, so that a worker learns nothing by trying.
 */
import { type KeyObject, verify } from 'node:crypto';
import { canonical } from '../src-shared/canonical.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Grant } from '../src-shared/model/grant.ts';
import type { CustomerId, InstanceId, TenantId } from '../src-shared/model/ids.ts';

/** Who is at the other end of a link, in the supervisor's words. */
export interface Admission {
  readonly tenant: TenantId;
  readonly customer: CustomerId;
  readonly instance: InstanceId;
  readonly epoch: number;
}

/** Spent grants a link remembers. When there are more, the expired ones are forgotten; while none is, all are refused. */
const mostRemembered = 10_000;

/** The check for one link. Throws GRANT_REFUSED; a grant that passes is spent. */
export function grantCheck(
  admitted: Admission,
): (grant: Grant, gatewayKey: KeyObject | undefined, now: number) => void {
  const spent = new Map<string, number>();
  return ({ claims, signature }, gatewayKey, now) => {
    const isForThisLink =
      claims.tenant === admitted.tenant &&
      claims.customer === admitted.customer &&
      claims.instance === admitted.instance &&
      claims.epoch === admitted.epoch;
    if (!isForThisLink || claims.expires <= now || spent.has(claims.id)) throw refused();
    if (!gatewayKey || !isSigned(canonical(claims), signature, gatewayKey)) throw refused();
    if (spent.size >= mostRemembered) forgetExpired(spent, now);
    if (spent.size >= mostRemembered) throw refused();
    spent.set(claims.id, claims.expires);
  };
}

function isSigned(text: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.length === 64 && verify(null, Buffer.from(text), key, bytes);
}

function forgetExpired(spent: Map<string, number>, now: number): void {
  for (const [id, expires] of spent) if (expires <= now) spent.delete(id);
}

const refused = (): Fault => new Fault('GRANT_REFUSED', 'This grant does not entitle this worker to a credential.');
