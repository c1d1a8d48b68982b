// What a central server would hand to a device, issued by the demo MSP: an identity for its technician and a bundle of
// customers, entitlements, policy, quota and limits, signed with a tenant key of its own.
// What it grants stays the same text from start to start (kept-issue.ts): devices keep every text that was in force.
// Trusts the demo data file, which its reader has checked.
import { decodeJwt } from 'jose';
import { Bundle, type Enrolment, IdentityClaims } from '../src-shared/model/bundle.ts';
import { isSignedPolicy } from '../src-shared/verify-enrolment.ts';
import { companyKey } from './company-key.ts';
import type { DemoData } from './demo-data.ts';
import { demoPolicies, demoRoles, everyoneManages } from './demo-policies.ts';
import { type IssueKeeper, keepNothing } from './kept-issue.ts';

const day = 24 * 60 * 60 * 1000;
/** Requests a minute of one client app in the demo: room for an eager assistant, and still a limit. */
const demoRequestsPerMinute = 6000;

type Technician = DemoData['technicians'][number];

/** What one start of the demo issues under one tenant key. */
export interface Issuer {
  /** Who is signed in, and what is granted. */
  enrol(): Promise<Enrolment>;
  /** The identity of any technician of the MSP: the proof that a second person approves. */
  identify(technician: Technician): Promise<string>;
}

interface Given {
  /** Milliseconds since 1970: all that is signed is good for thirty days from it. */
  readonly now: number;
  readonly keeper?: IssueKeeper;
}

/** `signedIn` is a technician of the data. */
export async function makeIssuer(
  data: DemoData,
  signedIn: Technician,
  { now, keeper = keepNothing }: Given,
): Promise<Issuer> {
  const kept = keeper.read();
  const { jwk, sign } = await companyKey(kept?.key);
  const identify = (technician: Technician): Promise<string> =>
    sign(identityOf(data, technician, now), 'bulkhead-identity+jwt');
  const grant = async (): Promise<string> => {
    const wanted = bundleOf(data, now);
    if (kept && (await isStillGood({ text: kept.bundle, tenantKey: jwk.x }, wanted))) return kept.bundle;
    const bundle = await sign(wanted, 'bulkhead-bundle+jwt');
    keeper.write({ key: jwk, bundle });
    return bundle;
  };
  return {
    identify,
    enrol: async () => ({
      tenant: Bundle.shape.tenant.shape.id.parse(data.tenant.id),
      tenantKey: jwk.x,
      identity: await identify(signedIn),
      bundle: await grant(),
    }),
  };
}

/** Whether a kept text is signed, grants what is to be granted now, and will for half of its time. */
async function isStillGood({ text, tenantKey }: { text: string; tenantKey: string }, wanted: Bundle): Promise<boolean> {
  const { version, tenant } = wanted;
  if (!(await isSignedPolicy({ version, bundle: text, tenantKey }, tenant.id))) return false;
  const found = Bundle.safeParse(decodeJwt(text)).data;
  if (!found) return false;
  const { issuedAt, expires } = found;
  const age = Date.parse(wanted.issuedAt) - Date.parse(issuedAt);
  return age >= 0 && age <= 15 * day && JSON.stringify(found) === JSON.stringify({ ...wanted, issuedAt, expires });
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
