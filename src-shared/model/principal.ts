import { z } from 'zod';

/** Who acted, as the ledger records it. `client` is the client app's name; `operator` for the window and the commands. */
export const Principal = z.strictObject({
  kind: z.enum(['technician', 'service', 'anonymous', 'system']),
  id: z.string().max(200),
  name: z.string().max(200),
  client: z.string().max(80),
});
export type Principal = z.infer<typeof Principal>;

/** Bulkhead itself, for entries no person caused: start, stop, alerts. */
export const systemPrincipal: Principal = { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'bulkhead' };
