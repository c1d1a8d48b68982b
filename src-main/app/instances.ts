import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import { sharedOwner } from '../../src-shared/model/shared-owner.ts';
import type { SealedBox } from '../../src-shared/seal.ts';
import type { Host } from '../host.ts';
import { checkedInstance, freshId, type InstanceInput, isDemo, shownSettings } from './checked-instance.ts';
import type { Credentials } from './credentials.ts';
import type { Crew } from './crew.ts';
import { writeDesk } from './desk.ts';
import type { Facts } from './facts.ts';
import type { InTurn } from './in-turn.ts';
import { mappedInstance, type MappingChange } from './mapped-instance.ts';
import type { Recorder } from './recorder.ts';
import { renewBindings } from './renew-bindings.ts';
import type { Surveys } from './surveys.ts';
import { writeInstances } from './tenancy.ts';

/**
 * Vendor accounts and whose is whose: the deeds of a person. Each is recorded first, then written to the disk, then told to
 * the gateway, then followed by the credential. Until it is on the disk nothing has changed. A crash after that starts with
 * what was written, and the broker is brought to it then (credentials.ts, `refresh`). Only a credential that must not
 * reach a new place is destroyed before that place is written down. What a person gave up before its turn came is not begun.
 */
export interface Instances {
  /** Faults: NOT_ENTITLED, INSTANCE_INVALID. */
  add(connector: string, input: InstanceInput, signal?: AbortSignal): Promise<InstanceId>;
  /** Faults: UNKNOWN_INSTANCE, INSTANCE_INVALID, NOT_ENTITLED, MAPPING_AMBIGUOUS. Another origin revokes the credential. */
  change(instance: InstanceId, input: InstanceInput, signal?: AbortSignal): Promise<void>;
  /** Faults: UNKNOWN_INSTANCE. */
  remove(instance: InstanceId): Promise<void>;
  /** Answers how many customers are mapped now. Faults: UNKNOWN_INSTANCE, UNKNOWN_CUSTOMER, OWNER_INVALID, MAPPING_AMBIGUOUS. */
  map(instance: InstanceId, changes: readonly MappingChange[], signal?: AbortSignal): Promise<number>;
  setCredential(instance: InstanceId, box: SealedBox, signal?: AbortSignal): Promise<void>;
  revokeCredential(instance: InstanceId): Promise<void>;
}

export interface InstancesPowers {
  readonly host: Pick<Host, 'files'>;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  readonly credentials: Credentials;
  readonly surveys: Pick<Surveys, 'end'>;
  /** Shared with everything else that widens what the desk allows: a mapping that changes gives out epochs. */
  readonly turn: InTurn;
}

/** Entries that go to the ledger at once: it answers within its deadline however many customers are mapped. */
const entriesAtOnce = 200;

export function makeInstances(powers: InstancesPowers): Instances {
  const { host, facts, crew, recorder, credentials, surveys, turn } = powers;
  return {
    add: (connector, input, signal) => turn(() => add(connector, input), signal),
    change: (id, input, signal) => turn(() => change(id, input), signal),
    remove: (id) => turn(() => remove(id).finally(() => surveys.end(id))),
    map: async (id, changes, signal) => {
      const mapped = await turn(() => map(id, changes), signal);
      await credentials.follow(id); // Also when nothing changed: it may be the second try. Nobody need wait for the broker.
      return mapped;
    },
    setCredential: (id, box, signal) =>
      turn(async () => {
        await credentials.store(id, box, 'technician');
        facts.change((all) => all.surveyed.delete(id));
        surveys.end(id);
      }, signal),
    revokeCredential: (id) => turn(() => credentials.revoke(id).finally(() => surveys.end(id))),
  };

  async function add(name: string, input: InstanceInput): Promise<InstanceId> {
    const connector = entitled(name);
    requireFreeName(input.name);
    const id = freshId(connector.name, input.name, facts);
    const instance = checkedInstance({ id, tenant: facts.tenant, connector: name, mapping: {} }, input, connector);
    await record(instance, 'added');
    await keep([...facts.tenancy.instances, instance], new Set());
    return id;
  }

  async function change(id: InstanceId, input: InstanceInput): Promise<void> {
    const before = facts.knownInstance(id);
    requireFreeName(input.name, id);
    const next = isDemo(before)
      ? renamedDemo(before, input)
      : checkedInstance(before, input, entitled(before.connector));
    const instances = facts.tenancy.instances.map((each) => (each.id === id ? next : each));
    refuseSharedOwners(instances); // It may have moved to an account that is set up already.
    await record(next, 'changed');
    if (new URL(next.baseUrl).origin !== new URL(before.baseUrl).origin) await credentials.revoke(id);
    const isElsewhere = reach(next) !== reach(before);
    if (isElsewhere) forget(id);
    await keep(instances, isElsewhere ? customersOf(before) : new Set());
    surveys.end(id); // Last: one that began meanwhile still asks the old address, and must not be given the next credential.
  }

  async function remove(id: InstanceId): Promise<void> {
    const instance = facts.knownInstance(id);
    await record(instance, 'removed');
    await credentials.revoke(id);
    await keep(
      facts.tenancy.instances.filter((each) => each.id !== id),
      customersOf(instance),
    );
    forget(id);
  }

  async function map(id: InstanceId, changes: readonly MappingChange[]): Promise<number> {
    const { next, changed } = mappedInstance(facts.knownInstance(id), changes, facts);
    const instances = facts.tenancy.instances.map((each) => (each.id === id ? next : each));
    refuseSharedOwners(instances);
    if (changed.size > 0) {
      await recordMapping(next, [...changed]);
      await keep(instances, changed);
    }
    return Object.keys(next.mapping).length;
  }

  /**
   * Writes it down and makes it true. When this resolves, nothing that ran for an affected customer can deliver any more:
   * their bindings have new epochs, and the gateway judges by the new instances, or it has ended and starts with them.
   */
  async function keep(instances: readonly Instance[], affected: ReadonlySet<CustomerId>): Promise<void> {
    const { desk, switcher } = renewBindings(facts, (customer) => affected.has(customer));
    if (desk.epoch !== facts.desk.epoch) writeDesk(host, facts.tenant, desk); // First: an epoch too many harms nobody.
    writeInstances(host, facts.tenant, instances);
    facts.change((all) => Object.assign(all, { desk, switcher, tenancy: { ...all.tenancy, instances } }));
    await crew.pushScope();
    await crew.workers.endStale((binding) => facts.isCurrent(binding));
    await crew.pushTenancy();
  }

  /** What was known of an account says nothing of the one in its place. */
  function forget(id: InstanceId): void {
    facts.change(({ health, surveyed, instanceUsed }) => {
      for (const each of [health, surveyed, instanceUsed]) each.delete(id);
    });
  }

  async function record({ id, connector, name, baseUrl }: Instance, change: 'added' | 'changed' | 'removed') {
    const params = { instance: id, change, ...(change === 'removed' ? {} : { name, baseUrl }) };
    await recorder.byTechnician({ kind: 'policy.applied', customer: null, connector, params });
  }

  /** An entry for each customer, under that customer: none names two. */
  async function recordMapping({ id, connector, mapping }: Instance, changed: readonly CustomerId[]): Promise<void> {
    for (let at = 0; at < changed.length; at += entriesAtOnce) {
      await Promise.all(
        changed.slice(at, at + entriesAtOnce).map((customer) =>
          recorder.byTechnician({
            kind: 'policy.applied',
            customer: facts.customer(customer)?.code ?? null,
            connector,
            params: { instance: id, change: 'mapped', owner: mapping[customer] ?? null },
          }),
        ),
      );
    }
  }

  function entitled(name: string): ConnectorDescription {
    const connector = facts.connectors.find((each) => each.name === name);
    if (connector && facts.tenancy.bundle.connectors.includes(name)) return connector;
    throw new Fault(
      'NOT_ENTITLED',
      connector
        ? 'This connector is not part of the company’s Bulkhead subscription.'
        : 'This Bulkhead has no such connector.',
      'See `bulkhead connector types`.',
    );
  }

  /** People tell accounts apart by their names. */
  function requireFreeName(name: string, but?: InstanceId): void {
    const isSame = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
    if (!facts.tenancy.instances.some((each) => each.id !== but && isSame(each.name))) return;
    throw new Fault('INSTANCE_INVALID', 'Another connector instance has this name.', 'Choose another name.');
  }
}

/** The gateway checks the same by itself. */
function refuseSharedOwners(instances: readonly Instance[]): void {
  if (!sharedOwner(instances)) return;
  throw new Fault(
    'MAPPING_AMBIGUOUS',
    'Two customers would be mapped to the same vendor id.',
    'Map each customer to its own id, and clear the other one first.',
  );
}

/** The demo's accounts stay where the demo is: with its reach to loopback a person could otherwise point them anywhere. */
function renamedDemo(before: Instance, { name, baseUrl, settings }: InstanceInput): Instance {
  const isSame =
    baseUrl === before.baseUrl && JSON.stringify(sorted(settings)) === JSON.stringify(sorted(shownSettings(before)));
  if (isSame) return { ...before, name };
  throw new Fault(
    'INSTANCE_INVALID',
    'The address and settings of a demo account are the demo’s.',
    'Change its name only, or add an account of your own.',
  );
}

/** Everything that decides where a worker connects and as what. */
const reach = ({ baseUrl, settings }: Instance): string => JSON.stringify([baseUrl, sorted(settings)]);

/** Pairs in order of name; a setting that is empty is one that is not set. */
const sorted = (settings: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(settings)
    .filter(([, value]) => value !== '')
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const customersOf = ({ mapping }: Instance): ReadonlySet<CustomerId> => new Set(Object.keys(mapping) as CustomerId[]);
