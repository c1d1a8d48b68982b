import type { TenantId } from '../src-shared/model/ids.ts';
import type { Claims } from './approvals/claim.ts';
import type { Health } from './health.ts';
import type { Scope } from './scope.ts';
import type { TenantSession } from './tenant-session.ts';

/** What the gates may look at. They change nothing, except that policy asks people and quota takes a call. */
export interface Powers {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from any fixed point, by a clock nobody can set. */
  readonly clock: () => number;
  readonly scope: Pick<Scope, 'clients' | 'switcher' | 'isStopped' | 'crossOf' | 'bindingOf'>;
  readonly session: (tenant: TenantId) => TenantSession | undefined;
  readonly health: Pick<Health, 'isUsable'>;
  /** Asks people. A call that is only tried is given one that does not. */
  readonly approvals: Claims;
}
