/** A Bulkhead that is none: the `ui` contract on a real socket, answering from a few values, and remembering what came. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppState, type MappingView, ui } from '../../src-shared/contract/ui.ts';
import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { Right } from '../../src-shared/model/right.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import type { Emit, Handlers } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';

export const operatorToken = 'f'.repeat(64);

export interface FakeApp {
  readonly home: string;
  /** Every call that came, with its input. */
  readonly calls: readonly (readonly [string, unknown])[];
  readonly entries: Entry[];
  emit: Emit<typeof ui>;
  stop(): Promise<void>;
}

export async function fakeApp(handlers: Partial<Handlers<typeof ui>> = {}, entries: Entry[] = []): Promise<FakeApp> {
  const home = mkdtempSync(join(tmpdir(), 'cli-'));
  const calls: [string, unknown][] = [];
  const open = new Set<Socket>();
  const control = join(home, 'run', 'control.sock');
  mkdirSync(join(home, 'run'));

  const emits: Emit<typeof ui>[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    const own = { ...standard(entries), ...handlers };
    const noted = Object.fromEntries(
      Object.entries(own).map(([name, handle]) => [
        name,
        (input: unknown, signal: AbortSignal) => {
          calls.push([name, input]);
          return (handle as (input: unknown, signal: AbortSignal) => unknown)(input, signal);
        },
      ]),
    );
    emits.push(serve(ui, noted as unknown as Handlers<typeof ui>, socketPort(socket)).emit);
  });
  server.listen(control);
  await once(server, 'listening');
  writeAppFile(home, { control, pid: process.pid });
  return {
    home,
    calls,
    entries,
    emit: (name, value) => {
      for (const emit of emits) emit(name, value);
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export function writeAppFile(home: string, { control, pid }: { control: string; pid: number }): void {
  mkdirSync(join(home, 'run'), { recursive: true });
  const app = {
    mcpUrl,
    windowUrl: 'http://127.0.0.1:7422/',
    pid,
    host: 'headless',
    control,
    started: '2026-11-21T09:00:00.000Z',
  };
  writeFileSync(join(home, 'run', 'app.json'), JSON.stringify(app));
}

/** One like it at `seq`; its hashes are not real. */
export function entry(seq: number, more: Partial<Entry> = {}): Entry {
  return {
    v: 1,
    seq,
    at: '2026-11-21T09:00:00.000Z',
    tenant: 'northway' as Entry['tenant'],
    device: 'laptop-1',
    kind: 'call.intent',
    principal: { kind: 'technician', id: 'tech-1', name: 'Anna', client: 'operator' },
    customer: 'MERI-7',
    prev: '0'.repeat(64),
    leaf: '1'.repeat(64),
    ...more,
  };
}

const halopsa: ConnectorDescription = {
  name: 'halopsa',
  title: 'HaloPSA',
  credentialFields: ['clientId', 'clientSecret'],
  settings: [{ name: 'tenant', title: 'Tenant', help: 'Its name.', kind: 'text' }],
  baseUrlExample: 'https://yourcompany.halopsa.com',
  ownerTitle: 'HaloPSA client id',
  ownerPattern: '[1-9][0-9]*',
};

/** Of no device. */
export const deviceKey = { name: 'bulkhead/northway/laptop-1', publicKey: 'A'.repeat(43) };

const mcpUrl = 'http://127.0.0.1:7421/mcp';
const meridian = {
  id: CustomerId.parse('meridian'),
  code: 'MERI-7',
  name: 'Meridian Dental',
  domain: 'meridian.example',
  aliases: [],
};
const alder = { id: CustomerId.parse('alder'), code: 'ALDR-3', name: 'Alder', domain: 'alder.example', aliases: [] };

/** One is mapped, one is not and was found. */
export const mapping: MappingView = {
  vendorCustomers: [
    { id: '12', name: 'Meridian', domains: [], otherIds: [], isInactive: false },
    { id: '17', name: 'Alder \u001b[2JInc', domains: ['alder.example'], otherIds: [], isInactive: false },
  ],
  isWhole: true,
  rows: [
    { customer: meridian.id, owner: '12', suggestion: null, candidates: [] },
    { customer: alder.id, owner: null, suggestion: { owner: '17', because: ['domain', 'name'] }, candidates: [] },
  ],
};

export const state: AppState = {
  version: '0.1.0',
  host: 'headless',
  isDemo: true,
  tenant: { id: 'northway', name: 'Northway IT' },
  technician: { id: 'tech-1', name: 'Anna', email: 'anna@northway.example', roles: ['technician'] },
  policy: { version: 4, issuedAt: '2026-11-20T09:00:00.000Z', expires: '2026-12-20T09:00:00.000Z' },
  mcpUrl,
  binding: { customer: meridian, epoch: 3, since: '2026-11-21T09:00:00.000Z' },
  recents: [],
  customerCount: 2,
  rights: [...Right.options],
  stopped: null,
  pendingApprovals: 0,
  changedTools: 0,
  crosses: [],
  clients: [
    {
      id: 'client-1',
      name: 'claude',
      state: 'suspended',
      pin: null,
      lastUsed: null,
      addedAt: '2026-11-21T09:00:00.000Z',
    },
    {
      id: 'client-2',
      name: 'pinned',
      state: 'armed',
      pin: 'ALDR-3',
      lastUsed: '2026-11-21T09:01:00.000Z',
      addedAt: '2026-11-21T09:00:00.000Z',
    },
  ],
  instances: [
    {
      id: InstanceId.parse('halo'),
      connector: 'halopsa',
      name: 'HaloPSA',
      baseUrl: 'http://127.0.0.1:9000',
      settings: { tenant: 'north' },
      health: { state: 'healthy', detail: '', at: null },
      lastUsed: null,
      mapped: 2,
      hasCredential: true,
      credentialChangedAt: null,
    },
  ],
  ledger: { entries: 12, checkpoint: 10, problem: null },
  usage: null,
  keystore: 'memory',
  backlog: 0,
  processes: [],
  problems: [],
};

function standard(entries: readonly Entry[]): Handlers<typeof ui> {
  let isOperator = false;
  const operatorOnly = (): void => {
    if (!isOperator) throw new Fault('OPERATOR_ONLY', 'Only the operator may do this.');
  };
  return {
    authenticate: (given) => {
      if (given.operatorToken !== operatorToken) throw new Fault('OPERATOR_UNKNOWN', 'This is not the operator token.');
      isOperator = true;
    },
    state: () => state,
    customers: () =>
      [meridian, alder].map((customer) => ({
        ...customer,
        vendors: {},
        mayBind: true,
        mayCross: true,
      })),
    bindCustomer: () => (operatorOnly(), { code: 'ALDR-3', epoch: 4 }),
    releaseCustomer: () => {},
    addClient: ({ name, pin }) => (operatorOnly(), { name, token: 'a'.repeat(64), customer: pin }),
    armClient: operatorOnly,
    suspendClient: () => {},
    revokeClient: () => {},
    tools: () => [],
    explain: ({ client }) => ({ client, customer: null, blocked: null, classes: [], tools: [] }),
    tryCall: () => (operatorOnly(), { verdict: 'runs', gates: [], because: [], denial: null }),
    approvals: () => ({ approvals: [], standing: [] }),
    approve: () => (operatorOnly(), unknownApproval()),
    deny: () => (operatorOnly(), unknownApproval()),
    denyApprovals: () => (operatorOnly(), { denied: 0 }),
    extendApproval: () => (operatorOnly(), unknownApproval()),
    withdrawStanding: () => {},
    colleagues: () => [],
    colleagueIdentity: () => (operatorOnly(), { identity: '' }),
    stopAi: () => {},
    resumeAi: operatorOnly,
    toolReviews: () => [],
    acceptTool: operatorOnly,
    openCross: () => (operatorOnly(), { code: 'CROSS-1', until: '2026-11-21T10:00:00.000Z' }),
    closeCross: () => {},
    callTool: () => (
      operatorOnly(),
      {
        customer: 'MERI-7',
        records: [{ id: 1, summary: 'Printer' }],
        dropped: 2,
        redacted: 0,
        provenance: { connector: 'halopsa', trust: 'untrusted' },
        auditRef: '12',
      }
    ),
    entries: ({ after, before, limit }) => {
      const found = entries.filter(({ seq }) => seq > (after ?? 0) && seq < (before ?? Number.MAX_SAFE_INTEGER));
      const isBackward = after === undefined && before !== undefined;
      return { entries: isBackward ? found.slice(-limit) : found.slice(0, limit), isEnd: found.length <= limit };
    },
    outline: () => ({ entries: entries.length, upTo: entries.length, every: 500, marks: [], spans: [] }),
    verifyLedger: () => ({ ok: true, entries: 12 }),
    bodiesOf: ({ seqs }) => (operatorOnly(), seqs.map((seq) => ({ seq, body: null, why: 'locked' as const }))),
    keptBodies: () => [],
    destroyCustomerKey: operatorOnly,
    checkpoint: () => ({ entries: entries.length, note: 'a note', isSigned: true }),
    beginExport: () => ({ entries: entries.length, note: 'a note', isSigned: true, recorded: entries.length + 1 }),
    prove: () => ({ inclusion: [], consistency: [] }),
    deviceKey: () => deviceKey,
    policy: () => ({ version: 7, bundle: 'a policy', tenantKey: 'A'.repeat(43) }),
    earlierPolicy: () => null,
    sealKey: () => ({ sealKey: '', purpose: 'northway/halo', fields: ['clientId', 'clientSecret'] }),
    setCredential: operatorOnly,
    testInstance: () => (operatorOnly(), { ok: true, detail: 'HaloPSA answered.' }),
    revokeCredential: operatorOnly,
    connectors: () => [halopsa],
    addInstance: () => (operatorOnly(), { instance: InstanceId.parse('halopsa-two') }),
    changeInstance: operatorOnly,
    removeInstance: operatorOnly,
    surveyInstance: () => (operatorOnly(), mapping),
    mapCustomers: ({ changes }) => (operatorOnly(), { mapped: changes.length + 1 }),
    doctor: () => [{ check: 'processes', ok: true, detail: 'all are up', remedy: '' }],
    openWindow: () => ({ url: null }),
  };
}

function unknownApproval(): never {
  throw new Fault('APPROVAL_UNKNOWN', 'There is no such approval.');
}
