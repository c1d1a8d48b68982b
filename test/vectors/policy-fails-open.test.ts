// Attack: a rule that forbids is made to fail. Cedar skips a policy that cannot be evaluated, so a `forbid` that errors forbids
// nothing and a permit beside it stands alone. Whoever can bring an error about could then do what the rule is there to stop.
import { statefulIsAuthorized, preparsePolicySet } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { issuer, makeWorld, openSession } from '../gateway/world.ts';

const permit = 'permit (principal, action in Bulkhead::Action::"call", resource);';
/** Valid by the schema, and an overflow for whoever works late: an error that only an evaluation meets. */
const forbid = `forbid (principal, action in Bulkhead::Action::"call", resource)
  when { context.minute * 9223372036854775807 > 0 };`;

describe('a rule that cannot be evaluated', () => {
  it('is skipped by Cedar, which then allows', () => {
    const uid = (type: string) => ({ type, id: 'x' });
    preparsePolicySet('fails-open', { staticPolicies: { permit, forbid } });
    const answer = statefulIsAuthorized({
      principal: uid('Bulkhead::Technician'),
      action: { type: 'Bulkhead::Action', id: 'read' },
      resource: uid('Bulkhead::Customer'),
      context: { minute: 720 },
      preparsedPolicySetId: 'fails-open',
      entities: [
        {
          uid: { type: 'Bulkhead::Action', id: 'read' },
          attrs: {},
          parents: [{ type: 'Bulkhead::Action', id: 'call' }],
        },
      ],
    });
    expect(answer).toMatchObject({ type: 'success', response: { decision: 'allow' } });
  });

  it('denies every call here, and the entry names it', async () => {
    const enrolment = await issuer.enrol({ bundle: { policy: { policies: { permit, forbid } } } });
    const world = await makeWorld({ enrolment });
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    const answer = await callTool(callOf(), world.powers, never);
    expect(answer).toMatchObject({ denied: true, gate: 'policy', code: 'POLICY_DENIED' });
    expect(world.dispatched).toEqual([]);
    expect(world.entries).toMatchObject([{ kind: 'call.denied', decision: { policies: ['forbid'] } }]);
  });

  it.each([
    ['names an unknown group, and so would forbid nothing', 'resource in Bulkhead::Group::"regulatd"'],
    ['names an unknown customer', 'resource == Bulkhead::Customer::"acm"'],
  ])('is refused before it can be one: it %s', async (_, resource) => {
    const policies = { permit, forbid: `forbid (principal, action, ${resource});` };
    await expect(
      openSession({ enrolment: await issuer.enrol({ bundle: { policy: { policies } } }) }),
    ).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });
});
