import { asFault } from '../../src-shared/fault.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import { systemPrincipal } from '../../src-shared/model/principal.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import { daysKept } from './days-kept.ts';
import type { Facts } from './facts.ts';
import type { Log } from './log.ts';

/** Drops what calls asked and answered when the company keeps it no longer. Entries and their proofs stay. */
export interface Retention {
  /** Begins: now, and every six hours. Never throws: what could not be dropped is tried again soon. */
  watch(): void;
  unwatch(): void;
}

export interface RetentionPowers {
  readonly host: Pick<Host, 'now'>;
  readonly facts: Facts;
  readonly crew: { readonly ledger: Pick<Crew['ledger'], 'bodiesHeld' | 'dropBodies'> };
  readonly log: Log;
}

const hour = 3_600_000;
const every = 6 * hour;
/** Milliseconds until it is tried again after something failed. */
const again = hour / 12;
/** Milliseconds the ledger may take for one piece. */
const deadlineMs = 60_000;

export function makeRetention({ host, facts, crew, log }: RetentionPowers): Retention {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  return {
    watch: () => void look(),
    unwatch: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };

  async function look(): Promise<void> {
    const wait = await dropAll().then(
      () => every,
      (thrown: unknown) => {
        log('warn', 'retention.failed', { fault: asFault(thrown).code });
        return again;
      },
    );
    if (!isOver) timer = setTimeout(() => void look(), wait);
  }

  async function dropAll(): Promise<void> {
    const now = host.now(); // One for all: what the ledger finds out of an instant holds for several.
    for (const { under, oldest } of await crew.ledger.bodiesHeld(undefined, { deadlineMs })) {
      const before = limitOf(under, now);
      if (before !== undefined && oldest < before) await drop(under, before);
    }
  }

  /** In pieces, so that calls are recorded in between. */
  async function drop(under: CustomerId | null, before: string): Promise<void> {
    for (let isDone = false; !isDone && !isOver; ) {
      ({ isDone } = await crew.ledger.dropBodies(
        { under, before, tombstone: tombstone(under, before) },
        { deadlineMs },
      ));
    }
  }

  /**
   * Before which instant nothing is kept; undefined while nothing may be dropped. What is dropped is gone for good: a policy
   * that does not hold any more, or not yet, drops nothing, nor does a clock so far off that it seems not to, nor a policy that
   * keeps something longer for a group that is not there.
   */
  function limitOf(under: CustomerId | null, now: number): string | undefined {
    const { bundle, identity } = facts.tenancy;
    const { retention, groups } = bundle.policy;
    if (Date.parse(bundle.expires) <= now || identity.exp * 1000 <= now) return undefined;
    if (Date.parse(bundle.issuedAt) > now || identity.iat * 1000 > now) return undefined;
    if (Object.keys(retention.groups).some((named) => !groups.some(({ id }) => id === named))) return undefined;
    const days = daysKept(bundle, under);
    return days === null ? undefined : new Date(now - days * 24 * hour).toISOString();
  }

  /** Of a customer that the company no longer has nobody knows the code; the ledger adds those of the entries. */
  function tombstone(under: CustomerId | null, before: string): EntryDraft {
    return {
      kind: 'retention.tombstone',
      principal: systemPrincipal,
      customer: (under && facts.customer(under)?.code) ?? null,
      policyVersion: facts.tenancy.bundle.version,
      params: { because: 'age', before },
    };
  }
}
