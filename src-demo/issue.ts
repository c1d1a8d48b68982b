// What a central server would hand to a device, issued by the demo MSP: an identity for its technician and a bundle of
// customers, entitlements, policy, quota and limits, signed with a tenant key that lives as long as this process.
// Trusts the demo data file, which its reader has checked.
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { Bundle, type Enrolment, IdentityClaims } from '../src-shared/model/bundle.ts';
import type { DemoData } from './demo-data.ts';
import { demoPolicies } from './demo-policies.ts';

const day = 24 * 60 * 60 * 1000;
/** Requests a minute of one client app in the demo: room for an eager assistant, and still a limit. */
const demoRequestsPerMinute = 6000;

/** `now` in milliseconds since 1970: identity and bundle are good for thirty days from it. */
export async function issueEnrolment(data: DemoData, now: number): Promise<Enrolment> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const sign = (payload: unknown, typ: string): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'EdDSA', typ })
      .sign(privateKey);
  const { x } = await exportJWK(publicKey);
  return {
    tenant: Bundle.shape.tenant.shape.id.parse(data.tenant.id),
    tenantKey: x ?? '',
    identity: await sign(identityOf(data, now), 'bulkhead-identity+jwt'),
    bundle: await sign(bundleOf(data, now), 'bulkhead-bundle+jwt'),
  };
}

function identityOf(data: DemoData, now: number): IdentityClaims {
  const technician = data.technicians.find(({ id }) => id === data.signedIn);
  return IdentityClaims.parse({
    iss: `demo:${data.tenant.id}`,
    aud: 'bulkhead',
    sub: technician?.id,
    name: technician?.name,
    email: technician?.email,
    tenant: data.tenant.id,
    roles: technician?.roles,
    iat: Math.floor(now / 1000),
    exp: Math.floor((now + 30 * day) / 1000),
  });
}

function bundleOf(data: DemoData, now: number): Bundle {
  return Bundle.parse({
    v: 1,
    tenant: data.tenant,
    version: 1,
    issuedAt: new Date(now).toISOString(),
    expires: new Date(now + 30 * day).toISOString(),
    customers: data.customers.map(({ id, code, name, domain, aliases }) => ({ id, code, name, domain, aliases })),
    connectors: Object.keys(data.vendors),
    policy: { policies: demoPolicies, ...(data.mentions && { mentions: data.mentions }) },
    quota: data.quota ?? { includedCalls: 100_000, overage: 'block' },
    limits: data.limits ?? { requestsPerMinute: demoRequestsPerMinute },
  });
}
