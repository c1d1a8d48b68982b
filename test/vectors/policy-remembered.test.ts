// Attack: an answer is remembered, and given to another question. A call is allowed at noon, with one tool, for one customer,
// and the policy is never asked at midnight, of the other tool, of the other customer. An answer is remembered by what its
// rules read of the question, so no way of writing a rule may hide what it reads.
import { describe, expect, it } from 'vitest';
import { type CallQuestion, loadPolicy, type Policy } from '../../src-gateway/policy/policy.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { bundleOf, testNow } from '../gateway/enrolment.ts';

const minute = 60_000;
const zenith = CustomerId.parse('zenith');
const call: CallQuestion = {
  person: { id: 'amy', roles: ['technician'] },
  customer: CustomerId.parse('acme'),
  tool: 'ticket_list',
  connector: 'halopsa',
  risk: 'read',
  client: 'assistant',
  isCross: false,
  now: testNow, // A Saturday, noon.
};

/** Nothing but the assignment tells the two customers apart, unless a rule names them or the group of the one. */
const load = (text: string, alone: string[] = []): Policy =>
  loadPolicy(
    bundleOf({
      policy: {
        policies: { text },
        groups: [
          { id: 'all', name: 'All', customers: ['acme', 'zenith'] },
          { id: 'alone', name: 'Alone', customers: alone },
        ],
        assignments: [{ technicians: ['amy'], customers: ['acme'] }],
      },
    }),
  );
const permit = (action: string, when: string): string =>
  `@context("x") permit (principal, action == Bulkhead::Action::"${action}", resource) ${when};`;
const group = (id: string): string => `Bulkhead::Group::"${id}"`;

/** Ways to say that a member of the context is what it is in the first question. */
function ways(member: string, value: string): string[] {
  const x = `context.${member}`;
  const escaped = `\\u{${member.charCodeAt(0).toString(16)}}${member.slice(1)}`;
  return [
    `when { ${x} == ${value} }`,
    `unless { ${x} != ${value} }`,
    `when { true } unless { false } when { ${value} == ${x} }`,
    `when { context["${member}"] == ${value} }`,
    `when { context["${escaped}"] == ${value} }`,
    `when { (((context)).${member}) == ${value} }`,
    `when { context. // as in context.other\n ${member} == ${value} }`,
    `when { context has ${member} && !(!(${x} == ${value})) }`,
    `when { context has "${member}" && [${x}].contains(${value}) }`,
    `when { [${value}].containsAll([${x}, ${x}]) && ![${x}].isEmpty() }`,
    `when { if ${x} == ${value} then true else false }`,
    `when { (if principal == principal then context else context).${member} == ${value} }`,
    `when { { Var: ${x} }.Var == ${value} }`,
    `when { { "__proto__": ${x} }["__proto__"] == ${value} }`,
    `when { { "__proto__": ${x} } == { "__proto__": ${value} } }`,
    `when { { type: ${x}, id: "acme" }.type == ${value} }`,
    `when { { ".": { left: ${x}, attr: "other" } }["."].left == ${value} }`,
    `when { { "has": { left: context, attr: "other" } }["has"].left.${member} == ${value} }`,
    `when { [{ deep: [{ deeper: ${x} }] }].contains({ deep: [{ deeper: ${value} }] }) }`,
    `when { resource in (if ${x} == ${value} then ${group('all')} else ${group('alone')}) }`,
    `when { resource is Bulkhead::Customer in (if ${x} == ${value} then ${group('all')} else ${group('alone')}) }`,
  ];
}
const plain = (member: string, value: string): string[] => ways(member, value).slice(0, 1);

describe('an answer of judge', () => {
  const verdicts = (policy: Policy, change: Partial<CallQuestion>) =>
    [call, { ...call, ...change }, call].map((question) => policy.judge(question).verdict);

  const changes: readonly (readonly [readonly string[], Partial<CallQuestion>])[] = [
    [ways('minute', '720'), { now: testNow + minute }],
    [ways('tool', '"ticket_list"'), { tool: 'ticket_get' }],
    [ways('assigned', 'true'), { customer: zenith }],
    [plain('connector', '"halopsa"'), { connector: 'hudu' }],
    [plain('client', '"assistant"'), { client: 'kiosk' }],
    [plain('cross', 'false'), { isCross: true }],
    [plain('weekday', '6'), { now: testNow + 24 * 60 * minute }],
  ];
  it.each(changes.flatMap(([all, change]) => all.map((when) => [when, change] as const)))(
    'is of its own question alone: %s',
    (when, change) => {
      expect(verdicts(load(permit('read', when)), change)).toEqual(['runs', 'denied', 'runs']);
    },
  );

  it.each(ways('approvals', '2'))('is of its own number of persons alone: %s', (when) => {
    expect(load(permit('read', when)).judge(call).verdict).toBe('asks-two');
  });

  it.each([
    'resource == Bulkhead::Customer::"acme"',
    'resource in Bulkhead::Customer::"acme"',
    'resource is Bulkhead::Customer in Bulkhead::Customer::"acme"',
    'resource in Bulkhead::Group::"alone"',
    'resource is Bulkhead::Customer in Bulkhead::Group::"alone"',
    'resource == Bulkhead::Customer::"\\u{61}cme"',
  ])('is of its own customer alone: %s', (resource) => {
    for (const text of [
      `permit (principal, action == Bulkhead::Action::"read", ${resource});`,
      permit('read', `when { ${resource} }`),
      permit('read', `unless { !(${resource}) }`),
    ]) {
      expect(verdicts(load(text, ['acme']), { customer: zenith }), text).toEqual(['runs', 'denied', 'runs']);
    }
  });

  it.each([
    'unless { resource == Bulkhead::Customer::"zenith" }',
    'unless { resource in [Bulkhead::Customer::"zenith"] }',
    'when { [{ r: resource }].contains({ r: Bulkhead::Customer::"acme" }) }',
    'when { { "__proto__": resource } == { "__proto__": Bulkhead::Customer::"acme" } }',
    'when { Bulkhead::Customer::"acme" in resource }',
    'when { (if context.cross then Bulkhead::Customer::"zenith" else Bulkhead::Customer::"acme") == resource }',
  ])('is of its own customer alone, named in a condition: %s', (when) => {
    expect(verdicts(load(permit('read', when)), { customer: zenith })).toEqual(['runs', 'denied', 'runs']);
  });

  it.each(['principal == Bulkhead::Technician::"amy"', 'principal in Bulkhead::Role::"technician"'])(
    'is of its own person alone: %s',
    (principal) => {
      const person = { id: 'sam', roles: ['other'] };
      for (const text of [
        `permit (${principal}, action, resource);`,
        `permit (principal, action, resource) when { ${principal} };`,
        `permit (principal, action, resource) unless { !(${principal}) };`,
      ]) {
        expect(verdicts(load(text), { person }), text).toEqual(['runs', 'denied', 'runs']);
      }
    },
  );
});

describe('an answer of mayDecide', () => {
  const waiting = { ...call, risk: 'spend', isOwn: true } as const;
  it.each([
    ...ways('own', 'true').map((when) => [when, { isOwn: false }] as const),
    ...plain('risk', '"spend"').map((when) => [when, { risk: 'external' }] as const),
    ...plain('tool', '"ticket_list"').map((when) => [when, { tool: 'ticket_get' }] as const),
  ])('is of its own question alone: %s', (when, change) => {
    const policy = load(permit('approve', when));
    const asked = [waiting, { ...waiting, ...change }, waiting];
    expect(asked.map((one) => policy.mayDecide('approve', one).isAllowed)).toEqual([true, false, true]);
    expect(policy.mayDecide('stand', waiting).isAllowed).toBe(false);
  });
});

describe('an answer of may', () => {
  const { person, customer, now } = call;
  it.each(plain('minute', '720'))('is of its own question alone: %s', (when) => {
    const policy = load(permit('bind', when));
    const asked = [now, now + minute, now].map((at) => policy.may('bind', { person, customer, now: at }).isAllowed);
    expect(asked).toEqual([true, false, true]);
    expect(policy.may('cross', { person, customer, now }).isAllowed).toBe(false);
  });
});
