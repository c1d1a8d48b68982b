import type { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { Fault } from '../../src-shared/fault.ts';
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
  refresh(): Promise<void>;
}

export function makeCredentials(host: Pick<Host, 'now'>, facts: Facts, crew: Crew, recorder: Recorder): Credentials {
  return { sealing, store, refresh };

  function sealing(instance: InstanceId): { sealKey: string; purpose: string } {
    known(instance);
    return { sealKey: crew.sealKey, purpose: `${facts.tenant}/${instance}` };
  }

  async function store(instance: InstanceId, box: SealedBox, by: 'technician' | 'demo'): Promise<void> {
    const { mapping } = known(instance);
    const customers = Object.keys(mapping) as CustomerId[];
    const deed = { kind: 'credential.changed' as const, customer: null, params: { instance } };
    await (by === 'technician' ? recorder.byTechnician(deed) : recorder.bySystem(deed)); // First: no change goes unrecorded.
    await crew.broker.storeCredential({ instance, customers, box });
    await crew.workers.endStale((binding) => binding.instance !== instance);
    facts.change((all) => all.credentials.set(instance, new Date(host.now()).toISOString()));
  }

  async function refresh(): Promise<void> {
    const stored = await crew.broker.credentials();
    facts.change((all) => (all.credentials = new Map(stored.map(({ instance, changedAt }) => [instance, changedAt]))));
  }

  function known(id: InstanceId) {
    const instance = facts.tenancy.instances.find((each) => each.id === id);
    if (!instance)
      throw new Fault(
        'UNKNOWN_INSTANCE',
        'There is no connector instance of this id.',
        'See `bulkhead connector list`.',
      );
    return instance;
  }
}
