import { describe, expect, it } from 'vitest';
import { askCedar, type Question } from '../../src-gateway/policy/ask-cedar.ts';
import { loadRules } from '../../src-gateway/policy/rules.ts';
import { bundleOf } from './enrolment.ts';

const right: Question = {
  tenant: 'msp',
  person: { id: 'amy', roles: ['technician'] },
  action: 'read-ledger',
  customer: null,
  context: { weekday: 6, minute: 720 },
};
const all = 'permit (principal, action, resource);';

function ask(policies: Record<string, string>, question: Question = right) {
  const rules = loadRules(bundleOf({ policy: { policies } }));
  return askCedar(rules, rules.setFor(question.action, question.person.roles), question);
}

const many = (text: string) => Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`rule-${at}`, text]));

describe('askCedar', () => {
  it('answers with the rules that decided, and what they say', () => {
    const says = `@says("Everybody may look.") ${all}`;
    const because = [{ id: 'all', says: 'Everybody may look.' }];
    expect(ask({ all: says })).toEqual({ isAllowed: true, isBroken: false, because });
    expect(ask({})).toEqual({ isAllowed: false, isBroken: false, because: [] });
  });

  it('is a no that asking otherwise cannot change, when the question does not fit the schema', () => {
    for (const context of [{}, { ...right.context, approvals: 1 }, { ...right.context, minute: 'noon' }]) {
      expect(ask({ all }, { ...right, context })).toEqual({ isAllowed: false, isBroken: true, because: [] });
    }
    expect(ask({ all }, { ...right, customer: { id: 'acme', groups: [] } })).toMatchObject({ isBroken: true });
    expect(ask({ all }, { ...right, action: 'call' })).toMatchObject({ isBroken: true });
  });

  it('names no more rules than an entry of the ledger can, whether they permit, forbid or break', () => {
    const overflow = 'when { context.minute * 9223372036854775807 > 0 };';
    expect(ask(many(all)).because).toHaveLength(50);
    expect(ask({ all, ...many('forbid (principal, action, resource);') })).toMatchObject({ isAllowed: false });
    expect(ask({ all, ...many('forbid (principal, action, resource);') }).because).toHaveLength(50);
    const broken = ask({ all, ...many(`forbid (principal, action, resource) ${overflow}`) });
    expect(broken).toMatchObject({ isAllowed: false, isBroken: true });
    expect(broken.because).toHaveLength(50);
  });

  it('names a rule by its id when nobody described it', () => {
    const rules = { ...loadRules(bundleOf({ policy: { policies: { all } } })), byId: new Map() };
    const because = [{ id: 'all', says: '' }];
    expect(askCedar(rules, rules.setFor('read-ledger', []), right)).toEqual({
      isAllowed: true,
      isBroken: false,
      because,
    });
  });

  it('says of a company that it is the person’s own, and no customer', () => {
    const asked = (resource: string) =>
      ask({ one: `permit (principal, action == Bulkhead::Action::"read-ledger", resource) when { ${resource} };` });
    expect(asked('resource == principal.tenant')).toMatchObject({ isAllowed: true });
    expect(asked('resource in principal.tenant')).toMatchObject({ isAllowed: true });
    expect(asked('resource != principal.tenant')).toMatchObject({ isAllowed: false });
  });

  it('says of a customer its company, and its groups alone', () => {
    const question: Question = { ...right, action: 'bind', context: { ...right.context, assigned: true } };
    const asked = (condition: string, groups: string[]) => {
      const policies = {
        one: `permit (principal, action == Bulkhead::Action::"bind", resource) when { ${condition} };`,
      };
      const given = [
        { id: 'a', name: 'A', customers: [] },
        { id: 'b', name: 'B', customers: [] },
      ];
      const rules = loadRules(bundleOf({ policy: { policies, groups: given } }));
      const about = { ...question, customer: { id: 'acme', groups } };
      return askCedar(rules, rules.setFor('bind', ['technician']), about).isAllowed;
    };
    expect(asked('resource.tenant == principal.tenant && resource in principal.tenant', [])).toBe(true);
    const inA = 'resource in Bulkhead::Group::"a"';
    expect([[], ['a'], ['b'], ['b', 'a'], ['a', 'a']].map((groups) => asked(inA, groups))).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
  });
});
