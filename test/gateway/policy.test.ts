import { describe, expect, it } from 'vitest';
import { loadPolicy, type PolicyQuestion } from '../../src-gateway/policy/policy.ts';
import { Risk } from '../../src-shared/model/risk.ts';

const question: PolicyQuestion = {
  tenant: 'msp',
  technician: 'amy',
  roles: ['technician'],
  customer: 'acme',
  tool: 'ticket_list',
  connector: 'halopsa',
  risk: 'read',
  client: 'assistant',
};
let last = 0;
const load = (policies: Record<string, string>) => loadPolicy(`test@${(last += 1)}`, policies);
const ask = (policies: Record<string, string>, change: Partial<PolicyQuestion> = {}) =>
  load(policies).decide({ ...question, ...change });
const all = 'permit (principal, action, resource);';

describe('loadPolicy', () => {
  it('denies by default', () => {
    expect(ask({})).toEqual({ isAllowed: false, policies: [] });
  });

  it('names the policies that decided by their own ids', () => {
    expect(ask({ 'may-read': all })).toEqual({ isAllowed: true, policies: ['may-read'] });
  });

  it('lets a forbid win over every permit', () => {
    const never = 'forbid (principal, action, resource) when { context.client == "assistant" };';
    expect(ask({ all, never })).toEqual({ isAllowed: false, policies: ['never'] });
    expect(ask({ all, never }, { client: 'other' })).toMatchObject({ isAllowed: true });
  });

  it('takes risk as the action, customer as the resource, and roles as groups of the technician', () => {
    const policies = {
      writes: `permit (principal in Bulkhead::Role::"lead", action == Bulkhead::Action::"write",
        resource == Bulkhead::Customer::"acme") when { context.tool == "note_add" };`,
    };
    const right = { roles: ['lead'], risk: 'write', tool: 'note_add' } as const;
    expect(ask(policies, right)).toMatchObject({ isAllowed: true });
    for (const wrong of [{ roles: ['technician'] }, { risk: 'read' }, { customer: 'zenith' }, { tool: 'x' }] as const) {
      expect(ask(policies, { ...right, ...wrong }), JSON.stringify(wrong)).toMatchObject({ isAllowed: false });
    }
  });

  it('denies when a forbid cannot be evaluated, though Cedar itself would then allow', () => {
    // Cedar skips a policy that errors: without our own rule this permit would stand alone. An overflow is an error that
    // the schema cannot foresee.
    const policies = {
      all,
      never: 'forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };',
    };
    expect(ask(policies)).toEqual({ isAllowed: false, policies: ['all'] });
  });

  it('denies when any policy cannot be evaluated, a permit too', () => {
    const broken = 'permit (principal, action, resource) when { 9223372036854775807 + 1 > 0 };';
    expect(ask({ all, broken }).isAllowed).toBe(false);
  });

  it.each([
    ['does not parse', 'permit (principal'],
    ['names an attribute that does not exist', 'forbid (principal, action, resource) when { resource.secret == "x" };'],
    ['names an action that does not exist', 'permit (principal, action == Bulkhead::Action::"fly", resource);'],
    ['names a type that does not exist', 'permit (principal in Evil::Group::"x", action, resource);'],
    ['compares what can never be equal', 'forbid (principal, action, resource) unless { context.tool == 1 };'],
    ['holds two policies', `${all} ${all}`],
    ['is a template', 'permit (principal == ?principal, action, resource);'],
    ['is empty', ''],
  ])('refuses a set in which one %s', (_, text) => {
    expect(() => load({ all, text })).toThrow(expect.objectContaining({ code: 'POLICY_INVALID' }) as Error);
  });

  it('denies a question that does not fit the schema', () => {
    expect(ask({ all }, { risk: 'fly' as Risk })).toEqual({ isAllowed: false, policies: [] });
    expect(ask({ all }, { tool: 5 as never })).toEqual({ isAllowed: false, policies: [] });
  });

  it('has a schema that knows every risk class', () => {
    for (const risk of Risk.options) expect(ask({ all }, { risk }), risk).toMatchObject({ isAllowed: true });
  });

  it('cannot be talked into another answer by a name', () => {
    const policies = { one: 'permit (principal, action, resource == Bulkhead::Customer::"acme");' };
    for (const customer of ['acme"', 'acme\\', '"acme', 'acme" || true', 'ACME', 'acme\0']) {
      expect(ask(policies, { customer }), customer).toMatchObject({ isAllowed: false });
    }
  });

  it('remembers an answer for its own question and its own policies only', () => {
    const mine = load({ mine: 'permit (principal == Bulkhead::Technician::"amy", action, resource);' });
    expect(mine.decide(question).isAllowed).toBe(true);
    expect(mine.decide({ ...question, technician: 'sam' }).isAllowed).toBe(false);
    expect(mine.decide(question).isAllowed).toBe(true);
    expect(load({}).decide(question).isAllowed).toBe(false);
  });
});
