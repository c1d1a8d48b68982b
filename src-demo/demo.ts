// Entry: the demo MSP as a child of the app. It is the vendors (emulators on loopback) and what a central server would
// be (it issues the enrolment). Its credentials leave it only sealed to the broker.
import { demoControl } from '../src-shared/contract/demo.ts';
import { Fault } from '../src-shared/fault.ts';
import { Instance } from '../src-shared/model/instance.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { seal } from '../src-shared/seal.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { type DemoData, readDemoData } from './demo-data.ts';
import { type DemoVendor, demoVendors } from './emulators.ts';
import { issueEnrolment } from './issue.ts';

const parent = connectParent();
let data: DemoData | undefined;

serve(
  demoControl,
  {
    start: async ({ dataFile }) => {
      data = await read(dataFile);
      return { enrolment: await issueEnrolment(data, Date.now()), instances: await startVendors(data) };
    },
    colleagues: () => [],
    identity: () => {
      throw new Fault('UNKNOWN_TECHNICIAN', 'The demo has no such technician.');
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
