// A supervisor's knowledge for the tests of what changes it: a tenant of three customers, a desk, and crew and recorder
// that write down what they are asked.
import { type ClientApps, makeClientApps } from '../../src-main/app/client-apps.ts';
import { type Credentials, makeCredentials } from '../../src-main/app/credentials.ts';
import type { Crew } from '../../src-main/app/crew.ts';
import { type Crosses, makeCrosses } from '../../src-main/app/cross.ts';
import { type Desk, emptyDesk } from '../../src-main/app/desk.ts';
import { Facts, type Tenancy } from '../../src-main/app/facts.ts';
import { inTurn } from '../../src-main/app/in-turn.ts';
import { type Instances, makeInstances } from '../../src-main/app/instances.ts';
import type { Recorder } from '../../src-main/app/recorder.ts';
import { type AiSwitch, makeAiSwitch } from '../../src-main/app/stop-ai.ts';
import { makeSwitcher, type Switcher } from '../../src-main/app/switcher.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { CrossScope } from '../../src-shared/model/cross.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { type CustomerId, type InstanceId, TenantId } from '../../src-shared/model/ids.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import { bundleOf, identityOf, instanceOf } from '../gateway/enrolment.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';

export interface DeskWorld {
  readonly host: FakeHost;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  readonly switcher: Switcher;
  readonly clientApps: ClientApps;
  readonly crosses: Crosses;
  readonly aiSwitch: AiSwitch;
  readonly credentials: Credentials;
  readonly instances: Instances;
  /** What happened, in order: `scope acme/1`, `scope none`, `enrol`, `endStale`, `write`, the broker's calls, and the kinds of entries. */
  readonly deeds: string[];
  readonly entries: Deed[];
  /** Whose credentials the broker holds. */
  readonly vault: Map<InstanceId, readonly CustomerId[]>;
  /** The instances the gateway was last told of. */
  enrolled: readonly Instance[] | undefined;
  /** Instances whose survey was ended. */
  readonly endedSurveys: InstanceId[];
  /** What the gateway was last told. */
  readonly scopes: {
    clients: readonly ClientApp[];
    bound: string | null;
    crosses: readonly CrossScope[];
    isStopped: boolean;
  }[];
  /** What policy lets the technician do. */
  mayDo: (asked: { right: string; customer?: string }) => boolean;
  onRecord: (kind: string) => Promise<void> | void;
  onScope: () => Promise<void> | void;
  onWrite: (path: string) => void;
  onBroker: (call: string) => void;
}

type Deed = Omit<EntryDraft, 'principal' | 'policyVersion'>;

/** A connector as a worker describes it. */
export const halopsa: ConnectorDescription = {
  name: 'halopsa',
  title: 'HaloPSA',
  credentialFields: ['clientId', 'clientSecret'],
  settings: [
    { name: 'tenant', title: 'Tenant', help: 'Its name.', kind: 'text' },
    { name: 'onPremises', title: 'On premises', help: 'In your own network.', kind: 'switch' },
    { name: 'certificates', title: 'Certificates', help: 'PEM.', kind: 'lines' },
  ],
  baseUrlExample: 'https://yourcompany.halopsa.com',
  ownerTitle: 'HaloPSA client id',
  ownerPattern: '[1-9][0-9]{0,9}',
};

const tenancy: Tenancy = {
  enrolment: { tenant: TenantId.parse('msp'), tenantKey: '', identity: '', bundle: '' },
  instances: [instanceOf()],
  bundle: bundleOf(),
  identity: identityOf(),
};

export function deskWorld(desk: Partial<Desk> = {}, change: Partial<Tenancy> = {}): DeskWorld {
  const host = fakeHost();
  const write = host.files.write;
  Object.assign(host.files, {
    write: (path: string, text: string) => {
      world.onWrite(path);
      world.deeds.push('write');
      write(path, text);
    },
  });
  const facts = new Facts({ ...tenancy, ...change }, { ...emptyDesk, ...desk }, { kind: 'memory' });
  facts.connectors = [halopsa];
  const record = async (deed: Deed) => {
    await world.onRecord(deed.kind);
    world.deeds.push(deed.kind);
    return world.entries.push(deed);
  };
  const recorder: Recorder = { byTechnician: record, bySystem: record };
  const crew = {
    pushScope: async () => {
      await world.onScope();
      const binding = facts.switcher?.binding;
      const bound = binding ? `${binding.customer}/${binding.epoch}` : null;
      world.deeds.push(`scope ${bound ?? 'none'}`);
      const { clients, crosses, stopped } = facts.desk;
      world.scopes.push({ clients, bound, crosses, isStopped: stopped !== null });
    },
    pushTenancy: async () => {
      world.deeds.push('enrol');
      world.enrolled = facts.tenancy.instances;
    },
    workers: { endStale: async () => void world.deeds.push('endStale') },
    sealKey: 'k',
    gateway: {
      may: async (asked: { right: string; customer?: string }) => ({ isAllowed: world.mayDo(asked), because: [] }),
    },
    broker: fakeBroker(() => world),
    checkpoint: async () => ({ entries: 0, note: '', isSigned: false }),
  } as unknown as Crew;
  const powers = { host, facts, crew, recorder, turn: inTurn() };
  const credentials = makeCredentials(host, facts, crew, recorder);
  const surveys = { end: (id: InstanceId) => void world.endedSurveys.push(id) };
  const world: DeskWorld = {
    host,
    facts,
    crew,
    recorder,
    switcher: makeSwitcher(powers),
    clientApps: makeClientApps(powers),
    crosses: makeCrosses(powers),
    aiSwitch: makeAiSwitch(powers),
    credentials,
    instances: makeInstances({ ...powers, credentials, surveys }),
    deeds: [],
    entries: [],
    vault: new Map(),
    enrolled: undefined,
    endedSurveys: [],
    scopes: [],
    mayDo: () => true,
    onRecord: () => {},
    onScope: () => {},
    onWrite: () => {},
    onBroker: () => {},
  };
  return world;
}

/** A broker that keeps whose credentials it has, and refuses what it has not. */
function fakeBroker(world: () => DeskWorld) {
  const hear = (name: string): void => {
    world().onBroker(name);
    world().deeds.push(name);
  };
  return {
    credentials: async () =>
      [...world().vault].map(([instance, customers]) => ({
        instance,
        customers: customers.length,
        changedAt: '2026-11-20T12:00:00.000Z',
      })),
    storeCredential: async ({ instance, customers }: { instance: InstanceId; customers: CustomerId[] }) => {
      hear('storeCredential');
      world().vault.set(instance, customers);
      return { fields: [] };
    },
    mapCredential: async ({ instance, customers }: { instance: InstanceId; customers: CustomerId[] }) => {
      hear('mapCredential');
      if (!world().vault.has(instance)) throw new Fault('CREDENTIAL_MISSING', 'x');
      world().vault.set(instance, customers);
    },
    revokeCredential: async ({ instance }: { instance: InstanceId }) => {
      hear('revokeCredential');
      world().vault.delete(instance);
    },
  };
}
