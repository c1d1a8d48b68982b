import { z } from 'zod';
import type { ClientApp } from './client-app.ts';
import { CustomerId, TenantId } from './ids.ts';

/**
 * What a caller may reach. The only authority on scope: nothing in a request selects a customer.
 * Epochs come from one counter per tenant, so no two bindings of a tenant ever share one.
 */
export const Binding = z.strictObject({ tenant: TenantId, customer: CustomerId, epoch: z.int().positive() });
export type Binding = z.infer<typeof Binding>;

/** The binding a caller acts under: its own pin, or what the switcher is set to. The operator follows the switcher. */
export function bindingOf(app: ClientApp | 'operator', switcher: Binding | undefined): Binding | undefined {
  return app !== 'operator' && app.pin ? { tenant: app.tenant, ...app.pin } : switcher;
}
