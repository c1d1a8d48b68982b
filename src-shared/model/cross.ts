import { z } from 'zod';
import { ClientId, CustomerCode, CustomerId } from './ids.ts';

/** The code of a cross-customer scope, in the place of a customer's: `CROSS-3`. No customer may have one like it. */
export const CrossCode = z.string().regex(/^CROSS-[1-9][0-9]{0,4}$/);

/**
 * Several customers for one client app, for one stated reason and a limited time. It replaces that app's binding while it
 * is open: every call runs once for each member, each under an epoch of its own, and is recorded for each. When it ends
 * the app is suspended, for its conversation holds records of all of them.
 */
export const CrossScope = z.strictObject({
  code: CrossCode,
  app: ClientId,
  members: z
    .array(z.strictObject({ customer: CustomerId, epoch: z.int().positive() }))
    .min(2)
    .max(25),
  reason: z.string().min(10).max(300),
  openedBy: z.string().max(200),
  openedAt: z.iso.datetime(),
  /** When it ends by itself. At most eight hours after it began. */
  until: z.iso.datetime(),
});
export type CrossScope = z.infer<typeof CrossScope>;

/** As a window shows it. */
export const CrossView = z.strictObject({
  code: CrossCode,
  client: z.string(),
  customers: z.array(z.strictObject({ code: CustomerCode, name: z.string() })),
  reason: z.string(),
  openedBy: z.string(),
  openedAt: z.iso.datetime(),
  until: z.iso.datetime(),
});
export type CrossView = z.infer<typeof CrossView>;
