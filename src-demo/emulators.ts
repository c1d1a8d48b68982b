// The vendors of a demo data file, in the order in which they are started. A new vendor is one line here and one member of
// the schema in demo-data.ts. Trusts the data file, which its reader has checked.
import type { DemoData } from './demo-data.ts';
import { startHaloEmulator } from './halopsa/emulator.ts';
import { startHuduEmulator } from './hudu/emulator.ts';
import { startPax8Emulator } from './pax8/emulator.ts';
import type { Emulator, EmulatorOptions } from './vendor/emulator.ts';

export type DemoVendor = {
  readonly connector: string;
  readonly instance: string;
  readonly name: string;
  /** What the connector's account needs to sign in; only ever sealed or given to the emulator. */
  readonly credential: Readonly<Record<string, string>>;
  /** The instance's settings, without secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** `port` 0 takes any free one. */
  readonly start: (port: number) => Promise<Emulator>;
};

export function demoVendors({ vendors }: DemoData): DemoVendor[] {
  return [
    ...vendor('halopsa', vendors.halopsa, startHaloEmulator, ({ tenant }) => ({ tenant })),
    ...vendor('hudu', vendors.hudu, startHuduEmulator, () => ({})),
    ...vendor('pax8', vendors.pax8, startPax8Emulator, () => ({})),
  ];
}

type Part = Pick<DemoVendor, 'instance' | 'name' | 'credential'>;
type Start<Data> = (options: EmulatorOptions<Data>) => Promise<Emulator>;

function vendor<Data extends Part>(
  connector: string,
  data: Data | undefined,
  start: Start<Data>,
  settingsOf: (data: Data) => Record<string, string>,
): DemoVendor[] {
  if (data === undefined) return [];
  const { instance, name, credential } = data;
  return [
    {
      connector,
      instance,
      name,
      credential,
      // The emulators keep whatever limit is switched on; a worker of the demo need not wait beforehand.
      settings: { ...settingsOf(data), demo: 'true', requestsPerMinute: '600000' },
      start: (port) => start({ data, port, host: '127.0.0.1' }),
    },
  ];
}
