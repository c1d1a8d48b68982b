import type { TenantId } from '../src-shared/model/ids.ts';
import type { Health } from './health.ts';
import type { Scope } from './scope.ts';
import type { TenantSession } from './tenant-session.ts';

/** What the gates may look at. They change nothing, except that quota takes a call. */
export interface Powers {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly scope: Pick<Scope, 'clients' | 'switcher'>;
  readonly session: (tenant: TenantId) => TenantSession | undefined;
  readonly health: Pick<Health, 'isUsable'>;
}
