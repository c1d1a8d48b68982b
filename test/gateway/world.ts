// A gateway without its process: real gates, scope, health and session; the ledger and the workers are played by the test.
import type { z } from 'zod';
import { createHash } from 'node:crypto';
import { Approvals } from '../../src-gateway/approvals/approvals.ts';
import { claimsByName } from '../../src-gateway/approvals/claims-by-name.ts';
import { whyEnded } from '../../src-gateway/approvals/why-ended.ts';
import type { Admitted } from '../../src-gateway/proofs.ts';
import type { CallPowers } from '../../src-gateway/call-tool.ts';
import { Health } from '../../src-gateway/health.ts';
import { lookUp } from '../../src-gateway/look-up.ts';
import type { Health as HealthView } from '../../src-shared/model/instance.ts';
import { Recorder } from '../../src-gateway/recorder.ts';
import { Scope } from '../../src-gateway/scope.ts';
import { type EnrolInput, openTenantSession, type TenantSession } from '../../src-gateway/tenant-session.ts';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { EntryDraft } from '../../src-shared/model/entry.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { toolHash } from '../../src-shared/tool-hash.ts';
import { verifyIdentity } from '../../src-shared/verify-enrolment.ts';
import { instanceOf, makeIssuer, testNow, testTools } from './enrolment.ts';
import { msp } from './given.ts';
import { labelled } from '../connectors/labelled.ts';

export interface World {
  readonly powers: CallPowers;
  readonly session: TenantSession;
  readonly scope: Scope;
  readonly health: Health;
  readonly approvals: Approvals;
  /** What the ledger was given, in order, each marked with what else had happened: `dispatch`. */
  readonly deeds: string[];
  /** What was told of the vendor's health, in order. */
  readonly told: HealthView[];
  readonly entries: EntryDraft[];
  readonly dispatched: Admitted[];
  now: number;
  /** The monotonic clock, for approvals and circuits. */
  clock: number;
  /** Which appends the ledger refuses. */
  refuses: (draft: EntryDraft) => boolean;
  /** What the worker does. */
  worker: (call: Admitted, signal: AbortSignal) => Promise<WorkerAnswer>;
  /** What the worker does when it is asked what a call acts on. */
  lookUp: (asked: { readonly owner: string }, signal: AbortSignal) => Promise<WorkerAnswer>;
  /** Called when the ledger is asked, before it answers. */
  onAppend: (draft: EntryDraft) => Promise<void> | void;
}

export const okAnswer = (...records: [owner: string, id: number][]): WorkerAnswer => ({
  status: 'ok',
  records: records.map(([owner, id]) => labelled(owner, { id })),
  dropped: 0,
});

export const noUsage = { period: '2026-11', calls: 0, day: '2026-11-21', ofPeriod: [], ofDay: [], ofMinute: [] };

/** As if a person had accepted every one of them. */
export const pinsOf = (tools: readonly ToolDefinition[]): Record<string, string> =>
  Object.fromEntries(
    tools.map((tool) => [tool.name, toolHash(tool, (text) => createHash('sha256').update(text).digest('hex'))]),
  );

export const issuer = await makeIssuer();
const enrolment = await issuer.enrol();

export async function openSession(change: Partial<EnrolInput> = {}): Promise<TenantSession> {
  return openTenantSession({
    enrolment,
    tools: testTools,
    instances: [instanceOf()],
    usage: noUsage,
    pins: pinsOf(change.tools ?? testTools),
    ...change,
  });
}

export async function makeWorld(change: Partial<EnrolInput> = {}): Promise<World> {
  const session = await openSession(change);
  const time = { now: () => world.now, clock: () => world.clock };
  const scope = new Scope(time);
  const health = new Health(time, { health: ({ health: view }) => world.told.push(view), seen: () => {} });
  const recorder = new Recorder(() => 0);
  const entries: EntryDraft[] = [];
  let asked = 0;
  const approvals = new Approvals({
    clock: () => world.clock,
    now: () => world.now,
    recorder,
    randomHex: (bytes) => (bytes === 32 ? 'f'.repeat(64) : (++asked).toString(16).padStart(bytes * 2, '0')),
    session: (tenant) => world.powers.session(tenant),
    identify: (tenant, identity) => {
      const tenantKey = world.powers.session(tenant)?.tenantKey ?? '';
      return verifyIdentity(identity, { tenant, tenantKey, now: world.now });
    },
    ended: (caller, binding) => whyEnded(scope, caller, binding),
    changed: () => {},
  });
  const world: World = {
    session,
    scope,
    health,
    approvals,
    entries,
    told: [],
    deeds: [],
    dispatched: [],
    now: testNow,
    clock: 0,
    refuses: () => false,
    worker: async () => okAnswer(),
    lookUp: async () => okAnswer(),
    onAppend: () => {},
    powers: {
      now: () => world.now,
      clock: () => 0,
      scope,
      health,
      recorder,
      approvals: claimsByName(approvals, (asked) => lookUp(asked, lookUpPowers(asked.owner))),
      session: (tenant) => (tenant === msp ? session : undefined),
      dispatch: {
        run: (call, signal) => {
          world.deeds.push('dispatch');
          world.dispatched.push(call);
          return world.worker(call, signal);
        },
      },
    },
  };
  const lookUpPowers = (owner: string) => ({
    ...world.powers,
    scope,
    dispatch: {
      lookUp: (_: unknown, signal: AbortSignal) => {
        world.deeds.push('look up');
        return world.lookUp({ owner }, signal);
      },
    },
  });
  const append = async (given: z.input<typeof EntryDraft>) => {
    const draft = EntryDraft.parse(given);
    await world.onAppend(draft);
    if (world.refuses(draft)) throw new Fault('LEDGER_UNWRITABLE', 'The disk is full.');
    world.deeds.push(draft.kind);
    entries.push(draft);
    return { seq: entries.length, leaf: '' };
  };
  recorder.use({ append, on: () => () => {} });
  return world;
}
