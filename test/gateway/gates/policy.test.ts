import { describe, expect, it } from 'vitest';
import type { AskedCall } from '../../../src-gateway/approvals/asked-call.ts';
import type { Claim } from '../../../src-gateway/approvals/claim.ts';
import { policy } from '../../../src-gateway/gates/policy.ts';
import type { CallQuestion, DecideQuestion, Judgement } from '../../../src-gateway/policy/policy.ts';
import type { ByPrincipal } from '../../../src-gateway/proofs.ts';
import type { DenialCode } from '../../../src-shared/model/denial.ts';
import { instanceOf, testNow } from '../enrolment.ts';
import { bindingTo, caller, clientOf, msp } from '../given.ts';
import { makeWorld } from '../world.ts';

const world = await makeWorld();
const customer = world.session.customers.get('acme' as never);
const definition = world.session.tools.get('note_add')?.definition;
if (!customer || !definition) throw new Error('the fixture changed');

const app = clientOf();
const rule = { id: 'writes-ask', says: 'A person approves what is written.' };
const use = () => true;

interface Given {
  readonly judge?: (question: CallQuestion) => Judgement;
  readonly mayApprove?: (question: DecideQuestion) => boolean;
  readonly claim?: (asked: AskedCall) => Claim;
  readonly ran?: (asked: AskedCall) => void;
  readonly app?: ByPrincipal['app'];
  readonly cross?: string;
}

/** What the gate answers, and whom it asked. Nobody may be asked unless the test says what they answer. */
async function ask({
  judge = asks,
  mayApprove = () => true,
  claim = nobody,
  ran = () => {},
  app: by = app,
  cross,
}: Given) {
  if (!customer || !definition) throw new Error('the fixture changed');
  const mayDecide = (right: string, question: DecideQuestion) => ({
    isAllowed: right === 'approve' && mayApprove(question),
    because: [],
  });
  const session = { ...world.session, policy: { ...world.session.policy, judge, mayDecide } };
  const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
  const call = {
    caller,
    tool: 'note_add',
    arguments: { customer: 'ACME-1', id: 1 },
    app: by,
    issuedIn: msp,
    session,
    principal,
    binding: bindingTo('acme'),
    customer,
    definition,
    instance: instanceOf(),
    owner: '12',
    ...(cross === undefined ? {} : { cross }),
  };
  return policy(call, { ...world.powers, approvals: { claim: async (asked) => claim(asked), ran } });
}

const asks = (): Judgement => ({ verdict: 'asks', because: [rule] });
const asksTwo = (): Judgement => ({ verdict: 'asks-two', because: [rule] });
const nobody = (): never => {
  throw new Error('somebody was asked');
};

describe('policy', () => {
  it('asks about exactly what earlier gates proved', async () => {
    const questions: CallQuestion[] = [];
    const answer = await ask({
      judge: (question) => {
        questions.push(question);
        return { verdict: 'runs', because: [rule] };
      },
      cross: 'CROSS-1',
    });
    expect(answer).toEqual({ ok: true, value: { because: [rule], use: expect.any(Function) } });
    expect(questions).toEqual([
      {
        person: { id: 'amy', roles: ['technician'] },
        customer: 'acme',
        tool: 'note_add',
        connector: 'halopsa',
        risk: 'write',
        client: 'assistant',
        isCross: true,
        now: testNow,
      },
    ]);
  });

  it('says of the operator that it is one, and of a call for one customer that it is for one', async () => {
    const questions: CallQuestion[] = [];
    await ask({
      judge: (question) => {
        questions.push(question);
        return { verdict: 'runs', because: [rule] };
      },
      app: 'operator',
    });
    expect(questions).toMatchObject([{ client: 'operator', isCross: false }]);
  });

  it('asks whether a person may approve their own only where policy asks for one, and about this very call', async () => {
    const questions: DecideQuestion[] = [];
    const mayApprove = (question: DecideQuestion): boolean => {
      questions.push(question);
      return true;
    };
    await ask({ judge: () => ({ verdict: 'runs', because: [rule] }), app: 'operator', mayApprove });
    expect(questions).toEqual([]);
    expect(await ask({ app: 'operator', mayApprove })).toMatchObject({ ok: true });
    expect(questions).toEqual([
      {
        person: { id: 'amy', roles: ['technician'] },
        customer: 'acme',
        tool: 'note_add',
        connector: 'halopsa',
        risk: 'write',
        client: 'operator',
        isOwn: true,
        now: testNow,
      },
    ]);
  });

  it('takes the words of the first rule that has some, and the usual ones where none has', async () => {
    const mute = { id: 'mute', says: '' };
    const refusal = async (because: Judgement['because']) => {
      const answer = await ask({ judge: () => ({ verdict: 'denied', because }) });
      return answer.ok ? undefined : answer.error.reason;
    };
    expect(await refusal([mute, rule])).toBe(rule.says);
    expect(await refusal([mute])).toBe("The company's policy does not allow this for this technician.");
  });

  it('lets what runs run without asking anybody', async () => {
    const told: AskedCall[] = [];
    const answer = await ask({ judge: () => ({ verdict: 'runs', because: [rule] }), ran: (call) => told.push(call) });
    expect(told).toEqual([]);
    expect(answer.ok && answer.value.use()).toBe(true);
    expect(told).toMatchObject([{ app, arguments: { customer: 'ACME-1', id: 1 } }]);
  });

  it('denies in the words of the rule that forbids, and names it', async () => {
    expect(await ask({ judge: () => ({ verdict: 'denied', because: [rule] }) })).toEqual({
      ok: false,
      error: {
        code: 'POLICY_DENIED',
        gate: 'policy',
        reason: 'A person approves what is written.',
        remedy: 'Ask a manager if this should be allowed.',
        because: [rule],
      },
    });
    expect(await ask({ judge: () => ({ verdict: 'denied', because: [] }) })).toMatchObject({
      error: { reason: "The company's policy does not allow this for this technician.", because: [] },
    });
  });

  it.each([
    ['one person', asks, 1],
    ['two', asksTwo, 2],
  ] as const)('asks %s about an AI’s call, with all of it', async (_, judge, needed) => {
    const asked: AskedCall[] = [];
    await ask({ judge, claim: (call) => (asked.push(call), { state: 'pending' }) });
    expect(asked).toEqual([
      {
        session: expect.anything(),
        principal: expect.objectContaining({ id: 'amy' }),
        app,
        binding: bindingTo('acme'),
        customer,
        definition,
        instance: instanceOf(),
        owner: '12',
        risk: 'write',
        arguments: { customer: 'ACME-1', id: 1 },
        because: [rule],
        needed,
        present: undefined,
      },
    ]);
  });

  it('passes with the approval, and with the standing approval, and leaves the use to whoever makes the call', async () => {
    expect(await ask({ claim: () => ({ state: 'approved', approval: 'ap-1' as never, use }) })).toEqual({
      ok: true,
      value: { because: [rule], approval: 'ap-1', use },
    });
    expect(await ask({ claim: () => ({ state: 'standing', standing: 'st-1' as never, use }) })).toEqual({
      ok: true,
      value: { because: [rule], standing: 'st-1', use },
    });
  });

  it.each([
    [{ state: 'pending', approval: 'ap-1' as never }, 'APPROVAL_PENDING', 'ap-1'],
    [{ state: 'pending' }, 'APPROVAL_PENDING', undefined],
    [{ state: 'full' }, 'APPROVAL_PENDING', undefined],
    [{ state: 'denied', approval: 'ap-1' as never }, 'APPROVAL_DENIED', 'ap-1'],
    [{ state: 'expired', approval: 'ap-1' as never, isFinal: false }, 'APPROVAL_EXPIRED', 'ap-1'],
    [{ state: 'expired', approval: 'ap-1' as never, isFinal: true }, 'APPROVAL_EXPIRED', 'ap-1'],
    [{ state: 'changed' }, 'POLICY_DENIED', undefined],
    [{ state: 'unproven' }, 'OWNERSHIP_UNPROVEN', undefined],
    [{ state: 'unrecorded' }, 'AUDIT_UNAVAILABLE', undefined],
  ] as [Claim, DenialCode, string | undefined][])('denies %j with %s', async (claim, code, approval) => {
    const answer = await ask({ claim: () => claim });
    expect(answer).toMatchObject({ ok: false, error: { code, because: [rule] } });
    expect(!answer.ok && answer.error.approval).toBe(approval);
    expect(!answer.ok && 'approval' in answer.error).toBe(approval !== undefined);
  });

  it('says what can be done about each denial that has the same code', async () => {
    const claims: Claim[] = [
      { state: 'changed' },
      { state: 'pending' },
      { state: 'full' },
      { state: 'expired', approval: 'ap-1' as never, isFinal: false },
      { state: 'expired', approval: 'ap-1' as never, isFinal: true },
    ];
    const remedies = await Promise.all(
      claims.map(async (claim) => {
        const answer = await ask({ claim: () => claim });
        return answer.ok ? 'none' : answer.error.remedy;
      }),
    );
    expect(new Set(remedies).size).toBe(claims.length);
  });

  describe('of the operator', () => {
    const own = { app: 'operator' as const };

    it('asks nobody where policy lets them approve their own: the call is before their eyes', async () => {
      const questions: DecideQuestion[] = [];
      const answer = await ask({ ...own, mayApprove: (question) => questions.push(question) > 0 });
      expect(answer).toMatchObject({ ok: true, value: { because: [rule] } });
      expect(questions).toEqual([
        {
          person: { id: 'amy', roles: ['technician'] },
          customer: 'acme',
          tool: 'note_add',
          connector: 'halopsa',
          risk: 'write',
          client: 'operator',
          isOwn: true,
          now: testNow,
        },
      ]);
    });

    it('asks another where it does not, and counts nobody as present', async () => {
      const asked: AskedCall[] = [];
      await ask({ ...own, mayApprove: () => false, claim: (call) => (asked.push(call), { state: 'pending' }) });
      expect(asked).toMatchObject([{ app: 'operator', needed: 1, present: undefined }]);
    });

    it('asks a second person where two are needed, and counts them as the first', async () => {
      const asked: AskedCall[] = [];
      await ask({ ...own, judge: asksTwo, claim: (call) => (asked.push(call), { state: 'pending' }) });
      expect(asked).toMatchObject([{ needed: 2, present: { id: 'amy', name: 'Amy Kowalski' } }]);
    });
  });
});
