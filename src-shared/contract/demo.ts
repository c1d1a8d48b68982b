import { z } from 'zod';
import { Enrolment } from '../model/bundle.ts';
import { InstanceId } from '../model/ids.ts';
import { Instance } from '../model/instance.ts';
import { SealedBox, SealKey } from '../seal.ts';
import { call } from '../wire/contract.ts';

/** Supervisor to the demo process: an MSP with its vendors on loopback, which issues what a central server would. */
export const demoControl = {
  /**
   * Starts the emulators on a data file. What the demo keeps from start to start is in `folder`. `signedIn` is the id of one of its technicians; null takes the one it names.
   * Faults: DEMO_DATA (unreadable or not in the format), UNKNOWN_TECHNICIAN.
   */
  start: call(
    z.strictObject({ dataFile: z.string(), folder: z.string(), signedIn: z.string().max(200).nullable() }),
    z.strictObject({ enrolment: Enrolment, instances: z.array(Instance) }),
  ),
  /** The demo MSP's other people, and the identity of one of them: the demo is also the central server that knows them. */
  colleagues: call(z.void(), z.array(z.strictObject({ id: z.string(), name: z.string(), roles: z.array(z.string()) }))),
  /** Faults: UNKNOWN_TECHNICIAN. */
  identity: call(z.strictObject({ id: z.string().max(200) }), z.strictObject({ identity: z.string().max(8192) })),
  /** The vendors' credentials, sealed to the broker: the supervisor only carries them. */
  credentials: call(
    z.strictObject({ sealKey: SealKey }),
    z.array(z.strictObject({ instance: InstanceId, box: SealedBox })),
  ),
};
