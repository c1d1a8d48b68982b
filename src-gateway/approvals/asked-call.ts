import { createHmac } from 'node:crypto';
import { canonical } from '../../src-shared/canonical.ts';
import type { Decider, Rule } from '../../src-shared/model/approval.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import type { Principal } from '../../src-shared/model/principal.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import type { Subjects } from '../../src-shared/model/subject.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import type { TenantSession } from '../tenant-session.ts';

/** A call that policy lets run only with people's approval. All but the arguments is proven by gates 1 to 5. */
export interface AskedCall {
  readonly session: TenantSession;
  readonly principal: Principal;
  readonly app: ClientApp | 'operator';
  readonly binding: Binding;
  readonly customer: Customer;
  /** The cross-customer scope of which this is the call for one member. */
  readonly cross: string | undefined;
  readonly definition: ToolDefinition;
  /** The account that serves the customer, and the vendor's id of them there. */
  readonly instance: Instance;
  readonly owner: string;
  /** The class the company's policy judges it by. */
  readonly risk: Risk;
  /** The caller's, to the last byte. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The rules that ask for a person. */
  readonly because: readonly Rule[];
  /** How many persons must approve. */
  readonly needed: 1 | 2;
  /** Who approves it by making it: the operator, where policy lets them approve their own. Nobody for an AI. */
  readonly present: Decider | undefined;
  /** What it acts on, once that was looked up. */
  readonly subjects?: Subjects;
}

/** What the approvals need of a client app's identity: its name may be given again, its id never is. */
export const callerId = (app: ClientApp | 'operator'): string => (app === 'operator' ? app : app.id);

/**
 * Hex HMAC-SHA-256 of everything an approval is bound to, as canonical JSON. A call that differs in any of it, by one byte of
 * one argument, is another call and waits for an approval of its own. Secrets are among the arguments and the fingerprint is
 * written down, so the key must be known to nobody: who reads the ledger could try secrets out.
 */
export function fingerprintOf(asked: AskedCall, key: string): string {
  const { binding, app, definition, session, arguments: args } = asked;
  const { tenant, customer, epoch } = binding;
  const bound = { tenant, customer, epoch, client: callerId(app), tool: definition.name, arguments: args };
  return createHmac('sha256', key)
    .update(canonical({ ...bound, policyVersion: session.bundle.version }))
    .digest('hex');
}
