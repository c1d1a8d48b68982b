/** The state behind the window fixture: one MSP with its ledger in memory. Tests change it and see the window follow. */
import { createHash } from 'node:crypto';
import { type AppState, type ToolReview, ui } from '../../src-shared/contract/ui.ts';
import type { LedgerFilter } from '../../src-shared/contract/ledger.ts';
import { type DenialCode, denialGates, gateNames } from '../../src-shared/model/denial.ts';
import type { Entry, EntryDraft } from '../../src-shared/model/entry.ts';
import type { GateOutcome } from '../../src-shared/model/gate-outcome.ts';
import { type InstanceId, TenantId } from '../../src-shared/model/ids.ts';
import { Right } from '../../src-shared/model/right.ts';
import { fixtureCustomers, fixtureTools } from './window-fixture-data.ts';
import { FixtureDesk } from './window-fixture-desk.ts';
import { fixtureInstances, fixtureMapping } from './window-fixture-vendors.ts';

export const tenant = TenantId.parse('northway');
export const amy = { kind: 'technician', id: 'amy', name: 'Amy Kowalski' } as const;

interface Hearing {
  readonly changed: (state: AppState) => void;
  readonly grew: (entries: number) => void;
  readonly approvalsChanged?: (pending: number) => void;
}

export class FixtureMsp {
  readonly customers;
  readonly desk: FixtureDesk;
  readonly entries: Entry[] = [];
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
  verdict: { ok: boolean; firstBad?: { seq: number; problem: string } } = { ok: true };
  #hearing: Hearing;
  #epoch = 3;

  constructor(customers: number, hearing: Hearing) {
    this.#hearing = hearing;
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
    this.record({ kind: 'app.started', principal: { ...amy, client: 'operator' }, customer: null });
    this.bind('meridian-dental');
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
    this.#hearing.changed(this.state);
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
  bind(idOrCode: string | null): void {
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
    this.record({
      kind: found === undefined ? 'customer.released' : 'customer.bound',
      principal: { ...amy, client: 'operator' },
      customer: found?.code ?? null,
    });
  }

  record(draft: EntryDraft, at = new Date()): Entry {
    const seq = this.entries.length + 1;
    const prev = this.entries.at(-1)?.leaf ?? '0'.repeat(64);
    const leaf = createHash('sha256').update(`${prev}${seq}`).digest('hex');
    const entry: Entry = { v: 1, seq, at: at.toISOString(), tenant, device: 'test', ...draft, prev, leaf };
    this.entries.push(entry);
    this.state = {
      ...this.state,
      ledger: { ...this.state.ledger, entries: seq, checkpoint: Math.floor(seq / 20) * 20 || null },
    };
    this.#hearing.grew(seq);
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
      params: { customer: customer ?? '', ...params },
    };
    const gates = gatesUntil(code);
    if (code !== undefined && denialGates[code] !== 'execution')
      return this.record({ ...about, kind: 'call.denied', gates, result: result('denied', 0, 0, 1) }, at);
    const intent = this.record({ ...about, kind: 'call.intent', gates: gates.slice(0, 6) }, at);
    return this.record(
      {
        ...about,
        kind: code === undefined ? 'call.outcome' : 'call.denied',
        gates,
        ref: intent.seq,
        result: result(code ?? 'ok', code === undefined ? records : 0, dropped, 80 + ((intent.seq * 37) % 260)),
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
  page({
    after,
    before,
    limit,
    filter,
  }: {
    after?: number | undefined;
    before?: number | undefined;
    limit: number;
    filter: LedgerFilter;
  }): { entries: Entry[]; isEnd: boolean } {
    const fits = this.entries.filter(
      ({ seq, kind }) =>
        seq > (after ?? 0) && seq < (before ?? Number.POSITIVE_INFINITY) && (filter.kinds?.includes(kind) ?? true),
    );
    return { entries: after === undefined ? fits.slice(-limit) : fits.slice(0, limit), isEnd: fits.length <= limit };
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
