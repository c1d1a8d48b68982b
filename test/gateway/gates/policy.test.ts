import { describe, expect, it } from 'vitest';
import { policy } from '../../../src-gateway/gates/policy.ts';
import type { PolicyQuestion } from '../../../src-gateway/policy/policy.ts';
import type { ByPrincipal } from '../../../src-gateway/proofs.ts';
import type { Risk } from '../../../src-shared/model/risk.ts';
import { instanceOf } from '../enrolment.ts';
import { bindingTo, clientOf, msp } from '../given.ts';
import { makeWorld } from '../world.ts';

const world = await makeWorld();
const customer = world.session.customers.get('acme' as never);
const definition = world.session.tools.get('note_add')?.definition;
if (!customer || !definition) throw new Error('the fixture changed');

function ask(
  decide: (question: PolicyQuestion) => { isAllowed: boolean; policies: string[] },
  risk: Risk = 'write',
  app: ByPrincipal['app'] = clientOf(),
) {
  if (!customer || !definition) throw new Error('the fixture changed');
  const session = { ...world.session, policy: { decide } };
  const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
  const proven = { app, issuedIn: msp, session, principal, binding: bindingTo('acme'), customer };
  return policy({ ...proven, definition: { ...definition, risk }, instance: instanceOf(), owner: '12' }, world.powers);
}

describe('policy', () => {
  it('asks about exactly what earlier gates proved', () => {
    const questions: PolicyQuestion[] = [];
    const answer = ask((question) => {
      questions.push(question);
      return { isAllowed: true, policies: ['may-read'] };
    });
    expect(answer).toEqual({ ok: true, value: { policies: ['may-read'] } });
    expect(questions).toEqual([
      {
        tenant: 'msp',
        technician: 'amy',
        roles: ['technician'],
        customer: 'acme',
        tool: 'note_add',
        connector: 'halopsa',
        risk: 'write',
        client: 'assistant',
      },
    ]);
  });

  it('denies when the decision is anything but allowed', () => {
    const denied = ask(() => ({ isAllowed: false, policies: ['may-read'] }));
    expect(denied).toMatchObject({ ok: false, error: { code: 'POLICY_DENIED', gate: 'policy' } });
  });

  describe.each(['credential', 'external', 'spend', 'destructive'] as const)('of what is %s', (risk) => {
    it('denies an AI whatever the company permits, because a person must do it', () => {
      const answer = ask(() => ({ isAllowed: true, policies: ['all'] }), risk);
      expect(answer).toMatchObject({ ok: false, error: { code: 'POLICY_DENIED', gate: 'policy' } });
    });

    it('lets the operator, who is one, where the company permits it', () => {
      expect(ask(() => ({ isAllowed: true, policies: ['all'] }), risk, 'operator')).toMatchObject({ ok: true });
      expect(ask(() => ({ isAllowed: false, policies: [] }), risk, 'operator')).toMatchObject({
        ok: false,
        error: { code: 'POLICY_DENIED' },
      });
    });
  });
});
