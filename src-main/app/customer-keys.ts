import { Fault } from '../../src-shared/fault.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { InTurn } from './in-turn.ts';
import type { Instances } from './instances.ts';

/** The end of a customer's key: what was kept under it can be read by nobody any more, and everything that proves it stays. */
export interface CustomerKeys {
  /**
   * `customer` is an id or a code, `typed` the code as a person typed it; of a customer that the company no longer has both
   * are its id. The customer is no longer mapped afterwards, so that no credential is given to it again. What is destroyed
   * stays so, whatever goes wrong after it; then the caller hears of that, and may ask again.
   * Faults: UNKNOWN_CUSTOMER, CODE_MISMATCH, CUSTOMER_BOUND, CANCELLED (whoever asked gave up before it began), and whatever
   * kept it from being recorded: then nothing is.
   */
  destroy(customer: string, typed: string, signal?: AbortSignal): Promise<void>;
}

export interface CustomerKeysPowers {
  readonly facts: Facts;
  readonly crew: Pick<Crew, 'ledger' | 'broker' | 'workers'>;
  readonly instances: Pick<Instances, 'map'>;
  /** Shared with everything else that widens what the desk allows: nothing binds the customer meanwhile. */
  readonly turn: InTurn;
}

/** Milliseconds for the ledger to forget the keys, and for the broker to destroy what they were sealed under. */
const deadlineMs = 30_000;

interface Named {
  readonly id: CustomerId;
  /** Null where the company has no such customer any more. */
  readonly code: string | null;
}

export function makeCustomerKeys({ facts, crew, instances, turn }: CustomerKeysPowers): CustomerKeys {
  return {
    destroy: async (customer, typed, signal) => {
      const { id } = await turn(() => destroy(customer, typed), signal);
      for (const { id: instance, mapping } of facts.tenancy.instances) {
        // Of customers the company no longer has, `map` takes away the mapping by itself.
        if (Object.hasOwn(mapping, id))
          await instances.map(instance, facts.customer(id) ? [{ customer: id, owner: null }] : []);
      }
    },
  };

  async function destroy(customer: string, typed: string): Promise<Named> {
    const named = await known(customer);
    if (typed !== (named.code ?? named.id)) {
      throw new Fault(
        'CODE_MISMATCH',
        'This is not the code of that customer.',
        'Type it as `bulkhead customer list` shows it.',
      );
    }
    if (isBound(named.id)) {
      throw new Fault(
        'CUSTOMER_BOUND',
        'The customer is bound: by the switcher, by a pinned client app, or in work on several customers.',
        'Release it, revoke the client apps that are pinned to it, and close that work; then try again.',
      );
    }
    await crew.ledger.dropKeys({ under: named.id, tombstone: tombstone(named) }, { deadlineMs });
    await crew.workers.endStale((binding) => binding.customer !== named.id);
    await crew.broker.destroyCustomer({ customer: named.id }, { deadlineMs });
    return named;
  }

  /** A customer of the company, or one of whom something is left still. */
  async function known(customer: string): Promise<Named> {
    const found = facts.customer(customer);
    if (found) return found;
    const gone = CustomerId.safeParse(customer);
    if (!gone.success || !(await isLeft(gone.data))) return facts.knownCustomer(customer);
    return { id: gone.data, code: null };
  }

  /** Whichever step failed the last time: something is mapped, the ledger holds bodies, or the broker has the key. */
  async function isLeft(customer: CustomerId): Promise<boolean> {
    if (facts.tenancy.instances.some(({ mapping }) => Object.hasOwn(mapping, customer))) return true;
    const held = await crew.ledger.bodiesHeld(undefined, { deadlineMs });
    return held.some(({ under }) => under === customer) || crew.broker.hasKey({ customer }, { deadlineMs });
  }

  function isBound(id: CustomerId): boolean {
    const { clients, crosses } = facts.desk;
    return (
      facts.switcher?.binding.customer === id ||
      clients.some(({ pin, state }) => pin?.customer === id && state !== 'revoked') ||
      crosses.some(({ members }) => members.some((member) => member.customer === id))
    );
  }

  function tombstone({ code }: Named): EntryDraft {
    const { sub, name } = facts.tenancy.identity;
    return {
      kind: 'retention.tombstone',
      principal: { kind: 'technician', id: sub, name, client: 'operator' },
      customer: code,
      policyVersion: facts.tenancy.bundle.version,
      params: { because: 'key' },
    };
  }
}
