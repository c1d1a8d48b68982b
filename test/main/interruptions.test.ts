import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Interruptions, makeInterruptions } from '../../src-main/app/interruptions.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { type DeskWorld, deskWorld } from './desk-of.ts';

const look = 120_000;
let world: DeskWorld;
let interruptions: Interruptions;
/** The ledger's open intents, and its entries. */
let open: number[];
let intents: Map<number, Partial<Entry>>;
let logged: unknown[];
let isAway: boolean;
let onAsked: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  world = deskWorld();
  open = [];
  logged = [];
  isAway = false;
  onAsked = () => {};
  intents = new Map([
    [3, { seq: 3, customer: 'ACME-1', tool: 'note_add', connector: 'halopsa', risk: 'write' }],
    [5, { seq: 5, customer: 'ZEN-2', cross: 'CROSS-3', tool: 'ticket_list', connector: 'halopsa', risk: 'read' }],
    [8, { seq: 8, customer: null, tool: 'instance_survey', connector: 'halopsa', risk: 'sensitive' }],
  ]);
  const bySystem: DeskWorld['recorder']['bySystem'] = async (deed) => {
    const seq = await world.recorder.bySystem(deed);
    open = open.filter((each) => each !== deed.ref);
    return seq;
  };
  const ledger = {
    interrupted: async () => {
      onAsked();
      if (isAway) throw new Fault('STARTING_AGAIN', 'x');
      return open;
    },
    page: async ({ after }: { after: number }) => ({ entries: [intents.get(after + 1)], isEnd: true }),
  };
  interruptions = makeInterruptions({
    facts: world.facts,
    crew: { ledger: ledger as never },
    recorder: { bySystem },
    log: (...line) => void logged.push(line),
  });
});
afterEach(() => {
  interruptions.end();
  vi.useRealTimers();
});

const interrupted = (seq: number) => {
  const { seq: ref, ...about } = intents.get(seq) ?? {};
  const result = { status: 'interrupted', records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 0 };
  return { kind: 'call.outcome', ...about, ref, result };
};
const refs = () => world.entries.map(({ ref }) => ref);
const count = () => world.facts.interrupted;

describe('noneRuns', () => {
  it('gives every open intent its outcome, and tells how many there were', async () => {
    open = [3, 5];
    await interruptions.noneRuns();
    expect(count()).toBe(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(world.entries).toEqual([interrupted(3), interrupted(5)]);
    await interruptions.noneRuns();
    expect([count(), world.entries.length]).toEqual([2, 2]);
  });

  it('counts a survey at the start, and leaves one alone that may be running later', async () => {
    open = [8];
    await interruptions.noneRuns();
    await vi.advanceTimersByTimeAsync(0);
    expect(refs()).toEqual([8]);
    open = [8];
    await interruptions.noneRuns();
    await vi.advanceTimersByTimeAsync(0);
    expect(refs()).toEqual([8]);
  });

  it('tells of it though it cannot be recorded, once, and records it later', async () => {
    open = [3];
    world.onRecord = () => Promise.reject(new Fault('LEDGER_UNWRITABLE', 'x'));
    await interruptions.noneRuns();
    await vi.advanceTimersByTimeAsync(0);
    expect([count(), refs(), logged]).toEqual([
      1,
      [],
      [['warn', 'interrupted.unrecorded', { fault: 'LEDGER_UNWRITABLE' }]],
    ]);
    world.onRecord = () => {};
    interruptions.watch();
    await vi.advanceTimersByTimeAsync(2 * look);
    expect([count(), refs()]).toEqual([1, [3]]);
  });

  it('lets an outcome count that came first', async () => {
    open = [3, 5];
    let asked = 0;
    world.onRecord = () => ((asked += 1) === 1 ? Promise.reject(new Fault('OUTCOME_KNOWN', 'x')) : undefined);
    await interruptions.noneRuns();
    await vi.advanceTimersByTimeAsync(0);
    expect([count(), refs(), logged]).toEqual([1, [5], []]);
  });

  it('says when the ledger cannot be asked: no gateway may begin then', async () => {
    isAway = true;
    await expect(interruptions.noneRuns()).rejects.toMatchObject({ code: 'STARTING_AGAIN' });
    isAway = false;
    open = [8];
    await interruptions.noneRuns();
    expect(count()).toBe(1);
  });
});

describe('watch', () => {
  it('takes a call for over that was open at two looks, and none sooner', async () => {
    interruptions.watch();
    open = [3];
    await vi.advanceTimersByTimeAsync(look);
    open = [3, 5];
    expect(refs()).toEqual([]);
    await vi.advanceTimersByTimeAsync(look);
    expect([refs(), count()]).toEqual([[3], 1]);
    await vi.advanceTimersByTimeAsync(look);
    expect([refs(), count()]).toEqual([[3, 5], 2]);
  });

  it('goes on when the ledger is away for a while', async () => {
    interruptions.watch();
    open = [3];
    await vi.advanceTimersByTimeAsync(look);
    isAway = true;
    await vi.advanceTimersByTimeAsync(look);
    expect([refs(), logged]).toEqual([[], [['warn', 'interrupted.unknown', { fault: 'STARTING_AGAIN' }]]]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(look);
    expect(refs()).toEqual([3]);
  });

  it('ends', async () => {
    interruptions.watch();
    interruptions.end();
    open = [3];
    await vi.advanceTimersByTimeAsync(3 * look);
    expect([refs(), vi.getTimerCount()]).toEqual([[], 0]);
  });

  it('ends while it looks, too', async () => {
    interruptions.watch();
    onAsked = () => interruptions.end();
    await vi.advanceTimersByTimeAsync(look);
    expect(vi.getTimerCount()).toBe(0);
  });
});
