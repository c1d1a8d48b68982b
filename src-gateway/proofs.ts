import type { ApprovalId, Rule, StandingId } from '../src-shared/model/approval.ts';
import type { Tally } from '../src-shared/contract/ledger.ts';
import type { Binding } from '../src-shared/model/binding.ts';
import type { CallLimit } from '../src-shared/model/bundle.ts';
import type { ClientApp } from '../src-shared/model/client-app.ts';
import type { Customer } from '../src-shared/model/customer.ts';
import type { Denial } from '../src-shared/model/denial.ts';
import type { CustomerId, TenantId } from '../src-shared/model/ids.ts';
import type { Instance } from '../src-shared/model/instance.ts';
import type { Principal } from '../src-shared/model/principal.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';
import type { TenantSession } from './tenant-session.ts';

/** Who knocks: the bearer of a token (as its SHA-256), or the operator over the supervisor's own port. */
export type Caller =
  | { readonly kind: 'client'; readonly tokenHash: string }
  | { readonly kind: 'operator'; readonly tenant: TenantId };

/** One customer of a cross-customer scope, at its epoch in it. */
export interface Member {
  readonly cross: string;
  readonly customer: CustomerId;
  readonly epoch: number;
}

/** A call as it came in. All of it is the caller's to choose, except that an operator is one, and the member. */
export interface Received {
  readonly caller: Caller;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** For which member of the app's scope this call is made. cross-call.ts goes through them all; no request names one. */
  readonly member?: Member;
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
  /** The code of the cross-customer scope it is a member of, where the call is one of several. */
  readonly cross?: string;
}

/** A known tool, and the one account of its connector that serves this customer as `owner`. */
export interface ByEntitlement {
  readonly definition: ToolDefinition;
  readonly instance: Instance;
  readonly owner: string;
}

/** The rules that let it pass, and the approval of a person it rests on, where they ask for one. */
export interface ByPolicy {
  readonly because: readonly Rule[];
  readonly approval?: ApprovalId;
  readonly standing?: StandingId;
  /**
   * Takes what an approval gives: one call. To be asked when nothing else can say no any more; false when the approval is
   * used, over or withdrawn by then.
   */
  readonly use: () => boolean;
}

/** The "no" of gate 5, and the rules behind it. */
export interface JudgedDenial extends Denial {
  readonly because: readonly Rule[];
}

/** Who calls what for whom: the four things a limit can be on. `customer` is a code; the operator's client is `operator`. */
export type Counted = Omit<Tally, 'calls'>;

/** Why no call is left: the included calls are used up, or a limit is. `wait` in milliseconds; null when waiting never helps. */
export interface Exhausted {
  readonly limit: CallLimit | 'included';
  readonly wait: number | null;
}

/** One call of the billing period, taken. `release` gives it back when the vendor was never contacted. */
export interface ByQuota {
  readonly release: () => void;
}

export type Admitted = Received & ByPrincipal & ByTenant & ByCustomer & ByEntitlement & ByPolicy & ByQuota;
