import type { Binding } from '../../src-shared/model/binding.ts';
import type { IdentityClaims } from '../../src-shared/model/bundle.ts';
import type { TenantId } from '../../src-shared/model/ids.ts';
import type { Recorder } from '../recorder.ts';
import type { TenantSession } from '../tenant-session.ts';

/** What the approvals may do and ask. */
export interface ApprovalPowers {
  /** Milliseconds from any fixed point. */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly recorder: Pick<Recorder, 'record'>;
  readonly randomHex: (bytes: number) => string;
  readonly session: (tenant: TenantId) => TenantSession | undefined;
  /**
   * A person, from an identity signed by their company.
   * @throws Fault IDENTITY_INVALID
   */
  readonly identify: (tenant: TenantId, identity: string) => Promise<IdentityClaims>;
  /** Why nothing may run for a caller (client id or `operator`) under a binding any more; undefined while it may. */
  readonly ended: (caller: string, binding: Binding) => string | undefined;
  /** So many calls wait now. */
  readonly changed: (pending: number) => void;
}
