// Cedar is given only the rules that can match a question, by action and by role. No way of writing a forbid may get lost on
// the way.
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src-gateway/policy/policy.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { bundleOf, testNow } from './enrolment.ts';

const technician = 'Bulkhead::Technician';
const write = 'action == Bulkhead::Action::"write"';

const anyAction = [
  'principal, action, resource',
  `principal == ${technician}::"amy", action, resource`,
  `principal is ${technician}, action, resource`,
  `principal is ${technician} in Bulkhead::Role::"technician", action, resource`,
  'principal in Bulkhead::Role::"technician", action, resource',
  'principal in Bulkhead::Role::"te\\u{63}hnician", action, resource',
];
const calls = [
  'principal, action in Bulkhead::Action::"call", resource',
  'principal, action in [Bulkhead::Action::"call"], resource',
  'principal, action in [Bulkhead::Action::"read", Bulkhead::Action::"write"], resource',
  'principal, action in Bulkhead::Action::"write", resource',
  `principal, ${write}, resource`,
  `principal, ${write}, resource is Bulkhead::Customer`,
  `principal, ${write}, resource is Bulkhead::Customer in Bulkhead::Group::"g"`,
  `principal, ${write}, resource in Bulkhead::Tenant::"msp"`,
  `principal, ${write}, resource == Bulkhead::Customer::"acme"`,
  `principal in ${technician}::"amy", ${write}, resource`,
];
const conditions = ['', 'when { principal in Bulkhead::Role::"technician" }'];
/** Of all actions this does not fit the schema: of a right the resource is the company. */
const onCustomers = 'unless { [Bulkhead::Customer::"zenith"].contains(resource) }';

const rules = [
  ...[...anyAction, ...calls].flatMap((scope) => conditions.map((when) => `forbid (${scope}) ${when};`)),
  ...calls.map((scope) => `forbid (${scope}) ${onCustomers};`),
];

describe('a forbid, however it is written', () => {
  it.each(rules)('denies: %s', (no) => {
    const policies = { all: 'permit (principal, action in Bulkhead::Action::"call", resource);', no };
    const groups = [{ id: 'g', name: 'G', customers: ['acme'] }];
    const policy = loadPolicy(bundleOf({ policy: { policies, groups } }));
    const question = {
      customer: CustomerId.parse('acme'),
      tool: 't',
      connector: 'c',
      risk: 'write',
      client: 'x',
    } as const;
    const verdicts = [['technician'], ['other', 'technician'], ['technician', 'manager', 'technician']].map(
      (roles) => policy.judge({ ...question, person: { id: 'amy', roles }, isCross: false, now: testNow }).verdict,
    );
    expect(verdicts).toEqual(['denied', 'denied', 'denied']);
  });
});
