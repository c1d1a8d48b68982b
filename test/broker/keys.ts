/** Keys, ids and grants for the broker's tests. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { canonical } from '../../src-shared/canonical.ts';
import { type Grant, GrantClaims } from '../../src-shared/model/grant.ts';
import { CustomerId, InstanceId, TenantId } from '../../src-shared/model/ids.ts';

export const tenant = TenantId.parse('northwind');
export const meridian = CustomerId.parse('meridian');
export const harbor = CustomerId.parse('harbor');
export const halo = InstanceId.parse('halo');
export const hudu = InstanceId.parse('hudu');

/** Half past noon. */
export const noon = Date.UTC(2026, 10, 21, 12, 30);
export const secret = 'canary-5f1d-never-shown';
export const credential = { clientId: 'bulkhead', clientSecret: secret };

export interface Gateway {
  readonly privateKey: KeyObject;
  readonly grantKey: string;
}

export function makeGateway(): Gateway {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, grantKey: String(publicKey.export({ format: 'jwk' }).x) };
}

export function makeGrant(gateway: Gateway, change: Record<string, unknown> = {}): Grant {
  const claims = GrantClaims.parse({
    id: randomBytes(16).toString('hex'),
    tenant,
    customer: meridian,
    instance: halo,
    epoch: 3,
    tool: 'ticket_list',
    deed: 'run',
    argumentsHash: '0'.repeat(64),
    expires: noon + 30_000,
    ...change,
  });
  return { claims, signature: sign(null, Buffer.from(canonical(claims)), gateway.privateKey).toString('base64url') };
}

/** A value that must be there for the test to mean anything. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the test found nothing');
  return value;
}

/** The code of the fault a call throws or rejects with. */
export async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'no fault';
}
