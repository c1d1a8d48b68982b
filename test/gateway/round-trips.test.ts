import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { denied } from '../../src-gateway/denied.ts';
import type { Received } from '../../src-gateway/proofs.ts';
import { type NotYet, RoundTrips } from '../../src-gateway/round-trips.ts';
import { deny } from '../../src-shared/model/denial.ts';
import type { ToolAnswer } from '../../src-shared/model/tool-answer.ts';
import { callOf, hashOf, never } from './given.ts';

const mine = 'ap-00000000000000aa';
const others = 'ap-00000000000000bb';
const done: ToolAnswer = {
  customer: 'ACME-1',
  records: [],
  dropped: 0,
  redacted: 0,
  provenance: { connector: 'halopsa', trust: 'untrusted' },
  auditRef: '3',
};
const pending = (approval?: string): ToolAnswer =>
  denied(deny('APPROVAL_PENDING', approval === undefined ? {} : { approval }), '1');

let waits: RoundTrips;
/** What was waited for, and what ends each wait. */
let waited: { id: string; ms: number; end: (isPending: boolean) => void }[];
let calls: number;
let answers: ToolAnswer;
beforeEach(() => {
  vi.useFakeTimers();
  waited = [];
  calls = 0;
  answers = pending(mine);
  waits = new RoundTrips({
    settled: (id, _, ms) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waited.push({ id, ms, end: resolve });
      setTimeout(() => resolve(true), ms);
      return promise;
    },
  });
});
afterEach(() => vi.useRealTimers());

const ask = (state?: string, received: Received = callOf('note_add', { id: 1 }), signal = never) =>
  waits.answer(received, { state, signal }, async () => {
    calls += 1;
    return answers;
  });
const stateOf = (answer: ToolAnswer | NotYet): string => ('state' in answer ? answer.state : '');
const first = async () => stateOf(await ask());

describe('answer', () => {
  it('tells a call that waits for people to come back, with a text that names its approval', async () => {
    expect(await first()).toMatch(/^ap-00000000000000aa\.1\.[A-Za-z0-9_-]{43}$/);
    expect([calls, waited]).toEqual([1, []]);
  });

  it('hands every other answer through', async () => {
    for (const answer of [done, denied(deny('APPROVAL_DENIED'), '1'), denied(deny('POLICY_DENIED'), '1'), pending()]) {
      answers = answer;
      expect(await ask()).toBe(answer);
    }
  });

  it('holds the call that comes back until people have decided, and then makes it', async () => {
    const state = await first();
    const answer = ask(state);
    await vi.advanceTimersByTimeAsync(24_000);
    expect([calls, waited.map(({ id, ms }) => [id, ms])]).toEqual([1, [[mine, 25_000]]]);
    answers = done;
    waited[0]?.end(false);
    expect(await answer).toBe(done);
    expect(calls).toBe(2);
  });

  it('says in words that a person denied it', async () => {
    const answer = ask(await first());
    answers = denied(deny('APPROVAL_DENIED', { approval: mine }), '2');
    await vi.advanceTimersByTimeAsync(0);
    waited[0]?.end(false);
    expect(await answer).toBe(answers);
  });

  it('asks it to come back once more while nobody decided, without making the call, so that nothing is asked again', async () => {
    const answer = ask(await first());
    await vi.advanceTimersByTimeAsync(25_000);
    expect(stateOf(await answer)).toMatch(/^ap-00000000000000aa\.2\./);
    expect(calls).toBe(1);
  });

  it('ends in words before a client gives up by itself', async () => {
    let answer = await ask();
    let rounds = 0;
    for (; 'state' in answer; rounds += 1) {
      const next = ask(answer.state);
      await vi.advanceTimersByTimeAsync(25_000);
      answer = await next;
    }
    expect([rounds, answer, calls]).toEqual([8, pending(mine), 2]);
  });

  it('begins anew when the call waits for another approval by now', async () => {
    const answer = ask(await first());
    answers = pending(others);
    await vi.advanceTimersByTimeAsync(0);
    waited[0]?.end(false);
    expect(stateOf(await answer)).toMatch(/^ap-00000000000000bb\.1\./);
  });

  it('makes nothing for a caller that went away while it was held', async () => {
    const gone = new AbortController();
    const answer = ask(await first(), callOf('note_add', { id: 1 }), gone.signal);
    await vi.advanceTimersByTimeAsync(0);
    answers = done;
    gone.abort();
    waited[0]?.end(false);
    await answer;
    expect(calls).toBe(1);
  });

  it('holds sixteen calls of a caller at a time, and answers the others in words', async () => {
    const state = await first();
    const held = Array.from({ length: 16 }, () => ask(state));
    expect(await ask(state)).toEqual(pending(mine));
    expect(waited.length).toBe(16);
    const other = { ...callOf('note_add', { id: 1 }), caller: { kind: 'client' as const, tokenHash: hashOf('b') } };
    const theirs = ask(stateOf(await ask(undefined, other)), other);
    expect(waited.length).toBe(17);
    await vi.advanceTimersByTimeAsync(25_000);
    await Promise.all([...held, theirs]);
    void ask(state);
    expect(waited.length).toBe(18);
  });
});

describe('a state', () => {
  it.each([
    ['made up', () => `${mine}.1.${'A'.repeat(43)}`],
    ['with another round', (state: string) => state.replace('.1.', '.2.')],
    ['of another approval', (state: string) => state.replace(mine, others)],
    ['cut short', (state: string) => state.slice(0, -1)],
    ['with more after it', (state: string) => `${state}A`],
    ['empty', () => ''],
    ['not ours at all', () => '{"approved":true}'],
  ])('that is %s is as good as none', async (_, forge) => {
    const forged = forge(await first());
    const answer = await ask(forged);
    expect([waited, calls]).toEqual([[], 2]);
    expect(stateOf(answer)).toMatch(/^ap-00000000000000aa\.1\./);
  });

  it.each<[string, Received]>([
    ['another caller', { ...callOf('note_add', { id: 1 }), caller: { kind: 'client', tokenHash: hashOf('b') } }],
    ['another tool', callOf('note_edit', { id: 1 })],
    ['other arguments', callOf('note_add', { id: 2 })],
    ['another customer', callOf('note_add', { id: 1, customer: 'ZEN-2' })],
    ['arguments that have no canonical text', callOf('note_add', { id: '\ud800' })],
  ])('holds nothing for %s', async (_, received) => {
    const state = await first();
    await ask(state, received);
    expect([waited, calls]).toEqual([[], 2]);
  });

  it('of an earlier start is as good as none', async () => {
    const state = await first();
    waits = new RoundTrips({ settled: () => Promise.reject(new Error('waited')) });
    expect(stateOf(await ask(state))).toMatch(/\.1\./);
  });
});
