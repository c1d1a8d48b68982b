import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AliveApprovals, noneAlive } from '../../src-main/app/alive-approvals.ts';
import { type Approvals, makeApprovals } from '../../src-main/app/approvals.ts';
import { makeColleagues } from '../../src-main/app/colleagues.ts';
import type { Facts } from '../../src-main/app/facts.ts';
import { watchApprovals } from '../../src-main/app/watch-approvals.ts';
import type { Colleague } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { type Approval, StandingApproval } from '../../src-shared/model/approval.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { toolOf } from '../gateway/enrolment.ts';
import { settle } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';
import { frontEndWorld } from './front-end-of.ts';
import { waitingCall } from './waiting-call.ts';

type Decide = Parameters<Approvals['approve']>[0] & { decision: string };

let facts: Facts;
let approvals: Approvals;
/** What the gateway was asked to decide, and how it answers that and what waits. */
let asked: Decide[];
let decide: (given: Decide) => Approval;
let told: () => Promise<{ approvals: Approval[]; standing: StandingApproval[] }>;
let recorded: Omit<EntryDraft, 'principal' | 'policyVersion'>[];
let record: () => Promise<number>;
let crew: { onApprovalsLost: (lost: AliveApprovals) => Promise<void> };
let logged: string[];

const call = (id: number, change: Partial<Approval> = {}): Approval => ({
  ...waitingCall,
  id: `ap-${String(id).padStart(16, '0')}` as Approval['id'],
  fingerprint: String(id).repeat(64),
  ...change,
});

const standing = StandingApproval.parse({
  id: 'st-0000000000000001',
  approval: 'ap-0000000000000007',
  customer: { id: 'acme', code: 'ACME-1', name: 'Acme Ltd' },
  epoch: 1,
  client: 'assistant',
  tool: 'note_add',
  title: 'Add a note',
  risk: 'write',
  fixed: {},
  free: [],
  usesLeft: 2,
  givenBy: { id: 'helen', name: 'Helen Strand' },
  givenAt: '2026-11-21T12:00:00.000Z',
  expiresAt: '2026-11-21T13:00:00.000Z',
});

beforeEach(() => {
  ({ facts } = deskWorld());
  facts.tools = [{ ...toolOf('note_add', 'one'), connector: 'halopsa' }];
  facts.tenancy = { ...facts.tenancy, enrolment: { ...facts.tenancy.enrolment, identity: 'signed.in.technician' } };
  asked = [];
  recorded = [];
  logged = [];
  decide = () => waitingCall;
  told = async () => ({ approvals: [], standing: [] });
  record = async () => 1;
  const gateway = {
    decide: async (given: Decide) => (asked.push(given), decide(given)),
    extendApproval: async (given: Decide) => (asked.push(given), waitingCall),
    whoMayApprove: async (given: never) => (asked.push(given), ['ben']),
    approvals: () => told(),
  };
  const made = { gateway, onApprovalsLost: async () => {} };
  crew = made;
  approvals = makeApprovals({
    facts,
    crew: made as never,
    recorder: {
      bySystem: async (deed) => (recorded.push(deed), record()),
      byTechnician: () => Promise.reject(new Error('not theirs')),
    },
    log: (_, event, { fault } = {}) => logged.push(`${event} ${String(fault)}`),
  });
});

describe('approve and deny', () => {
  const { id, fingerprint } = waitingCall;

  it('decide as the technician who is signed in, and as another where their identity is given', async () => {
    const standing = { minutes: 15 as const, uses: 3, fixed: [] };
    await approvals.approve({ id, fingerprint, identity: null, standing });
    await approvals.deny({ id, fingerprint, identity: 'another.signed.identity', reason: 'not now' });
    expect(asked).toEqual([
      { id, fingerprint, identity: 'signed.in.technician', decision: 'approve', reason: '', standing },
      { id, fingerprint, identity: 'another.signed.identity', decision: 'deny', reason: 'not now', standing: null },
    ]);
  });
});

describe('extend', () => {
  it('asks for more time as the technician who is signed in', async () => {
    expect(await approvals.extend(waitingCall.id)).toBe(waitingCall);
    expect(asked).toEqual([{ id: waitingCall.id, identity: 'signed.in.technician' }]);
  });
});

describe('whoMayApprove', () => {
  const [ben, june] = ['ben', 'june'].map((id) => ({ id, name: id.toUpperCase(), roles: [`role of ${id}`] })) as [
    Colleague,
    Colleague,
  ];

  it('leaves those whom the gateway would let, and asks nothing where there is nobody', async () => {
    expect(await approvals.whoMayApprove(waitingCall.id, [june, ben])).toEqual([ben]);
    expect(await approvals.whoMayApprove(waitingCall.id, [])).toEqual([]);
    expect(asked).toEqual([
      {
        id: waitingCall.id,
        people: [
          { id: 'june', roles: ['role of june'] },
          { id: 'ben', roles: ['role of ben'] },
        ],
      },
    ]);
  });
});

describe('denyAll', () => {
  it('denies each that still waits, by itself, and counts those', async () => {
    const ids = [1, 2, 3, 4].map((each) => call(each).id);
    told = async () => ({ approvals: [call(1), call(2), call(3, { state: 'expired' }), call(9)], standing: [] });
    decide = ({ id }) => {
      if (id === ids[1]) throw new Fault('APPROVAL_OVER', 'Over.');
      return waitingCall;
    };
    expect(await approvals.denyAll(ids, 'no more')).toBe(1);
    expect(asked.map(({ id, fingerprint, decision }) => [id, fingerprint, decision])).toEqual([
      [ids[0], '1'.repeat(64), 'deny'],
      [ids[1], '2'.repeat(64), 'deny'],
    ]);
  });

  it('says why when it is not because they were over', async () => {
    told = async () => ({ approvals: [call(1), call(2)], standing: [] });
    decide = () => {
      throw new Fault('NOT_YOURS', 'Not yours.');
    };
    await expect(approvals.denyAll([call(1).id], '')).rejects.toMatchObject({ code: 'NOT_YOURS' });
  });
});

describe('when a gateway ends', () => {
  it('records what waited in it as withdrawn', async () => {
    await crew.onApprovalsLost({ ...noneAlive, waiting: [waitingCall] });
    expect(recorded).toEqual([
      {
        kind: 'approval.decided',
        customer: 'ACME-1',
        tool: 'note_add',
        connector: 'halopsa',
        risk: 'write',
        params: {
          approval: 'ap-0000000000000001',
          outcome: 'withdrawn',
          reason: 'The gateway ended, and forgot what waited or was approved.',
          fingerprint: 'c'.repeat(64),
          needed: 2,
          have: 0,
        },
      },
    ]);
  });

  it('says of what waited how often it was given more time', async () => {
    await crew.onApprovalsLost({ ...noneAlive, waiting: [call(1, { extensions: 3 }), call(2)] });
    expect(recorded.map(({ params }) => params?.['extensions'])).toEqual([3, undefined]);
  });

  it('records the end of what was approved in it, once or for a while', async () => {
    const approvedBy = [{ id: 'helen', name: 'Helen Strand', at: '2026-11-21T12:00:00.000Z' }];
    const unused = [call(2, { state: 'approved', needed: 1, approvedBy })];
    await crew.onApprovalsLost({ waiting: [], unused, standing: [standing] });
    const reason = 'The gateway ended, and forgot what waited or was approved.';
    const about = {
      kind: 'approval.decided',
      customer: 'ACME-1',
      tool: 'note_add',
      connector: 'halopsa',
      risk: 'write',
    };
    const { id: approval, fingerprint } = call(2);
    expect(recorded).toEqual([
      { ...about, params: { approval, outcome: 'withdrawn', reason, fingerprint, needed: 1, have: 1 } },
      {
        ...about,
        params: { standing: standing.id, approval: standing.approval, outcome: 'withdrawn', reason, usesLeft: 2 },
      },
    ]);
  });

  it('names the cross-customer scope that it was asked in', async () => {
    const members = [{ customer: 'acme', epoch: 1 }];
    facts.desk = { ...facts.desk, crosses: [{ code: 'CROSS-3', members }] as never };
    await crew.onApprovalsLost({ ...noneAlive, waiting: [call(1), call(2, { epoch: 2 })] });
    expect(recorded.map(({ cross }) => cross)).toEqual(['CROSS-3', undefined]);
  });

  it('says so in the log when even that cannot be recorded', async () => {
    record = () => Promise.reject(new Fault('LEDGER_UNWRITABLE', 'Full.'));
    await crew.onApprovalsLost({ ...noneAlive, waiting: [waitingCall] });
    expect(logged).toEqual(['approvals.unrecorded LEDGER_UNWRITABLE']);
  });
});

describe('endAll', () => {
  const reasons = () => recorded.map(({ params }) => [params?.['approval'], params?.['reason']]);

  it('records what the gateway has not withdrawn itself, and nothing twice', async () => {
    facts.waiting = [call(1), call(2)];
    told = async () => ({ approvals: [call(1, { state: 'withdrawn' }), call(2)], standing: [] });
    await approvals.endAll();
    expect(reasons()).toEqual([[call(2).id, 'Bulkhead stopped.']]);
    await crew.onApprovalsLost({ ...noneAlive, waiting: [call(2)] });
    expect(recorded).toHaveLength(1);
  });

  it('goes by what was last told when the gateway does not answer', async () => {
    facts.waiting = [call(1)];
    facts.standing = [standing];
    told = () => Promise.reject(new Fault('DEADLINE', 'Silent.'));
    await approvals.endAll();
    expect(reasons()).toEqual([
      [call(1).id, 'Bulkhead stopped.'],
      [standing.approval, 'Bulkhead stopped.'],
    ]);
  });

  it('goes by it too when there is no gateway just then', async () => {
    facts.unused = [call(1, { state: 'approved' })];
    told = () => {
      throw new Fault('STARTING_AGAIN', 'The gateway is starting again.');
    };
    await approvals.endAll();
    expect(reasons()).toEqual([[call(1).id, 'Bulkhead stopped.']]);
  });

  it('records what is approved still, and not what has run', async () => {
    const approved = { state: 'approved' } as const;
    told = async () => ({
      approvals: [call(1, { ...approved, isUsed: true }), call(2, approved)],
      standing: [standing],
    });
    await approvals.endAll();
    expect(reasons().map(([id]) => id)).toEqual([call(2).id, standing.approval]);
  });
});

describe('watchApprovals', () => {
  afterEach(() => vi.useRealTimers());

  it('knows what waits, and asks once for many changes at once', async () => {
    let changed = (): void => {};
    let questions = 0;
    let answer = Promise.withResolvers<{ approvals: Approval[]; standing: StandingApproval[] }>();
    const api = {
      on: (_: string, listener: () => void) => ((changed = listener), () => {}),
      approvals: () => ((questions += 1), answer.promise),
    };
    let isRunning = true;
    watchApprovals(api as never, facts, () => isRunning);
    for (let each = 0; each < 50; each += 1) changed();
    expect(questions).toBe(1);
    const unused = call(3, { state: 'approved' });
    const used = call(4, { state: 'approved', isUsed: true });
    answer.resolve({ approvals: [call(1), call(2, { state: 'denied' }), unused, used], standing: [standing] });
    await settle();
    expect(questions).toBe(2);
    expect(facts).toMatchObject({ waiting: [call(1)], unused: [unused], standing: [standing] });
    expect(facts.approvalChanges).toBe(2);

    isRunning = false;
    answer = Promise.withResolvers();
    changed();
    answer.resolve({ approvals: [], standing: [] });
    await settle();
    expect(facts.waiting).toEqual([call(1)]);
  });

  it('asks again after a while what was not answered, as long as that gateway runs', async () => {
    vi.useFakeTimers();
    let changed = (): void => {};
    let isRunning = true;
    let questions = 0;
    const silent = () => Promise.reject(new Fault('DEADLINE', 'Silent.'));
    const answers = [silent, async () => ({ approvals: [call(1)], standing: [] })];
    const api = {
      on: (_: string, listener: () => void) => (changed = listener),
      approvals: () => ((questions += 1), (answers.shift() ?? silent)()),
    };
    watchApprovals(api as never, facts, () => isRunning);
    changed();
    await vi.advanceTimersByTimeAsync(900);
    expect([questions, facts.waiting]).toEqual([1, []]);
    await vi.advanceTimersByTimeAsync(100);
    expect([questions, facts.waiting]).toEqual([2, [call(1)]]);
    changed();
    isRunning = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([questions, vi.getTimerCount()]).toEqual([3, 0]);
  });
});

describe('makeColleagues', () => {
  const ben = { id: 'ben', name: 'Ben', roles: ['manager'] };

  it('knows the demo’s people and their identities, and nobody outside the demo', async () => {
    const api = {
      colleagues: async () => [ben],
      identity: async ({ id }: { id: string }) => ({ identity: `${id}.b.c` }),
    };
    const demo = makeColleagues({ api } as never);
    expect([await demo.all(), await demo.identity('ben')]).toEqual([[ben], 'ben.b.c']);
    const none = makeColleagues(undefined);
    expect(await none.all()).toEqual([]);
    await expect(none.identity('ben')).rejects.toMatchObject({ code: 'NOT_DEMO' });
  });

  it('says when the demo is starting again', async () => {
    const demo = makeColleagues({ api: undefined });
    expect(await demo.all()).toEqual([]);
    await expect(demo.identity('ben')).rejects.toMatchObject({ code: 'STARTING_AGAIN' });
  });
});

describe('a front end', () => {
  it('hears of each change of what waits, also when their number stays', async () => {
    const world = frontEndWorld();
    const api = world.connect(true);
    const heard: { pending: number }[] = [];
    api.on('approvalsChanged', (told) => heard.push(told));
    const change = async (waiting: Approval[]): Promise<void> => {
      world.desk.facts.change((all) => {
        all.waiting = waiting;
        all.approvalChanges += 1;
      });
      await expect.poll(() => heard.length).toBe(before + 1);
      before = heard.length;
    };
    let before = 0;
    await change([call(1)]);
    await change([call(2)]);
    await change([]);
    expect(heard).toEqual([{ pending: 1 }, { pending: 1 }, { pending: 0 }]);
  });

  it('carries a decision only for the operator', async () => {
    const world = frontEndWorld();
    const { id, fingerprint } = waitingCall;
    const decision = { id, fingerprint, identity: null, standing: null };
    await expect(world.connect(false).approve(decision)).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    expect(world.reached).toEqual([]);
    expect(await world.connect(true).approve(decision)).toEqual(waitingCall);
    expect(world.reached).toEqual(['approve']);
  });
});
