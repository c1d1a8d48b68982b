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
import { startHaloEmulator } from './halopsa/emulator.ts';
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
    credentials: async ({ sealKey }) => {
      const halo = data?.vendors.halopsa;
      if (!data || !halo) return [];
      const box = await seal(JSON.stringify(halo.credential), sealKey, `${data.tenant.id}/${halo.instance}`);
      return [{ instance: Instance.shape.id.parse(halo.instance), box }];
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

async function startVendors({ tenant, customers, vendors }: DemoData): Promise<Instance[]> {
  const halo = vendors.halopsa;
  if (!halo) return [];
  const { url } = await startHaloEmulator({ data: halo, port: 0, host: '127.0.0.1' });
  const mapping: Record<string, string> = {};
  for (const { id, vendors: ids } of customers) {
    if (ids['halopsa'] !== undefined) mapping[id] = String(ids['halopsa']);
  }
  return [
    Instance.parse({
      id: halo.instance,
      tenant: tenant.id,
      connector: 'halopsa',
      name: halo.name,
      baseUrl: url,
      settings: { tenant: halo.tenant, demo: 'true' },
      mapping,
    }),
  ];
}
