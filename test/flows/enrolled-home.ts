// A device enrolled for real, without --demo: its home as an enrolment leaves it, and the vendor it reaches, run by the test.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { type HaloEmulator, startHaloEmulator } from '../../src-demo/halopsa/emulator.ts';
import { makeIssuer } from '../../src-demo/issue.ts';
import type { Enrolment } from '../../src-shared/model/bundle.ts';
import { demoData } from './demo-owners.ts';

export interface EnrolledHome {
  readonly home: string;
  /** Where the tenant's files are. */
  readonly folder: string;
  readonly vendor: HaloEmulator;
  readonly instance: string;
  readonly credential: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export async function enrolHome(data = demoData): Promise<EnrolledHome> {
  const { halopsa } = data.vendors;
  if (!halopsa) throw new Error('the demo data has no HaloPSA');
  const vendor = await startHaloEmulator({ data: halopsa, port: 0, host: '127.0.0.1' });
  const home = mkdtempSync(join(tmpdir(), 'bulkhead-flow-'));
  const folder = join(home, 'tenants', data.tenant.id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mapping = Object.fromEntries(data.customers.map(({ id, vendors }) => [id, String(vendors['halopsa'])]));
  const instance = {
    id: halopsa.instance,
    tenant: data.tenant.id,
    connector: 'halopsa',
    name: halopsa.name,
    baseUrl: vendor.url,
    settings: { tenant: halopsa.tenant, demo: 'true' },
    mapping,
  };
  writeFileSync(join(folder, 'enrolment.json'), JSON.stringify(await enrol(data)), { mode: 0o600 });
  writeFileSync(join(folder, 'instances.json'), JSON.stringify([instance]), { mode: 0o600 });
  return {
    home,
    folder,
    vendor,
    instance: halopsa.instance,
    credential: halopsa.credential,
    remove: async () => {
      await vendor.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/**
 * An enrolment of the first technician as a company's own server would issue it: what the demo grants, under another issuer
 * and a key of its own. `grant` is what the policy says otherwise.
 */
export async function enrol(data = demoData, grant: object = {}): Promise<Enrolment> {
  const [first] = data.technicians;
  if (!first) throw new Error('the demo data changed');
  const demo = await (await makeIssuer(data, first, { now: Date.now() })).enrol();
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const issue = (jws: string, change: object = {}): Promise<string> => {
    const [header = '', payload = ''] = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    const claims = { ...(JSON.parse(payload) as object), ...change };
    const signing = new CompactSign(new TextEncoder().encode(JSON.stringify(claims)));
    return signing.setProtectedHeader(JSON.parse(header) as { alg: string }).sign(privateKey);
  };
  const { x = '' } = await exportJWK(publicKey);
  const identity = await issue(demo.identity, { iss: 'https://central.northway.example' });
  return { tenant: demo.tenant, tenantKey: x, identity, bundle: await issue(demo.bundle, grant) };
}
