// Entry: the demo MSP as a child of the app. It is the vendors (emulators on loopback) and what a central server would
// be (it issues the enrolment). Its credentials leave it only sealed to the broker.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoControl } from '../src-shared/contract/demo.ts';
import { Fault } from '../src-shared/fault.ts';
import { Instance } from '../src-shared/model/instance.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
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
      data = await read(dataFile ?? shippedData(import.meta.dirname));
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
);

async function read(path: string): Promise<DemoData> {
  try {
    return await readDemoData(path);
  } catch (problem) {
    throw new Fault(
      'DEMO_DATA',
      problem instanceof Error ? problem.message.slice(0, 480) : 'The demo data cannot be read.',
      'Correct the file, or leave --demo-data away.',
    );
  }
}

async function startVendors({ tenant, customers, vendors }: DemoData): Promise<Instance[]> {
  const halo = vendors.halopsa;
  if (!halo) return [];
  const { url } = await startHaloEmulator({ data: halo, port: 0, host: '127.0.0.1' });
  const mapping = customers.flatMap(({ id, vendors: ids }) =>
    ids['halopsa'] === undefined ? [] : [[id, String(ids['halopsa'])]],
  );
  return [
    Instance.parse({
      id: halo.instance,
      tenant: tenant.id,
      connector: 'halopsa',
      name: halo.name,
      baseUrl: url,
      settings: { tenant: halo.tenant, demo: 'true' },
      mapping: Object.fromEntries(mapping),
    }),
  ];
}

/** Walks up to the folder of package.json: this file runs from src-demo and, bundled, from out/main. */
function shippedData(from: string): string {
  if (existsSync(join(from, 'package.json'))) return join(from, 'demo', 'northway.json');
  const above = dirname(from);
  if (above === from) throw new Fault('DEMO_DATA', 'The demo data is not part of this installation.', 'Name a file with --demo-data.');
  return shippedData(above);
}
