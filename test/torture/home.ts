// The home of an enrolled device whose vendors are the ones that watch. Its keys are in a file, so that they outlive a kill.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoData, parseDemoData } from '../../src-demo/demo-data.ts';
import { demoFile } from '../flows/demo-owners.ts';
import { enrol } from '../flows/enrolled-home.ts';
import { startVendorSide, type VendorSide } from './vendor-side.ts';

export interface TorturedHome {
  /** Holds the home, the keystore, and what is kept as evidence. */
  readonly folder: string;
  readonly home: string;
  /** The tenant's own folder in it. */
  readonly tenantFolder: string;
  readonly keystore: string;
  readonly data: DemoData;
  readonly vendorSide: VendorSide;
  /** The evidence stays when it is asked for. */
  close(keep: boolean): Promise<void>;
}

export async function makeHome(): Promise<TorturedHome> {
  const { policy: _, ...shipped } = parseDemoData(readFileSync(demoFile, 'utf8'), 'demo');
  // Without a policy of its own everyone looks after every customer and may read and verify everything.
  const data: DemoData = {
    ...shipped,
    quota: { includedCalls: 1_000_000_000, overage: 'allow' },
    limits: { requestsPerMinute: 1_000_000 },
  };
  const vendorSide = await startVendorSide(data);
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-torture-'));
  const home = join(folder, 'home');
  const tenantFolder = join(home, 'tenants', data.tenant.id);
  mkdirSync(tenantFolder, { recursive: true, mode: 0o700 });
  const keep = (name: string, content: unknown): void =>
    writeFileSync(join(tenantFolder, name), JSON.stringify(content), { mode: 0o600 });
  keep('enrolment.json', await enrol(data));
  keep('instances.json', instancesOf(data, vendorSide));
  return {
    folder,
    home,
    tenantFolder,
    keystore: join(folder, 'keystore.json'),
    data,
    vendorSide,
    close: async (isKept) => {
      await vendorSide.close();
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function instancesOf({ tenant, customers }: DemoData, { vendors }: VendorSide): unknown[] {
  return vendors.map(({ instance, connector, name, url, settings }) => ({
    id: instance,
    tenant: tenant.id,
    connector,
    name,
    baseUrl: url,
    settings,
    mapping: Object.fromEntries(
      customers.flatMap(({ id, vendors: ids }) => (ids[connector] === undefined ? [] : [[id, String(ids[connector])]])),
    ),
  }));
}
