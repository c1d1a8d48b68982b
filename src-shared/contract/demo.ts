import { z } from 'zod';
import { Enrolment } from '../model/bundle.ts';
import { InstanceId } from '../model/ids.ts';
import { Instance } from '../model/instance.ts';
import { SealedBox, SealKey } from '../seal.ts';
import { call } from '../wire/contract.ts';

/** Supervisor to the demo process: an MSP with its vendors on loopback, which issues what a central server would. */
export const demoControl = {
  /** Starts the emulators on a data file. Faults: DEMO_DATA (unreadable or not in the format). */
  start: call(
    z.strictObject({ dataFile: z.string() }),
    z.strictObject({ enrolment: Enrolment, instances: z.array(Instance) }),
  ),
  /** The vendors' credentials, sealed to the broker: the supervisor only carries them. */
  credentials: call(
    z.strictObject({ sealKey: SealKey }),
    z.array(z.strictObject({ instance: InstanceId, box: SealedBox })),
  ),
};
