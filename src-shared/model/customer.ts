import { z } from 'zod';
import { CustomerCode, CustomerId } from './ids.ts';

/** One client company of the MSP. The inner boundary. */
export const Customer = z.strictObject({
  id: CustomerId,
  code: CustomerCode,
  name: z.string().min(1).max(200),
  domain: z.string().max(253),
  aliases: z.array(z.string().max(200)).max(50),
});
export type Customer = z.infer<typeof Customer>;
