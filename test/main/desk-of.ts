// A supervisor's knowledge for the tests of what changes it: a tenant of three customers, a desk, and crew and recorder
// that write down what they are asked.
import { type ClientApps, makeClientApps } from '../../src-main/app/client-apps.ts';
import type { Crew } from '../../src-main/app/crew.ts';
import type { Desk } from '../../src-main/app/desk.ts';
import { Facts, type Tenancy } from '../../src-main/app/facts.ts';
import { inTurn } from '../../src-main/app/in-turn.ts';
import type { Recorder } from '../../src-main/app/recorder.ts';
import { makeSwitcher, type Switcher } from '../../src-main/app/switcher.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { bundleOf, identityOf, instanceOf } from '../gateway/enrolment.ts';
import { type FakeHost, fakeHost } from './fake-host.ts';

export interface DeskWorld {
  readonly host: FakeHost;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  readonly switcher: Switcher;
  readonly clientApps: ClientApps;
  /** What happened, in order: `scope acme/1`, `scope none`, `endStale`, `write`, and the kinds of entries. */
  readonly deeds: string[];
  readonly entries: Pick<EntryDraft, 'kind' | 'customer' | 'params'>[];
  /** What the gateway was last told. */
  readonly scopes: { clients: readonly ClientApp[]; bound: string | null }[];
  onRecord: (kind: string) => Promise<void> | void;
  onScope: () => Promise<void> | void;
  onWrite: () => void;
}

const tenancy: Tenancy = {
  enrolment: { tenant: TenantId.parse('msp'), tenantKey: '', identity: '', bundle: '' },
  instances: [instanceOf()],
  bundle: bundleOf(),
  identity: identityOf(),
};

export function deskWorld(desk: Partial<Desk> = {}): DeskWorld {
  const host = fakeHost();
  const write = host.files.write;
  Object.assign(host.files, {
    write: (path: string, text: string) => {
      world.onWrite();
      world.deeds.push('write');
      write(path, text);
    },
  });
  const facts = new Facts(tenancy, { v: 1, epoch: 0, clients: [], recents: [], ...desk }, { kind: 'memory' });
  const record = async (deed: Pick<EntryDraft, 'kind' | 'customer' | 'params'>) => {
    await world.onRecord(deed.kind);
    world.deeds.push(deed.kind);
    world.entries.push(deed);
  };
  const recorder: Recorder = { byTechnician: record, bySystem: record };
  const crew = {
    pushScope: async () => {
      await world.onScope();
      const binding = facts.switcher?.binding;
      const bound = binding ? `${binding.customer}/${binding.epoch}` : null;
      world.deeds.push(`scope ${bound ?? 'none'}`);
      world.scopes.push({ clients: facts.desk.clients, bound });
    },
    workers: { endStale: async () => void world.deeds.push('endStale') },
    checkpoint: async () => ({ entries: 0, note: '', isSigned: false }),
  } as unknown as Crew;
  const powers = { host, facts, crew, recorder, turn: inTurn() };
  const world: DeskWorld = {
    host,
    facts,
    crew,
    recorder,
    switcher: makeSwitcher(powers),
    clientApps: makeClientApps(powers),
    deeds: [],
    entries: [],
    scopes: [],
    onRecord: () => {},
    onScope: () => {},
    onWrite: () => {},
  };
  return world;
}
