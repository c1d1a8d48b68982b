import { z } from 'zod';
import { DenialCode, GateName } from './denial.ts';

/** One gate's result, as the ledger and the window show it. `ms` is the time spent in the gate. */
export const GateOutcome = z.strictObject({
  gate: GateName,
  ok: z.boolean(),
  code: DenialCode.optional(),
  ms: z.number().nonnegative(),
});
export type GateOutcome = z.infer<typeof GateOutcome>;
