import type { Binding } from '../src-shared/model/binding.ts';
import type { ClientApp } from '../src-shared/model/client-app.ts';
import type { Customer } from '../src-shared/model/customer.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import type { Instance } from '../src-shared/model/instance.ts';
import type { Principal } from '../src-shared/model/principal.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';
import type { TenantSession } from './tenant-session.ts';

/** Who knocks: the bearer of a token (as its SHA-256), or the operator over the supervisor's own port. */
export type Caller =
  | { readonly kind: 'client'; readonly tokenHash: string }
  | { readonly kind: 'operator'; readonly tenant: TenantId };

/** A call as it came in. All of it is the caller's to choose, except that an operator is one. */
export interface Received {
  readonly caller: Caller;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Who is calling. The operator has no client app: the window and the commands act for the technician directly. */
export interface ByPrincipal {
  readonly app: ClientApp | 'operator';
  /** The tenant the token was issued in. Gate 2 decides whether anyone stands behind it. */
  readonly issuedIn: TenantId;
}

/** Which MSP, and which of its technicians. */
export interface ByTenant {
  readonly session: TenantSession;
  readonly principal: Principal;
}

/** Exactly one customer, at one epoch. */
export interface ByCustomer {
  readonly binding: Binding;
  readonly customer: Customer;
}

/** A known tool, and the one account of its connector that serves this customer as `owner`. */
export interface ByEntitlement {
  readonly definition: ToolDefinition;
  readonly instance: Instance;
  readonly owner: string;
}

/** The policies that said yes. */
export interface ByPolicy {
  readonly policies: readonly string[];
}

/** One call of the billing period, taken. `release` gives it back when the vendor was never contacted. */
export interface ByQuota {
  readonly release: () => void;
}

export type Admitted = Received & ByPrincipal & ByTenant & ByCustomer & ByEntitlement & ByPolicy & ByQuota;
