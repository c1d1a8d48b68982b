import type { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { asFault } from '../../src-shared/fault.ts';
import type { SealedBox } from '../../src-shared/seal.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { Recorder } from './recorder.ts';

/** Vendor credentials on their way to the broker. They pass here sealed; this process cannot read them. */
export interface Credentials {
  /** What to seal to, and what for. Faults: UNKNOWN_INSTANCE. */
  sealing(instance: InstanceId): { sealKey: string; purpose: string };
  /** Faults: UNKNOWN_INSTANCE, and the broker's. Workers that hold the old credential end. */
  store(instance: InstanceId, box: SealedBox, by: 'technician' | 'demo'): Promise<void>;
  /**
   * Destroys an instance's credential, and ends whatever holds it. It counts even if it cannot be recorded; then the
   * caller hears of it. Faults: the broker's, and then nothing is revoked.
   */
  revoke(instance: InstanceId): Promise<void>;
  /** Gives an instance's credential, if it has one, to exactly the customers it is mapped to now. */
  follow(instance: InstanceId): Promise<void>;
  /**
   * What is stored, told anew, and brought to what the mappings say: a crash may have come between a change and the
   * broker, and an instance that is gone must leave no secret behind.
   */
  refresh(): Promise<void>;
}

/** Milliseconds the broker may take. A switch waits behind a credential that changes, so a broker that hangs must not hold it. */
const deadlineMs = 8000;

export function makeCredentials(host: Pick<Host, 'now'>, facts: Facts, crew: Crew, recorder: Recorder): Credentials {
  return { sealing, store, revoke, follow, refresh };

  function sealing(instance: InstanceId): { sealKey: string; purpose: string } {
    facts.knownInstance(instance);
    return { sealKey: crew.sealKey, purpose: `${facts.tenant}/${instance}` };
  }

  async function store(instance: InstanceId, box: SealedBox, by: 'technician' | 'demo'): Promise<void> {
    facts.knownInstance(instance);
    const deed = { kind: 'credential.changed' as const, customer: null, params: { instance } };
    await (by === 'technician' ? recorder.byTechnician(deed) : recorder.bySystem(deed)); // First: no change goes unrecorded.
    await crew.broker.storeCredential({ instance, customers: customersOf(instance), box }, { deadlineMs });
    await endWorkers(instance);
    facts.change((all) => all.credentials.set(instance, new Date(host.now()).toISOString()));
  }

  async function revoke(instance: InstanceId): Promise<void> {
    facts.knownInstance(instance);
    await crew.broker.revokeCredential({ instance }, { deadlineMs });
    await endWorkers(instance);
    facts.change((all) => all.credentials.delete(instance));
    await recorder.byTechnician({
      kind: 'credential.changed',
      customer: null,
      params: { instance, change: 'revoked' },
    });
  }

  async function follow(instance: InstanceId): Promise<void> {
    const given = crew.broker.mapCredential({ instance, customers: customersOf(instance) }, { deadlineMs });
    await given.catch((thrown: unknown) => {
      if (asFault(thrown).code !== 'CREDENTIAL_MISSING') throw thrown;
    });
  }

  async function refresh(): Promise<void> {
    const stored = await crew.broker.credentials(undefined, { deadlineMs });
    const isKnown = ({ instance }: { instance: InstanceId }): boolean =>
      facts.tenancy.instances.some(({ id }) => id === instance);
    const [kept, orphans] = [stored.filter(isKnown), stored.filter((each) => !isKnown(each))];
    facts.change((all) => (all.credentials = new Map(kept.map(({ instance, changedAt }) => [instance, changedAt]))));
    for (const { instance } of orphans) await crew.broker.revokeCredential({ instance }, { deadlineMs });
    for (const each of kept) if (isKnown(each)) await follow(each.instance);
  }

  /** Read when the broker is told, not before: of two that tell it, the last one tells what is true. */
  function customersOf(instance: InstanceId): CustomerId[] {
    const { mapping } = facts.knownInstance(instance);
    return Object.keys(mapping) as CustomerId[];
  }

  async function endWorkers(instance: InstanceId): Promise<void> {
    await crew.workers.endStale((binding) => binding.instance !== instance);
  }
}
