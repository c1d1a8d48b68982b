import { beforeEach, describe, expect, it } from 'vitest';
import { hold, viewOf } from '../../../src-gateway/approvals/held-call.ts';
import type { DecideQuestion } from '../../../src-gateway/policy/policy.ts';
import { Approval } from '../../../src-shared/model/approval.ts';
import { type Desk, makeDesk } from './desk.ts';

const terms = { id: 'ap-0000000000000001' as never, fingerprint: 'a'.repeat(64), ranAt: null };
let desk: Desk;
let asked: [string, DecideQuestion][];
beforeEach(() => {
  desk = makeDesk();
  asked = [];
  desk.may = (right, question) => asked.push([right, question]) > 0;
});
const moment = () => ({ at: desk.time.clock, now: desk.time.now });
const held = (...given: Parameters<Desk['call']>) => hold(desk.call(...given), terms, moment());

describe('hold', () => {
  const question = {
    person: { id: 'amy', roles: ['technician'] },
    customer: 'acme',
    tool: 'note_add',
    connector: 'halopsa',
    risk: 'write',
    client: 'assistant',
    isOwn: true,
    now: Date.parse('2026-11-21T12:00:00.000Z'),
  };

  it('asks policy whether whoever is signed in may approve calls like it for a while', () => {
    expect(held().mayStand).toBe(true);
    expect(asked).toEqual([['stand', question]]);
  });

  it('asks it so about the operator’s own call, which is shown as theirs', () => {
    const own = held({ app: 'operator' });
    expect(asked).toEqual([['stand', { ...question, client: 'operator' }]]);
    expect([own.caller, own.client]).toEqual(['operator', 'operator']);
  });

  it('does not ask it where calls never stand', () => {
    expect([held({ risk: 'destructive' }), held({ needed: 2 })].map(({ mayStand }) => mayStand)).toEqual([
      false,
      false,
    ]);
    expect(asked).toEqual([]);
  });
});

describe('viewOf', () => {
  it('is what the contract says from the first moment on', () => {
    const view = viewOf(held({ present: { id: 'amy', name: 'Amy Kowalski' } }), moment());
    expect(Approval.parse(view)).toEqual(view);
    expect(view.state).toBe('pending');
  });
});
