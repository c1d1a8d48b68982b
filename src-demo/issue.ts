// What a central server would hand to a device, issued by the demo MSP: an identity for its technician and a bundle of
// customers, entitlements, policy, quota and limits, signed with a tenant key that lives as long as this process.
// Trusts the demo data file, which its reader has checked.
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { Bundle, type Enrolment, IdentityClaims } from '../src-shared/model/bundle.ts';
import type { DemoData } from './demo-data.ts';
import { demoPolicies, demoRoles, everyoneManages } from './demo-policies.ts';

const day = 24 * 60 * 60 * 1000;
/** Requests a minute of one client app in the demo: room for an eager assistant, and still a limit. */
const demoRequestsPerMinute = 6000;

type Technician = DemoData['technicians'][number];

/** What one start of the demo issues under one tenant key, which never leaves it. */
export interface Issuer {
  /** Who is signed in, and what is granted. */
  enrol(): Promise<Enrolment>;
  /** The identity of any technician of the MSP: the proof that a second person approves. */
  identify(technician: Technician): Promise<string>;
}

/** `signedIn` is a technician of the data. `now` in milliseconds since 1970: all is good for thirty days from it. */
export async function makeIssuer(data: DemoData, signedIn: Technician, now: number): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const sign = (payload: unknown, typ: string): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'EdDSA', typ })
      .sign(privateKey);
  const { x } = await exportJWK(publicKey);
  const identify = (technician: Technician): Promise<string> =>
    sign(identityOf(data, technician, now), 'bulkhead-identity+jwt');
  return {
    identify,
    enrol: async () => ({
      tenant: Bundle.shape.tenant.shape.id.parse(data.tenant.id),
      tenantKey: x ?? '',
      identity: await identify(signedIn),
      bundle: await sign(bundleOf(data, now), 'bulkhead-bundle+jwt'),
    }),
  };
}

function identityOf({ tenant }: DemoData, { id, name, email, roles }: Technician, now: number): IdentityClaims {
  return IdentityClaims.parse({
    iss: `demo:${tenant.id}`,
    aud: 'bulkhead',
    sub: id,
    name,
    email,
    tenant: tenant.id,
    roles,
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
    policy: { ...policyOf(data), ...(data.mentions && { mentions: data.mentions }) },
    quota: data.quota ?? { includedCalls: 100_000, overage: 'block' },
    limits: data.limits ?? { requestsPerMinute: demoRequestsPerMinute },
  });
}

/**
 * An MSP that says nothing of it: everyone looks after every customer, and manages Bulkhead. One cut down from another may
 * keep its policy: whom it does not have is left out, for a gateway refuses a policy that names a stranger.
 */
function policyOf({ policy, customers }: DemoData): object {
  const regulated = { id: 'regulated', name: 'Regulated', customers: [] };
  if (!policy) {
    const assignments = [{ roles: demoRoles, everyCustomer: true }];
    return { policies: { ...demoPolicies, ...everyoneManages }, groups: [regulated], assignments };
  }
  const known = new Set<string>(customers.map(({ id }) => id));
  const theirs = <T extends { readonly customers?: readonly string[] | undefined }>(one: T): T =>
    one.customers ? { ...one, customers: one.customers.filter((customer) => known.has(customer)) } : one;
  const groups = policy.groups.some(({ id }) => id === regulated.id) ? policy.groups : [...policy.groups, regulated];
  return {
    ...policy,
    policies: demoPolicies,
    groups: groups.map(theirs),
    assignments: policy.assignments.map(theirs),
  };
}
