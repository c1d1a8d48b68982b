import { describe, expect, it } from 'vitest';
import {
  type CallQuestion,
  type DecideQuestion,
  loadPolicy,
  type Policy,
  type RightQuestion,
} from '../../src-gateway/policy/policy.ts';
import type { CallLimit } from '../../src-shared/model/bundle.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { CustomerRight, Right } from '../../src-shared/model/right.ts';
import { needsPerson, Risk } from '../../src-shared/model/risk.ts';
import { bundleOf, testNow } from './enrolment.ts';

const acme = CustomerId.parse('acme');
const zenith = CustomerId.parse('zenith');
const amy = { id: 'amy', roles: ['technician'] };
const call: CallQuestion = {
  person: amy,
  customer: acme,
  tool: 'ticket_list',
  connector: 'halopsa',
  risk: 'read',
  client: 'assistant',
  isCross: false,
  now: testNow,
};
const waiting: DecideQuestion = {
  person: amy,
  customer: acme,
  tool: 'order',
  connector: 'pax8',
  risk: 'spend',
  client: 'assistant',
  isOwn: true,
  now: testNow,
};

type Policies = Record<string, string>;
const load = (policies: Policies, more: object = {}): Policy => loadPolicy(bundleOf({ policy: { policies, ...more } }));
const judge = (policies: Policies, change: Partial<CallQuestion> = {}, more: object = {}) =>
  load(policies, more).judge({ ...call, ...change });
const mayDecide = (right: 'approve' | 'stand', policies: Policies, change: Partial<DecideQuestion> = {}) =>
  load(policies).mayDecide(right, { ...waiting, ...change });
const may = (right: Right | CustomerRight, policies: Policies, change: Partial<RightQuestion> = {}) =>
  load(policies).may(right, { person: amy, now: testNow, ...change });

const all = 'permit (principal, action, resource);';
const overflow = '9223372036854775807 + 1 > 0'; // An error that no schema can foresee.
const runs = { verdict: 'runs', because: [{ id: 'all', says: '' }] };
const nobody = { verdict: 'denied', because: [] };

describe('judge', () => {
  it('denies by default', () => {
    expect(judge({})).toEqual(nobody);
  });

  it('names the rules that decided by their own ids, and what they say', () => {
    const says = `@says("Technicians may read.")\n${all}`;
    expect(judge({ 'may-read': says })).toEqual({
      verdict: 'runs',
      because: [{ id: 'may-read', says: 'Technicians may read.' }],
    });
    expect(judge({ all })).toEqual(runs);
  });

  it('lets a forbid win over every permit, however many persons approve', () => {
    const never = `@says("Not with this app.")
      forbid (principal, action in Bulkhead::Action::"call", resource) when { context.client == "assistant" };`;
    expect(judge({ all, never })).toEqual({
      verdict: 'denied',
      because: [{ id: 'never', says: 'Not with this app.' }],
    });
    expect(judge({ all, never }, { client: 'other' })).toEqual(runs);
  });

  it('takes risk as the action, customer as the resource, and roles as groups of the technician', () => {
    const policies = {
      writes: `permit (principal in Bulkhead::Role::"lead", action == Bulkhead::Action::"write",
        resource == Bulkhead::Customer::"acme") when { context.tool == "note_add" };`,
    };
    const lead = { id: 'amy', roles: ['lead'] };
    const right = { person: lead, risk: 'write', tool: 'note_add' } as const;
    expect(judge(policies, right).verdict).toBe('runs');
    for (const wrong of [{ person: amy }, { risk: 'read' }, { customer: zenith }, { tool: 'x' }] as const) {
      expect(judge(policies, { ...right, ...wrong }), JSON.stringify(wrong)).toEqual(nobody);
    }
  });

  it('has a schema that knows every risk class, and asks one person at least for what is a person’s', () => {
    for (const risk of Risk.options) {
      expect(judge({ all }, { risk }), risk).toEqual({ ...runs, verdict: needsPerson(risk) ? 'asks' : 'runs' });
    }
  });

  it('asks for the least number of persons that is permitted, and names what keeps it from running without', () => {
    const one = 'permit (principal, action == Bulkhead::Action::"write", resource) when { context.approvals >= 1 };';
    expect(judge({ one }, { risk: 'write' })).toEqual({ verdict: 'asks', because: [{ id: 'one', says: '' }] });
    const two = `@says("Two for Acme.") forbid (principal, action in Bulkhead::Action::"call",
      resource == Bulkhead::Customer::"acme") unless { context.approvals >= 2 };`;
    const because = [
      { id: 'all', says: '' },
      { id: 'two', says: 'Two for Acme.' },
    ];
    for (const risk of Risk.options) {
      expect(judge({ all, two }, { risk }), risk).toEqual({ verdict: 'asks-two', because });
    }
    expect(judge({ all, two }, { customer: zenith })).toEqual(runs);
    const three = 'permit (principal, action in Bulkhead::Action::"call", resource) when { context.approvals >= 3 };';
    expect(judge({ three })).toEqual(nobody);
  });

  it('knows who is assigned to whom: by name or role, singly, in a group, or to everyone', () => {
    const assigned = 'permit (principal, action == Bulkhead::Action::"read", resource) when { context.assigned };';
    const groups = [{ id: 'regulated', name: 'Regulated', customers: ['zenith'] }];
    const verdicts = (assignments: object[]) => {
      const policy = load({ assigned }, { groups, assignments });
      return [acme, zenith].map((customer) => policy.judge({ ...call, customer }).verdict);
    };
    expect(verdicts([])).toEqual(['denied', 'denied']);
    expect(verdicts([{ technicians: ['amy'], customers: ['acme'] }])).toEqual(['runs', 'denied']);
    expect(verdicts([{ roles: ['technician'], groups: ['regulated'] }])).toEqual(['denied', 'runs']);
    expect(verdicts([{ technicians: ['amy'], everyCustomer: true }])).toEqual(['runs', 'runs']);
    expect(verdicts([{ technicians: ['amy.k', 'am'], roles: ['tech'], everyCustomer: true }])).toEqual([
      'denied',
      'denied',
    ]);
    expect(
      verdicts([
        { roles: ['technician'], customers: ['acme'] },
        { technicians: ['amy'], groups: ['regulated'] },
      ]),
    ).toEqual(['runs', 'runs']);
  });

  it('knows the groups of a customer, so that an exception holds for its group alone', () => {
    const strict = `forbid (principal, action in Bulkhead::Action::"call", resource in Bulkhead::Group::"regulated")
      unless { context.approvals >= 1 };`;
    const groups = [{ id: 'regulated', name: 'Regulated', customers: ['zenith'] }];
    expect(judge({ all, strict }, { customer: zenith }, { groups }).verdict).toBe('asks');
    expect(judge({ all, strict }, {}, { groups }).verdict).toBe('runs');
  });

  it('takes a role or a customer that is listed twice as listed once', () => {
    const lists = `permit (principal in Bulkhead::Role::"technician", action == Bulkhead::Action::"read",
      resource in Bulkhead::Group::"twice");`;
    const groups = [{ id: 'twice', name: 'Twice', customers: ['acme', 'acme'] }];
    const person = { id: 'amy', roles: ['technician', 'technician'] };
    expect(judge({ lists }, { person }, { groups }).verdict).toBe('runs');
  });

  it('tells the time of the company’s time zone', () => {
    const night = `permit (principal, action == Bulkhead::Action::"read", resource)
      when { context.weekday == 6 && context.minute >= 1380 };`;
    // Saturday, noon in UTC: 23:00 in Auckland in summer is an hour later than in winter.
    const at = (time: string) => ({ now: Date.parse(time) });
    expect(judge({ night }, {}, { timeZone: 'UTC' }).verdict).toBe('denied');
    expect(judge({ night }, at('2026-11-21T23:00:00Z')).verdict).toBe('runs');
    const auckland = { timeZone: 'Pacific/Auckland' };
    expect(judge({ night }, at('2026-11-21T10:00:00Z'), auckland).verdict).toBe('runs');
    expect(judge({ night }, at('2026-11-21T09:59:59Z'), auckland).verdict).toBe('denied');
    expect(judge({ night }, at('2026-06-20T10:00:00Z'), auckland).verdict).toBe('denied');
    expect(judge({ night }, at('2026-06-20T11:00:00Z'), auckland).verdict).toBe('runs');
  });

  it('asks again when the time is another', () => {
    const policy = load({
      noon: 'permit (principal, action == Bulkhead::Action::"read", resource) when { context.minute < 721 };',
    });
    expect(policy.judge(call).verdict).toBe('runs');
    expect(policy.judge({ ...call, now: testNow + 60_000 }).verdict).toBe('denied');
    expect(policy.judge({ ...call, now: testNow + 59_999 }).verdict).toBe('runs');
  });

  it.each([
    'context.minute < 721',
    'context["minute"] < 721',
    'context["min\\u{75}te"] < 721',
    '(context has minute) && !(context.minute > 720)',
    '(if context.assigned then context else context).minute < 721',
    '{ Var: context.minute }.Var < 721',
    '{ "." : { left: context.minute, attr: "x" } }["."].left < 721',
    '[context.minute].contains(720)',
    'context == { tool: "ticket_list", connector: "halopsa", client: "assistant", assigned: context.assigned, approvals: 0, cross: false, weekday: context.weekday, minute: 720 }',
  ])('asks again when what a rule reads is another, however it reads it: %s', (condition) => {
    const policy = load({
      noon: `permit (principal, action == Bulkhead::Action::"read", resource) when { ${condition} };`,
    });
    expect(policy.judge(call).verdict).toBe('runs');
    expect(policy.judge({ ...call, now: testNow + 60_000 }).verdict).toBe('denied');
  });

  it('knows cross-customer work', () => {
    const never = 'forbid (principal, action in Bulkhead::Action::"call", resource) when { context.cross };';
    expect(judge({ all, never }).verdict).toBe('runs');
    expect(judge({ all, never }, { isCross: true }).verdict).toBe('denied');
  });

  it('denies, and names the rule, when any rule cannot be evaluated at any number of persons', () => {
    const because = [{ id: 'broken', says: 'This rule could not be evaluated, so the answer is no.' }];
    const scope = 'principal, action in Bulkhead::Action::"call", resource';
    for (const effect of ['permit', 'forbid']) {
      const broken = `${effect} (${scope}) when { ${overflow} };`;
      expect(judge({ all, broken }), effect).toEqual({ verdict: 'denied', because });
    }
    // Breaks only while nobody has approved: asking otherwise must not be a way around it.
    const early = `permit (${scope}) when { context.approvals == 0 && ${overflow} };`;
    const onePerson = `permit (${scope}) when { context.approvals >= 1 };`;
    expect(judge({ onePerson, broken: early })).toEqual({ verdict: 'denied', because });
    // Breaks only once somebody has.
    const broken = `permit (${scope}) when { context.approvals > 0 && ${overflow} };`;
    const one = `permit (${scope}) when { context.approvals >= 1 };`;
    expect(judge({ one, broken })).toEqual({ verdict: 'denied', because });
  });

  it('denies a question that does not fit the schema', () => {
    expect(judge({ all }, { risk: 'fly' as Risk })).toEqual(nobody);
    expect(judge({ all }, { tool: 5 as never })).toEqual(nobody);
  });

  it('denies a customer the company does not have: no group, and so no exception, could hold for it', () => {
    for (const customer of ['gone', 'acme"', 'acme\\', '"acme', 'acme" || true', 'ACME', 'acme\0']) {
      expect(judge({ all }, { customer: customer as CustomerId }), customer).toEqual(nobody);
    }
  });

  it('remembers an answer for its own question and its own policies only', () => {
    const mine = load({
      mine: 'permit (principal == Bulkhead::Technician::"amy", action == Bulkhead::Action::"read", resource);',
    });
    expect(mine.judge(call).verdict).toBe('runs');
    expect(mine.judge({ ...call, person: { id: 'sam', roles: ['technician'] } }).verdict).toBe('denied');
    expect(mine.judge(call).verdict).toBe('runs');
    expect(load({}).judge(call).verdict).toBe('denied');
    expect(mine.judge(call).verdict).toBe('runs');
  });
});

describe('mayDecide', () => {
  it('denies by default, and permits by its own action alone', () => {
    const approve = 'permit (principal, action == Bulkhead::Action::"approve", resource);';
    expect(mayDecide('approve', {})).toEqual({ isAllowed: false, because: [] });
    expect(mayDecide('approve', { approve })).toEqual({ isAllowed: true, because: [{ id: 'approve', says: '' }] });
    expect(mayDecide('stand', { approve })).toEqual({ isAllowed: false, because: [] });
    expect(judge({ approve }).verdict).toBe('denied');
  });

  it('knows whose call it is and of which class', () => {
    const others = 'permit (principal, action == Bulkhead::Action::"approve", resource) when { !context.own };';
    expect(mayDecide('approve', { others }).isAllowed).toBe(false);
    expect(mayDecide('approve', { others }, { isOwn: false }).isAllowed).toBe(true);
    const spend =
      'permit (principal, action == Bulkhead::Action::"approve", resource) when { context.risk == "spend" };';
    expect(mayDecide('approve', { spend }).isAllowed).toBe(true);
    expect(mayDecide('approve', { spend }, { risk: 'external' }).isAllowed).toBe(false);
  });

  it('never lets a service account decide, nor anybody let what destroys stand', () => {
    const person = { id: 'robot', roles: ['manager', 'service-account'] };
    expect(mayDecide('approve', { all }, { person })).toEqual({ isAllowed: false, because: [] });
    expect(mayDecide('stand', { all }, { person })).toEqual({ isAllowed: false, because: [] });
    expect(mayDecide('stand', { all }, { risk: 'destructive' })).toEqual({ isAllowed: false, because: [] });
    expect(mayDecide('approve', { all }, { risk: 'destructive' }).isAllowed).toBe(true);
    expect(mayDecide('stand', { all }).isAllowed).toBe(true);
  });

  it('denies when a rule cannot be evaluated', () => {
    const broken = `forbid (principal, action == Bulkhead::Action::"approve", resource) when { ${overflow} };`;
    expect(mayDecide('approve', { all, broken })).toMatchObject({ isAllowed: false, because: [{ id: 'broken' }] });
  });
});

describe('may', () => {
  it('denies every right by default', () => {
    for (const right of Right.options) expect(may(right, {})).toEqual({ isAllowed: false, because: [] });
    for (const right of CustomerRight.options) expect(may(right, {}, { customer: acme }).isAllowed).toBe(false);
  });

  it('has a schema that knows every right, each by itself', () => {
    for (const right of Right.options) {
      const policies = { one: `permit (principal, action == Bulkhead::Action::"${right}", resource);` };
      expect(Right.options.filter((other) => may(other, policies).isAllowed)).toEqual([right]);
    }
    for (const right of CustomerRight.options) {
      const policies = { one: `permit (principal, action == Bulkhead::Action::"${right}", resource);` };
      const allowed = CustomerRight.options.filter((other) => may(other, policies, { customer: acme }).isAllowed);
      expect(allowed).toEqual([right]);
    }
  });

  it('asks of one customer where the right is of one, and of the company where it is not', () => {
    expect(may('bind', { all }).isAllowed).toBe(false);
    expect(may('bind', { all }, { customer: 'gone' as CustomerId }).isAllowed).toBe(false);
    expect(may('read-ledger', { all }, { customer: acme }).isAllowed).toBe(false);
    expect(may('read-ledger', { all }).isAllowed).toBe(true);
    const assigned = 'permit (principal, action == Bulkhead::Action::"bind", resource) when { context.assigned };';
    const policy = load({ assigned }, { assignments: [{ technicians: ['amy'], customers: ['acme'] }] });
    const asked = { person: amy, now: testNow };
    expect(policy.may('bind', { ...asked, customer: acme }).isAllowed).toBe(true);
    expect(policy.may('bind', { ...asked, customer: zenith }).isAllowed).toBe(false);
  });

  it('lets one rule say of all actions that the company is their own', () => {
    const own = 'forbid (principal, action, resource) unless { resource in principal.tenant };';
    expect(may('read-ledger', { all, own }).isAllowed).toBe(true);
    expect(may('bind', { all, own }, { customer: acme }).isAllowed).toBe(true);
    expect(judge({ all, own }).verdict).toBe('runs');
  });
});

describe('loadPolicy', () => {
  const invalid = (what: RegExp) =>
    expect.objectContaining({ code: 'POLICY_INVALID', message: expect.stringMatching(what) as string }) as Error;

  it.each([
    ['does not parse', 'permit (principal'],
    ['names an attribute that does not exist', 'forbid (principal, action, resource) when { resource.secret == "x" };'],
    ['names an action that does not exist', 'permit (principal, action == Bulkhead::Action::"fly", resource);'],
    ['names a type that does not exist', 'permit (principal in Evil::Group::"x", action, resource);'],
    ['compares what can never be equal', 'forbid (principal, action, resource) unless { principal == 1 };'],
    ['reads of a right what only a call has', 'forbid (principal, action, resource) unless { context.tool == "x" };'],
    ['holds two policies', `${all} ${all}`],
    ['is a template', 'permit (principal == ?principal, action, resource);'],
    ['is empty', ''],
    ['names a group that is none', 'forbid (principal, action, resource in Bulkhead::Group::"regulatd");'],
    [
      'names a group that is none in its conditions',
      'forbid (principal, action, resource) when { true && (if resource in Bulkhead::Group::"regulatd" then true else false) };',
    ],
    [
      'names a group that is none in a set',
      'forbid (principal, action, resource) when { resource in [Bulkhead::Group::"regulatd"] };',
    ],
    ['names a customer that is none', 'forbid (principal, action, resource == Bulkhead::Customer::"gone");'],
    ['names another company', 'permit (principal, action, resource in Bulkhead::Tenant::"other");'],
    ['says too much', `@says("${'x'.repeat(301)}") ${all}`],
  ])('refuses a set in which one %s, and names it', (_, text) => {
    expect(() => load({ all, text })).toThrow(invalid(/"text"/));
  });

  it.each([
    ['two groups of one id', { groups: [group('a'), group('a')] }, /two customer groups "a"/],
    ['a group of a customer that is none', { groups: [group('a', ['gone'])] }, /"a" names the customer "gone"/],
    [
      'an assignment of a customer that is none',
      { assignments: [{}, { customers: ['gone'] }] },
      /assignment 2 .*"gone"/,
    ],
    ['an assignment of a group that is none', { assignments: [{ groups: ['gone'] }] }, /assignment 1 .*group "gone"/],
    ['a retention of a group that is none', { retention: { groups: { gone: 9 } } }, /retention names .*group "gone"/],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, /"Mars\/Olympus" is not a time zone/],
    ['an empty time zone', { timeZone: '' }, /"" is not a time zone/],
  ])('refuses %s', (_, more, what) => {
    expect(() => load({ all }, more)).toThrow(invalid(what));
  });

  const limited = (per: CallLimit['per'], of: string | null) => {
    const limits: CallLimit[] = [{ per, of, calls: 1, window: 'day' }];
    return () => loadPolicy(bundleOf({ quota: { includedCalls: 9, overage: 'allow', limits } }));
  };

  it.each([
    ['a customer that is none', 'customer', 'ACME-9', /limit 1 names the customer "ACME-9", which does not exist/],
    ['a customer by its id', 'customer', 'acme', /customer "acme"/],
    ['a tool that no version can have', 'tool', 'Ticket-List', /tool "Ticket-List", which can not exist/],
    ['a client app of a name too long', 'client', 'x'.repeat(61), /client app/],
    ['a client app whose name has a space at its end', 'client', 'cursor ', /client app "cursor "/],
    ['the person at the desk by a name that no app can have', 'client', 'Operator', /client app "Operator"/],
    ['Bulkhead itself', 'client', 'bulkhead', /client app "bulkhead"/],
    ['a technician without an id', 'technician', '', /technician ""/],
  ] as const)('refuses a limit of %s', (_, per, of, what) => {
    expect(limited(per, of)).toThrow(invalid(what));
  });

  it.each([
    ['customer', 'ACME-1'],
    ['customer', null],
    ['tool', 'of_another_version'],
    ['client', 'Added later'],
    ['client', 'operator'],
    ['technician', 'who.has.not.signed.in'],
  ] as const)('takes a limit of one %s: %s', (per, of) => {
    expect(limited(per, of)).not.toThrow();
  });
});

function group(id: string, customers: string[] = []) {
  return { id, name: id, customers };
}
