import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSurveys, type Survey } from '../../src-main/app/surveys.ts';
import type { ChildOptions } from '../../src-main/host.ts';
import { type SurveyBinding, workerControl } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { instanceOf } from '../gateway/enrolment.ts';
import { never } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

const acme = { id: '12', name: 'Acme', domains: [], otherIds: [], isInactive: false };
const found: Survey = { customers: [acme], isWhole: true };
const instance = instanceOf({ baseUrl: 'https://halo.example', settings: { tenant: 'north' } });
const admitted = 'admit survey:msp/halo/0000000000000001 msp/halo';
const dismissed = 'dismiss survey:msp/halo/0000000000000001';

function world(answer: (binding: SurveyBinding, signal: AbortSignal) => unknown = () => found) {
  const desk = deskWorld();
  const { deeds } = desk;
  const spawned: { child: FakeChild; options: ChildOptions }[] = [];
  const asked: SurveyBinding[] = [];
  const refuse = () => {
    throw new Error('never asked of a survey');
  };
  const host = {
    now: Date.now,
    randomHex: desk.host.randomHex,
    spawn: async (options: ChildOptions) => {
      const child = fakeChild('worker');
      spawned.push({ child, options });
      deeds.push('spawn');
      void child.exited.then(() => deeds.push('ended'));
      const survey = (binding: SurveyBinding, signal: AbortSignal) => {
        asked.push(binding);
        deeds.push('survey');
        return answer(binding, signal) as Survey;
      };
      serve(workerControl, { describe: refuse, bind: refuse, survey: survey as never }, child.far);
      return child;
    },
    link: async (one: { name: string }, other: { child: unknown; name: string }) => {
      const whom = other.child === brokerChild ? 'broker' : 'someone else';
      deeds.push(`link ${one.name} with ${whom} as ${other.name}`);
    },
  };
  const broker = {
    admitSurvey: async ({ link, tenant, instance: id }: Record<string, string>) =>
      void deeds.push(`admit ${link} ${tenant}/${id}`),
    dismiss: async ({ link }: Record<string, string>) => void deeds.push(`dismiss ${link}`),
  };
  const brokerChild = fakeChild('broker');
  const crew = { broker, brokerChild } as never;
  const surveys = makeSurveys({ host, facts: desk.facts, crew, recorder: desk.recorder });
  return { desk, surveys, spawned, asked, run: () => surveys.run(instance, 'all', never) };
}

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-21T12:00:00.000Z') }));
afterEach(() => vi.useRealTimers());

describe('run', () => {
  it('records, starts a worker that only the broker is linked to, asks, ends it, and records what came', async () => {
    const { desk, surveys, spawned, asked } = world();
    expect(await surveys.run(instance, 'all', never)).toEqual(found);
    expect(desk.deeds).toEqual([
      'call.intent',
      'spawn',
      admitted,
      'link survey with broker as survey:msp/halo/0000000000000001',
      'survey',
      'ended',
      dismissed,
      'call.outcome',
    ]);
    expect(spawned).toMatchObject([{ options: { name: 'worker', env: {}, read: [], write: [], isConfined: true } }]);
    expect(asked).toEqual([
      {
        tenant: 'msp',
        instance: 'halo',
        connector: 'halopsa',
        baseUrl: 'https://halo.example',
        settings: { tenant: 'north' },
        extent: 'all',
      },
    ]);
    const about = {
      customer: null,
      tool: 'instance_survey',
      connector: 'halopsa',
      risk: 'sensitive',
      params: { instance: 'halo', extent: 'all' },
    };
    const bytes = Buffer.byteLength(JSON.stringify([acme]));
    const result = { status: 'ok', records: 1, dropped: 0, redacted: 0, bytes, ms: 0 };
    expect(desk.entries).toEqual([
      { ...about, kind: 'call.intent' },
      { ...about, kind: 'call.outcome', ref: 1, result },
    ]);
    const at = '2026-11-21T12:00:00.000Z';
    expect(desk.facts.instanceUsed.get(instance.id)).toBe(at);
    expect(desk.facts.surveyed.get(instance.id)).toEqual({ state: 'healthy', detail: '', at });
  });

  it('asks no vendor when it cannot be recorded', async () => {
    const { desk, spawned, run } = world();
    desk.onRecord = () => {
      throw new Fault('LEDGER_UNWRITABLE', 'x');
    };
    await expect(run()).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(spawned).toEqual([]);
  });

  it('hands nothing out when what came cannot be recorded', async () => {
    const { desk, spawned, run } = world();
    desk.onRecord = (kind) => {
      if (kind === 'call.outcome') throw new Fault('LEDGER_UNWRITABLE', 'x');
    };
    await expect(run()).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(spawned[0]?.child.isKilled()).toBe(true);
  });

  it.each([
    ['the vendor refuses the credential', new Fault('CREDENTIAL_UNAVAILABLE', 'x'), 'CREDENTIAL_UNAVAILABLE'],
    ['the worker breaks', new Error('hunter2'), 'INTERNAL'],
  ])('records the outcome and ends the worker when %s', async (_, thrown, code) => {
    const { desk, spawned, run } = world(() => {
      throw thrown;
    });
    await expect(run()).rejects.toMatchObject({ code });
    expect(desk.entries[1]).toMatchObject({ kind: 'call.outcome', ref: 1, result: { status: code, records: 0 } });
    expect([spawned[0]?.child.isKilled(), desk.deeds.includes(dismissed)]).toEqual([true, true]);
    expect(JSON.stringify(desk.entries)).not.toContain('hunter2');
    expect(desk.facts.surveyed.get(instance.id)?.state).toBe(code === 'INTERNAL' ? undefined : 'failing');
    await expect(run()).rejects.toMatchObject({ code }); // It can be asked again.
  });

  it('says so when the worker dies under it, and nothing of the account', async () => {
    const { desk, spawned, run } = world(() => (spawned[0]?.child.end(), new Promise(() => {})));
    await expect(run()).rejects.toMatchObject({ code: 'WORKER_ENDED' });
    expect(desk.deeds.at(-1)).toBe('call.outcome');
    expect(desk.facts.surveyed.get(instance.id)).toBeUndefined();
  });

  it.each([
    ['probe', 20_000],
    ['all', 60_000],
  ] as const)('gives a %s survey %d milliseconds', async (extent, deadline) => {
    const { desk, surveys, spawned } = world(() => new Promise(() => {}));
    const ran = surveys.run(instance, extent, never).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(deadline - 1);
    expect(spawned[0]?.child.isKilled()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ran).toMatchObject({ code: 'TIMED_OUT' });
    expect(spawned[0]?.child.isKilled()).toBe(true);
    expect(desk.entries[1]).toMatchObject({ result: { status: 'TIMED_OUT', ms: deadline } });
  });

  it('ends with whoever waits for it', async () => {
    const { desk, surveys, spawned } = world(() => new Promise(() => {}));
    const waiting = new AbortController();
    const ran = surveys.run(instance, 'all', waiting.signal).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(10);
    waiting.abort();
    expect(await ran).toMatchObject({ code: 'CANCELLED' });
    expect([spawned[0]?.child.isKilled(), desk.deeds.at(-1)]).toEqual([true, 'call.outcome']);
  });

  it('asks an instance once at a time, and others meanwhile', async () => {
    const { surveys, spawned } = world(() => new Promise(() => {}));
    const [first, second, other] = [
      surveys.run(instance, 'all', never),
      surveys.run(instance, 'probe', never),
      surveys.run(instanceOf({ id: 'east' }), 'probe', never),
    ];
    await expect(second).rejects.toMatchObject({ code: 'SURVEY_RUNNING' });
    await vi.advanceTimersByTimeAsync(10);
    expect(spawned.length).toBe(2);
    surveys.endAll();
    for (const ran of [first, other]) await expect(ran).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('does not ask while the broker starts again', async () => {
    const { desk, spawned } = world();
    const crew = {
      get broker(): never {
        throw new Fault('STARTING_AGAIN', 'x');
      },
      brokerChild: undefined,
    };
    const host = { ...desk.host, spawn: async () => fakeChild('worker'), link: async () => {} };
    const surveys = makeSurveys({ host, facts: desk.facts, crew, recorder: desk.recorder });
    await expect(surveys.run(instance, 'all', never)).rejects.toMatchObject({ code: 'STARTING_AGAIN' });
    expect([spawned, desk.deeds]).toEqual([[], ['call.intent', 'call.outcome']]);
  });
});

describe('end', () => {
  it('ends the survey of an instance that is another now, and no other one’s', async () => {
    const { surveys, spawned } = world(() => new Promise(() => {}));
    const ran = surveys.run(instance, 'all', never);
    const other = surveys.run(instanceOf({ id: 'east' }), 'all', never).catch(() => {});
    await vi.advanceTimersByTimeAsync(10);
    surveys.end(instance.id);
    await expect(ran).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(spawned.map(({ child }) => child.isKilled())).toEqual([true, false]);
    surveys.endAll();
    await other;
  });
});
