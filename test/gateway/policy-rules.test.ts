import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src-gateway/policy/rules.ts';
import { Risk } from '../../src-shared/model/risk.ts';
import { bundleOf } from './enrolment.ts';

const groups = [{ id: 'regulated', name: 'Regulated', customers: ['zenith'] }];
const load = (policies: Record<string, string>) => loadRules(bundleOf({ policy: { policies, groups } }));
const of = (policy: string) => load({ policy });
const all = 'permit (principal, action, resource);';
const reads = 'action == Bulkhead::Action::"read"';

describe('loadRules', () => {
  it('tells what each rule says, or that it says nothing', () => {
    const { byId } = load({ all, spoken: `@says("Everybody may.") @id("x") ${all}`, other: `@note("x") ${all}` });
    expect(Object.fromEntries(byId)).toEqual({
      all: { id: 'all', says: '' },
      spoken: { id: 'spoken', says: 'Everybody may.' },
      other: { id: 'other', says: '' },
    });
  });

  it('lets a rule say three hundred characters, and not one more', () => {
    const says = (length: number) => `@says("${'x'.repeat(length)}") ${all}`;
    expect(of(says(300)).byId.get('policy')?.says).toHaveLength(300);
    expect(() => of(says(301))).toThrow(/"policy" says is longer than 300/);
  });

  it('takes the company’s own name, its customers’ and its groups’', () => {
    const own = 'resource in Bulkhead::Tenant::"msp" || resource in Bulkhead::Group::"regulated"';
    const named = 'permit (principal in Bulkhead::Role::"any-role", action, resource in Bulkhead::Customer::"acme")';
    expect(() => of(`permit (principal, action, resource) when { ${own} };`)).not.toThrow();
    expect(() => of(`${named} unless { resource == Bulkhead::Customer::"zenith" };`)).not.toThrow();
    expect(() => of('permit (principal == Bulkhead::Technician::"anybody", action, resource);')).not.toThrow();
  });

  it('tells which customers its rules name, wherever they do, and nothing else that they name', () => {
    const { named } = load({
      scope: 'permit (principal, action, resource == Bulkhead::Customer::"acme");',
      others: `@id("gone") permit (principal == Bulkhead::Technician::"amy", action, resource in Bulkhead::Group::"regulated");`,
    });
    expect([...named]).toEqual(['acme']);
    const deep = 'when { [{ a: Bulkhead::Customer::"zenith" }].contains({ a: resource }) }';
    expect([...of(`permit (principal, ${reads}, resource) ${deep};`).named]).toEqual(['zenith']);
    expect([...of(all).named]).toEqual([]);
  });

  it('takes annotations for words, whatever their names', () => {
    expect([...of(`@type("Bulkhead::Customer") @id("gone") ${all}`).named]).toEqual([]);
  });

  it('says what is wrong with a rule in few words, whatever is written in it', () => {
    const long = 'x'.repeat(1000);
    const said = (policy: string): string => {
      try {
        of(policy);
      } catch (fault) {
        return (fault as Error).message;
      }
      return 'nothing';
    };
    const name = said(`permit (principal, action, resource == Bulkhead::Customer::"${long}");`);
    expect(name).toMatch(/"policy" names Bulkhead::Customer::"x{80}", which does not exist/);
    const attribute = said(`permit (principal, ${reads}, resource) when { resource.${long} == 1 };`);
    expect(attribute).toMatch(/"policy" does not fit this version of Bulkhead: .*x{100}/);
    expect(attribute.length).toBeLessThan(400);
  });

  it.each([
    ['brackets', `permit (principal, action, resource) when { ${'('.repeat(40)}true${')'.repeat(40)} };`],
    ['operators', `permit (principal, action, resource) when { 1${'+1'.repeat(119)} > 2 };`],
    ['conditions', `permit (principal, action, resource) ${'when { true }'.repeat(41)};`],
  ])('refuses a rule of more %s in one another than Cedar bears', (_, policy) => {
    expect(() => of(policy)).toThrow(
      expect.objectContaining({
        code: 'POLICY_INVALID',
        message: expect.stringContaining('"policy"') as string,
      }) as Error,
    );
  });
});

/** The set in which a question about this action and a person of these roles is decided, were there these rules alone. */
const setOf = (policies: Record<string, string>, action: string, roles: string[] = ['technician']): string =>
  load(policies).setFor(action, roles).name;
const empty = setOf({}, 'read');

describe('setFor', () => {
  it('leaves out the rules about other actions, and no other', () => {
    const write = 'permit (principal, action == Bulkhead::Action::"write", resource);';
    const both = 'permit (principal, action in [Bulkhead::Action::"write", Bulkhead::Action::"bind"], resource);';
    const policies = { all, write, both };
    expect(setOf(policies, 'write')).not.toBe(setOf({ all, both }, 'write'));
    expect(setOf(policies, 'write')).not.toBe(setOf({ all, write }, 'write'));
    expect(setOf(policies, 'bind')).toBe(setOf({ all, both }, 'bind'));
    expect(setOf(policies, 'read')).toBe(setOf({ all }, 'read'));
    expect(setOf(policies, 'read-ledger')).toBe(setOf({ all }, 'read-ledger'));
  });

  it('takes every class of risk, and nothing else, for a call', () => {
    const calls = 'permit (principal, action in Bulkhead::Action::"call", resource);';
    for (const risk of Risk.options) expect(setOf({ calls }, risk), risk).not.toBe(empty);
    for (const other of ['bind', 'approve', 'read-ledger']) expect(setOf({ calls }, other), other).toBe(empty);
  });

  it.each([
    ['a role', 'principal in Bulkhead::Role::"lead"'],
    ['a type and a role', 'principal is Bulkhead::Technician in Bulkhead::Role::"lead"'],
  ])('leaves out the rules about %s that the person does not have', (_, principal) => {
    const lead = `permit (${principal}, action, resource);`;
    expect(setOf({ lead }, 'read', ['technician'])).toBe(empty);
    expect(setOf({ lead }, 'read', [])).toBe(empty);
    expect(setOf({ lead }, 'read', ['technician', 'lead'])).not.toBe(empty);
  });

  it.each([
    'principal',
    'principal == Bulkhead::Technician::"lead"',
    'principal in Bulkhead::Technician::"lead"',
    'principal is Bulkhead::Technician',
  ])('keeps a rule about: %s', (principal) => {
    expect(setOf({ one: `permit (${principal}, action, resource);` }, 'read', [])).not.toBe(empty);
  });

  it('decides by a role in the scope alone: one in a condition may be said against', () => {
    const no = 'permit (principal, action, resource) unless { principal in Bulkhead::Role::"lead" };';
    expect(setOf({ no }, 'read', [])).not.toBe(empty);
  });

  it('names a set by its rules and their ids, so that no two are taken for one another', () => {
    const forbid = 'forbid (principal, action, resource);';
    const names = [{ a: all }, { b: all }, { a: forbid }, { a: all, b: forbid }, { a: forbid, b: all }, {}];
    expect(new Set(names.map((policies) => setOf(policies, 'read'))).size).toBe(names.length);
  });

  it('makes the set of a question once, and remembers no more than two thousand', () => {
    const { setFor } = of(all);
    const first = setFor('read', ['role-0']);
    for (let role = 1; role < 2000; role += 1) setFor('read', [`role-${role}`]);
    expect(setFor('read', ['role-0'])).toBe(first);
    setFor('read', ['role-2000']);
    expect(setFor('read', ['role-0'])).not.toBe(first);
    expect(setFor('read', ['role-0']).name).toBe(first.name);
  });

  it('tells two actions, and two ways to have roles, apart', () => {
    const lead = 'permit (principal in Bulkhead::Role::"lead", action == Bulkhead::Action::"read", resource);';
    const { setFor } = of(lead);
    const names = [['read', 'lead'], ['write', 'lead'], ['read'], ['read', 'technician', 'lead']].map(
      ([action = '', ...roles]) => setFor(action, roles).name !== empty,
    );
    expect(names).toEqual([true, false, false, true]);
  });
});

describe('reads', () => {
  const members = ['tool', 'connector', 'client', 'assigned', 'approvals', 'cross', 'weekday', 'minute'];
  const read = (policies: Record<string, string>, action = 'read', roles = ['technician']) =>
    members.filter(load(policies).setFor(action, roles).reads);
  const when = (condition: string) => ({ one: `permit (principal, ${reads}, resource) when { ${condition} };` });

  it('knows nothing of rules that ask for nothing', () => {
    expect(read({})).toEqual([]);
    expect(read({ all })).toEqual([]);
    expect(read(when('resource.tenant == principal.tenant && "context.minute" != "context"'))).toEqual([]);
  });

  it('knows the members that each rule of the set names, and those of no other rule', () => {
    const two = {
      ...when('context.tool == "x"'),
      two: `forbid (principal, ${reads}, resource) unless { context.cross };`,
    };
    const others = {
      write: 'permit (principal, action == Bulkhead::Action::"write", resource) when { context.minute > 1 };',
      lead: `permit (principal in Bulkhead::Role::"lead", ${reads}, resource) when { context.weekday > 1 };`,
    };
    expect(read({ ...two, ...others })).toEqual(['tool', 'cross']);
    expect(read({ ...two, ...others }, 'read', ['lead'])).toEqual(['tool', 'cross', 'weekday']);
    expect(read({ ...two, ...others }, 'write')).toEqual(['minute']);
  });

  it('takes a record’s members for what they are, whatever their names', () => {
    expect(read(when('{ Var: "context", left: context.tool, attr: "minute" }.left == "x"'))).toEqual(['tool']);
  });

  it.each([
    'context == context',
    '[context].contains(context)',
    '{ a: context }.a.minute > 1',
    '(if context.cross then context else context).minute > 1',
  ])('takes every member for read where the context is used as a whole: %s', (condition) => {
    expect(read(when(condition))).toEqual(members);
  });
});
