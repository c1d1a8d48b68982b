/** The state behind the window fixture: one MSP with its ledger in memory. Tests change it and see the window follow. */
import { createHash } from 'node:crypto';
import { canonical } from '../../src-shared/canonical.ts';
import { type AppState, type ToolReview, ui } from '../../src-shared/contract/ui.ts';
import type { OpenedBody, Progress } from '../../src-shared/contract/ledger.ts';
import { type DenialCode, denialGates, gateNames } from '../../src-shared/model/denial.ts';
import type { Entry, EntryDraft } from '../../src-shared/model/entry.ts';
import type { GateOutcome } from '../../src-shared/model/gate-outcome.ts';
import { type InstanceId, TenantId } from '../../src-shared/model/ids.ts';
import { Right } from '../../src-shared/model/right.ts';
import { fixtureCustomers, fixtureTools } from './window-fixture-data.ts';
import { FixtureDesk } from './window-fixture-desk.ts';
import type { GeneratedLedger } from './window-fixture-generated.ts';
import {
  device,
  type FixtureLedger,
  leafOf,
  pageOf,
  recordedLedger,
  signedPolicy,
  type Where,
} from './window-fixture-ledger.ts';
import { fixtureInstances, fixtureMapping } from './window-fixture-vendors.ts';

export const tenant = TenantId.parse('northway');
export const amy = { kind: 'technician', id: 'amy', name: 'Amy Kowalski' } as const;

interface Hearing {
  readonly changed: (state: AppState) => void;
  readonly grew: (entries: number) => void;
  readonly approvalsChanged?: (pending: number) => void;
  readonly verifying?: (progress: Progress) => void;
  readonly searching?: (progress: Progress) => void;
}

export class FixtureMsp {
  readonly customers;
  readonly desk: FixtureDesk;
  readonly entries: Entry[] = [];
  /** In place of what was recorded: a ledger too long to have. */
  generated: GeneratedLedger | null = null;
  /** What was sealed with entries, by `seq`. */
  readonly bodies = new Map<number, Record<string, unknown>>();
  /** Why bodies cannot be read, by `seq`. */
  readonly unreadable = new Map<number, NonNullable<OpenedBody['why']>>();
  /** Customers whose key was destroyed, by code. */
  readonly destroyed = new Set<string>();
  /** Thrown by every question for entries. */
  entriesFault: Error | null = null;
  /** Milliseconds that verifying takes, that a search takes besides, and that a page of an export takes. */
  slow = { verify: 300, search: 0, page: 0 };
  /** What a call waits for before it is done, by its name. Where that rejects so does the call. */
  readonly awaited = new Map<string, Promise<void>>();
  /** Calls the window made, by name, with what it sent. */
  readonly asked: { readonly name: string; readonly input: unknown }[] = [];
  state: AppState;
  /** Thrown by the next bindCustomer. */
  nextBindFault: Error | null = null;
  /** Each instance's saved mapping: customer to the vendor's id. */
  readonly mappings: Map<InstanceId, Map<string, string>>;
  /** How the next surveys go: how long the vendor takes, what it faults with, whether it shows all, and how many. */
  survey: { ms: number; fault: Error | null; isWhole: boolean; isEmpty: boolean } = ordinarySurvey;
  /** Tools whose definition nobody has accepted. */
  reviews: ToolReview[] = [];
  /** How many records a call answers with. */
  records = 3;
  /** Milliseconds that mapCustomers takes. */
  mapMs = 0;
  /** Thrown by the next mapCustomers. */
  nextMapFault: Error | null = null;
  verdict: { ok: boolean; firstBad?: { seq: number; problem: string }; isUnreadable?: true } = { ok: true };
  readonly #recorded = recordedLedger(this.entries);
  readonly hearing: Hearing;
  #epoch = 3;

  constructor(customers: number, hearing: Hearing) {
    this.hearing = hearing;
    this.customers = fixtureCustomers(customers);
    this.desk = new FixtureDesk(this.customers, (pending) => {
      this.change({ pendingApprovals: pending });
      hearing.approvalsChanged?.(pending);
    });
    const instances = fixtureInstances();
    this.mappings = new Map(instances.map(({ id }) => [id, fixtureMapping(id, this.customers)]));
    this.state = ui.changed.value.parse({
      version: '0.1.0',
      host: 'headless',
      isDemo: true,
      tenant: { id: tenant, name: 'Northway IT' },
      technician: { id: amy.id, name: amy.name, email: 'amy@northway.example', roles: ['technician'] },
      policy: { version: 41, issuedAt: '2026-11-20T08:00:00Z', expires: '2026-12-20T08:00:00Z' },
      mcpUrl: 'http://127.0.0.1:4717/mcp',
      binding: null,
      recents: this.customers.slice(0, 4).map(({ id }) => id),
      customerCount: this.customers.length,
      rights: Right.options,
      stopped: null,
      pendingApprovals: 0,
      changedTools: 0,
      crosses: [],
      clients: [
        client('a', 'Claude Desktop', 'armed'),
        client('b', 'Cursor', 'armed'),
        client('c', 'VS Code', 'suspended'),
      ],
      instances: instances.map((each) => ({ ...each, mapped: this.mappings.get(each.id)?.size ?? 0 })),
      ledger: { entries: 0, checkpoint: null, problem: null },
      usage: { period: '2026-11', calls: 18_233, included: 50_000, overage: 'block' },
      keystore: 'memory',
      backlog: 0,
      processes: [],
      problems: [],
    });
    const yesterday = new Date(Date.now() - 86_400_000); // Before everything that `fill` puts behind it.
    const amyHere = { principal: { ...amy, client: 'operator' }, customer: null };
    this.record({ kind: 'app.started', ...amyHere }, yesterday);
    this.record({ kind: 'policy.applied', ...amyHere, params: { version: signedPolicy.version } }, yesterday);
    this.bind('meridian-dental', yesterday);
  }

  setReviews(reviews: readonly ToolReview[]): void {
    this.reviews = [...reviews];
    this.change({ changedTools: reviews.length });
  }

  /** Everything a person may do, nothing stopped, nothing changed, one customer at a time. */
  resetPolicy(): void {
    this.setReviews([]);
    this.change({ rights: Right.options, stopped: null, crosses: [] });
  }

  change(part: Partial<AppState>): void {
    this.state = { ...this.state, ...part };
    this.hearing.changed(this.state);
  }

  /** Instances, mappings and surveys as they were at first. */
  resetInstances(): void {
    const instances = fixtureInstances();
    this.mappings.clear();
    for (const { id } of instances) this.mappings.set(id, fixtureMapping(id, this.customers));
    this.survey = ordinarySurvey;
    this.nextMapFault = null;
    this.mapMs = 0;
    this.records = 3;
    this.change({ instances: instances.map((each) => ({ ...each, mapped: this.mappings.get(each.id)?.size ?? 0 })) });
  }

  changeInstance(id: InstanceId, part: Partial<AppState['instances'][number]>): void {
    this.change({ instances: this.state.instances.map((each) => (each.id === id ? { ...each, ...part } : each)) });
  }

  /** Binds as another window would: client apps that follow the switcher are suspended. */
  bind(idOrCode: string | null, at = new Date()): void {
    const found = this.customers.find(({ id, code }) => id === idOrCode || code === idOrCode);
    const { vendors: _, mayBind: _may, mayCross: _cross, ...customer } = found ?? { vendors: {} };
    const isFirst = this.state.binding === null;
    this.change({
      binding:
        found === undefined
          ? null
          : { customer: customer as typeof found, epoch: ++this.#epoch, since: new Date().toISOString() },
      clients: this.state.clients.map((app) =>
        !isFirst && app.state === 'armed' && app.pin === null ? { ...app, state: 'suspended' } : app,
      ),
    });
    const deed = {
      kind: found === undefined ? 'customer.released' : 'customer.bound',
      principal: { ...amy, client: 'operator' },
      customer: found?.code ?? null,
    } as const;
    this.record(deed, at);
  }

  /** What the ledger is asked. */
  get ledger(): FixtureLedger {
    return this.generated ?? this.#recorded;
  }

  record({ body: sealed, ...draft }: EntryDraft & Pick<Entry, 'clock'>, at = new Date()): Entry {
    const seq = this.entries.length + 1;
    const prev = this.entries.at(-1)?.leaf ?? '0'.repeat(64);
    const body = sealed === undefined ? {} : { body: this.#seal(seq, sealed.content) };
    const rest = { v: 1 as const, seq, at: at.toISOString(), tenant, device, ...draft, ...body, prev };
    const entry: Entry = { ...rest, leaf: Buffer.from(leafOf(rest)).toString('hex') };
    this.entries.push(entry);
    this.state = {
      ...this.state,
      ledger: { ...this.state.ledger, entries: seq, checkpoint: Math.floor(seq / 20) * 20 || null },
    };
    this.hearing.grew(seq);
    return entry;
  }

  /** One call from its intent to its outcome, or to the gate that denies it. */
  call(
    name: string,
    { code, params = {}, client = 'Claude Desktop', records = 14, dropped = 0, at = new Date() }: CallOptions = {},
  ): Entry {
    const definition = fixtureTools.find((tool) => tool.definition.name === name)?.definition;
    const customer = this.state.binding?.customer.code ?? null;
    const about = {
      principal: { ...amy, client },
      customer,
      tool: name,
      policyVersion: 41,
      ...(definition === undefined ? {} : { connector: definition.connector, risk: definition.risk }),
    };
    const under = this.state.binding?.customer.id ?? null;
    const asked = { under, content: { params: { customer: customer ?? '', ...params } } };
    const gates = gatesUntil(code);
    if (code !== undefined && denialGates[code] !== 'execution')
      return this.record({ ...about, kind: 'call.denied', gates, result: result('denied', 0, 0, 1), body: asked }, at);
    const intent = this.record({ ...about, kind: 'call.intent', gates: gates.slice(0, 6), body: asked }, at);
    return this.record(
      {
        ...about,
        kind: code === undefined ? 'call.outcome' : 'call.denied',
        gates,
        ref: intent.seq,
        result: result(code ?? 'ok', code === undefined ? records : 0, dropped, 80 + ((intent.seq * 37) % 260)),
        ...(code === undefined ? { body: { under, content: { records: idsOf(records) } } } : {}),
      },
      at,
    );
  }

  intent(name: string): Entry {
    const about = { principal: { ...amy, client: 'Cursor' }, customer: this.state.binding?.customer.code ?? null };
    return this.record({
      ...about,
      kind: 'call.intent',
      tool: name,
      connector: 'halopsa',
      risk: 'read',
      gates: gatesUntil(undefined).slice(0, 6),
    });
  }

  /** A ledger page as the ledger process answers it. */
  page(where: Where): { entries: Entry[]; isEnd: boolean } {
    return pageOf(this.ledger, where);
  }

  /** The recorded ledger, whole, readable and quick. */
  resetLedger(): void {
    this.verdict = { ok: true };
    this.slow = { verify: 300, search: 0, page: 0 };
    this.entriesFault = null;
    this.unreadable.clear();
    this.destroyed.clear();
    if (this.generated !== null) this.setGenerated(null);
  }

  /** Puts a made-up ledger in the place of the recorded one, or that one back. */
  setGenerated(generated: GeneratedLedger | null): void {
    this.generated = generated;
    const { count: entries } = this.ledger;
    this.change({ ledger: { entries, checkpoint: Math.floor(entries / 1000) * 1000, problem: null } });
    this.hearing.grew(entries);
  }

  open(seq: number): OpenedBody {
    const customer = this.entries[seq - 1]?.customer ?? '';
    const why = this.destroyed.has(customer) ? 'destroyed' : this.unreadable.get(seq);
    const body = this.bodies.get(seq);
    if (why !== undefined || body === undefined) return { seq, body: null, why: why ?? 'none' };
    return { seq, body, why: null };
  }

  #seal(seq: number, content: Record<string, unknown>): NonNullable<Entry['body']> {
    const body = { ...content, blind: hex(`blind ${seq}`) };
    const salt = hex(`salt ${seq}`);
    this.bodies.set(seq, body);
    return {
      salt,
      commitment: createHash('sha256')
        .update(`${salt}${canonical(body)}`)
        .digest('hex'),
    };
  }

  /** A day of calls, for pictures and for the list's behaviour. */
  fill(calls: number): void {
    const names = ['ticket_list', 'ticket_get', 'asset_list', 'contact_list', 'ticket_note_add'];
    for (let place = 0; place < calls; place++) {
      const at = new Date(Date.now() - (calls - place) * 23_000);
      const from = place % 3 === 0 ? 'Cursor' : 'Claude Desktop';
      if (place % 29 === 7)
        this.call('password_reveal', { code: 'POLICY_DENIED', client: from, at, params: { password_id: 81 } });
      else if (place % 17 === 3)
        this.call('ticket_list', {
          code: 'CUSTOMER_MISMATCH',
          params: { customer: 'FERN-2', status: 'open' },
          client: from,
          at,
        });
      else if (place % 23 === 5) this.call('subscription_list', { code: 'CONNECTOR_UNAVAILABLE', client: from, at });
      else if (place % 41 === 11) this.call('asset_list', { code: 'VENDOR_ERROR', client: from, at });
      else
        this.call(names[place % 5] ?? 'ticket_list', {
          client: from,
          records: (place * 7) % 31,
          dropped: place % 11 === 0 ? 2 : 0,
          at,
        });
    }
  }
}

export const ordinarySurvey = { ms: 0, fault: null, isWhole: true, isEmpty: false };

interface CallOptions {
  readonly code?: DenialCode;
  readonly params?: Record<string, unknown>;
  readonly client?: string;
  readonly records?: number;
  readonly dropped?: number;
  readonly at?: Date;
}

function gatesUntil(code: DenialCode | undefined): GateOutcome[] {
  const stop = code === undefined ? gateNames.length : gateNames.indexOf(denialGates[code]);
  return gateNames.slice(0, stop + 1).map((gate, place) => ({
    gate,
    ok: place !== stop,
    ms: 0.01 + ((place * 7) % 5) / 100,
    ...(place === stop && code !== undefined ? { code } : {}),
  }));
}

/** 32 hex characters of its own for each text. */
const hex = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const idsOf = (records: number) => Array.from({ length: records }, (_, place) => ({ id: 48_201 + place }));

const result = (status: string, records: number, dropped: number, ms: number) => ({
  status,
  records,
  dropped,
  redacted: 0,
  bytes: records * 412,
  ms,
});

export function client(letter: string, name: string, state: 'armed' | 'suspended'): AppState['clients'][number] {
  const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
  return {
    id: `client-${letter.repeat(16)}`,
    name,
    state,
    pin: null,
    lastUsed: letter === 'c' ? null : new Date(Date.now() - 240_000).toISOString(),
    addedAt: at,
  };
}
