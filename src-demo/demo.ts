// Entry: the demo MSP as a child of the app. It is the vendors (emulators on loopback) and what a central server would
// be (it issues the enrolment). Its credentials leave it only sealed to the broker.
import { join } from 'node:path';
import { demoControl } from '../src-shared/contract/demo.ts';
import { Fault } from '../src-shared/fault.ts';
import { Instance } from '../src-shared/model/instance.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { seal } from '../src-shared/seal.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { type DemoData, readDemoData } from './demo-data.ts';
import { type DemoVendor, demoVendors } from './emulators.ts';
import { type Issuer, makeIssuer } from './issue.ts';
import { keepIssueIn } from './kept-issue.ts';

const parent = connectParent();
let data: DemoData | undefined;
let issuer: Issuer | undefined;
let signedIn = '';

serve(
  demoControl,
  {
    start: async ({ dataFile, folder, signedIn: asked }) => {
      data = await read(dataFile);
      const technician = knownTechnician(data, asked ?? data.signedIn);
      signedIn = technician.id;
      const keeper = keepIssueIn(join(folder, `${data.tenant.id}.json`));
      issuer = await makeIssuer(data, technician, { now: Date.now(), keeper });
      return { enrolment: await issuer.enrol(), instances: await startVendors(data) };
    },
    // A service account is nobody's colleague: it is not a person.
    colleagues: () =>
      (data?.technicians ?? [])
        .filter(({ id, roles }) => id !== signedIn && !roles.includes('service-account'))
        .map(({ id, name, roles }) => ({ id, name, roles })),
    identity: async ({ id }) => {
      if (!data || !issuer) throw unknownTechnician();
      return { identity: await issuer.identify(knownTechnician(data, id)) };
    },
    credentials: async ({ sealKey }) => {
      if (!data) return [];
      const { tenant } = data;
      return Promise.all(
        demoVendors(data).map(async ({ instance, credential }) => ({
          instance: Instance.shape.id.parse(instance),
          box: await seal(JSON.stringify(credential), sealKey, `${tenant.id}/${instance}`),
        })),
      );
    },
  },
  parent.control,
  reportUnexpected,
);

function knownTechnician({ technicians }: DemoData, id: string): DemoData['technicians'][number] {
  const found = technicians.find((each) => each.id === id);
  if (found) return found;
  throw unknownTechnician();
}

const unknownTechnician = (): Fault =>
  new Fault('UNKNOWN_TECHNICIAN', 'The demo has no technician of this id.', 'See `technicians` in the demo data file.');

async function read(path: string): Promise<DemoData> {
  try {
    return await readDemoData(path);
  } catch (problem) {
    throw new Fault(
      'DEMO_DATA',
      problem instanceof Error ? problem.message.replaceAll('\n', ' ').slice(0, 480) : 'The demo data cannot be read.',
      'Correct the file, or leave --demo-data away.',
    );
  }
}

function startVendors(demo: DemoData): Promise<Instance[]> {
  return Promise.all(demoVendors(demo).map((vendor) => startVendor(demo, vendor)));
}

async function startVendor({ tenant, customers }: DemoData, vendor: DemoVendor): Promise<Instance> {
  const { url } = await vendor.start(0);
  const mapping: Record<string, string> = {};
  for (const { id, vendors: ids } of customers) {
    const mapped = ids[vendor.connector];
    if (mapped !== undefined) mapping[id] = String(mapped);
  }
  return Instance.parse({
    id: vendor.instance,
    tenant: tenant.id,
    connector: vendor.connector,
    name: vendor.name,
    baseUrl: url,
    settings: vendor.settings,
    mapping,
  });
}
