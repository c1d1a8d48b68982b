// A supervisor's knowledge with one ordinary instance, for the tests of what a person does with instances.
import { Fault } from '../../src-shared/fault.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { Instance } from '../../src-shared/model/instance.ts';
import { instanceOf } from '../gateway/enrolment.ts';
import { deskWorld, type DeskWorld } from './desk-of.ts';

export const halo = InstanceId.parse('halo');
export const acme = CustomerId.parse('acme');
export const zenith = CustomerId.parse('zenith');

/** Its instance is mapped to both customers and has a credential. */
export function oneInstance(
  more: Parameters<typeof instanceOf>[0] = {},
  desk: Parameters<typeof deskWorld>[0] = {},
): DeskWorld {
  const made = deskWorld(desk, { instances: [instanceOf({ baseUrl: 'https://halo.example', ...more })] });
  made.vault.set(halo, [acme, zenith]);
  made.facts.credentials.set(halo, '2026-11-20T12:00:00.000Z');
  return made;
}

/** The instances as they are on disk. */
export const written = ({ host }: DeskWorld): Instance[] =>
  Instance.array().parse(JSON.parse(host.files.texts.get(instancesFile) ?? 'null'));

export const instancesFile = 'tenants/msp/instances.json';

export const unwritable = (): never => {
  throw new Fault('LEDGER_UNWRITABLE', 'x');
};
