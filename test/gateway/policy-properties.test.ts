// What holds of every set of rules, whichever they are: drawn from a pool in which rules of all kinds meet.
import { preparsePolicySet, preparseSchema, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { type CallQuestion, loadPolicy } from '../../src-gateway/policy/policy.ts';
import { policySchema } from '../../src-gateway/policy/schema.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { Risk } from '../../src-shared/model/risk.ts';
import { bundleOf, testNow } from './enrolment.ts';

const call = 'action in Bulkhead::Action::"call"';
const is = (name: string): string => `action == Bulkhead::Action::"${name}"`;
const pool: Readonly<Record<string, string>> = {
  all: 'permit (principal, action, resource);',
  calls: `permit (principal, ${call}, resource);`,
  reads: `permit (principal, action in [${['read', 'sensitive'].map((name) => `Bulkhead::Action::"${name}"`).join()}], resource);`,
  writes: `permit (principal in Bulkhead::Role::"technician", ${is('write')}, resource) when { context.approvals >= 1 };`,
  leads: `permit (principal in Bulkhead::Role::"lead", ${call}, resource) when { context.approvals >= 2 };`,
  acme: `permit (principal, ${is('spend')}, resource == Bulkhead::Customer::"acme");`,
  bind: `permit (principal, ${is('bind')}, resource);`,
  assigned: `forbid (principal, ${call}, resource) unless { context.assigned };`,
  regulated: `forbid (principal, ${is('read')}, resource in Bulkhead::Group::"regulated") unless { context.approvals >= 1 };`,
  zenith: `forbid (principal, action, resource == Bulkhead::Customer::"zenith") when { principal in Bulkhead::Role::"lead" };`,
  night: `forbid (principal, ${is('write')}, resource) when { context.minute < 480 };`,
  app: `forbid (principal, ${call}, resource) when { context.client like "kiosk*" };`,
};
const broken = `forbid (principal, ${call}, resource) when { context.minute + 9223372036854775807 > 9223372036854775807 + 1 };`;

const someRules = fc.subarray(Object.keys(pool));
const question: fc.Arbitrary<CallQuestion> = fc.record({
  person: fc.record({ id: fc.constantFrom('amy', 'sam'), roles: fc.subarray(['technician', 'lead', 'other']) }),
  customer: fc.constantFrom('acme', 'zenith').map((id) => CustomerId.parse(id)),
  tool: fc.constantFrom('ticket_list', 'note_add'),
  connector: fc.constant('halopsa'),
  risk: fc.constantFrom(...Risk.options),
  client: fc.constantFrom('Claude', 'kiosk 1', 'operator'),
  isCross: fc.boolean(),
  now: fc.integer({ min: 0, max: 7 * 24 * 60 }).map((minutes) => testNow + minutes * 60_000),
});
const loaded = (rules: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  loadPolicy(
    bundleOf({
      policy: {
        policies: { ...Object.fromEntries(rules.map((id) => [id, pool[id] ?? ''])), ...more },
        groups: [{ id: 'regulated', name: 'Regulated', customers: ['zenith'] }],
        assignments: [
          { technicians: ['amy'], customers: ['acme'] },
          { roles: ['lead'], groups: ['regulated'] },
        ],
      },
    }),
  );
const verdicts = ['runs', 'asks', 'asks-two', 'denied'];
const strictness = (verdict: string): number => verdicts.indexOf(verdict);
const isForbid = (id: string): boolean => pool[id]?.startsWith('forbid') === true;
/** Loading a set of rules costs more than asking it, so each is asked several questions. */
const questions = fc.array(question, { minLength: 5, maxLength: 12 });
const runs = { numRuns: 25 };

describe('judge', () => {
  it('never becomes milder by a rule that forbids, nor stricter by one that permits', () => {
    fc.assert(
      fc.property(someRules, fc.constantFrom(...Object.keys(pool)), questions, (rules, one, all) => {
        const without = loaded(rules.filter((id) => id !== one));
        const together = loaded([...new Set([...rules, one])]);
        for (const asked of all) {
          const change = strictness(together.judge(asked).verdict) - strictness(without.judge(asked).verdict);
          expect(isForbid(one) ? change >= 0 : change <= 0).toBe(true);
        }
      }),
      runs,
    );
  });

  it('denies while any rule about the call cannot be evaluated, whatever else is permitted', () => {
    fc.assert(
      fc.property(someRules, questions, (rules, all) => {
        const policy = loaded(rules, { broken });
        for (const asked of all) {
          const { verdict, because } = policy.judge(asked);
          expect([verdict, because.map(({ id }) => id)]).toEqual(['denied', ['broken']]);
        }
      }),
      runs,
    );
  });

  it('denies whom nobody assigned, where a rule says so', () => {
    fc.assert(
      fc.property(someRules, questions, (rules, all) => {
        const policy = loaded([...new Set([...rules, 'assigned'])]);
        for (const asked of all) if (!isAssigned(asked)) expect(policy.judge(asked).verdict).toBe('denied');
      }),
      runs,
    );
  });

  it('names only rules there are, and none for a denial by default', () => {
    fc.assert(
      fc.property(someRules, questions, (rules, all) => {
        const policy = loaded(rules);
        for (const asked of all) {
          const { verdict, because } = policy.judge(asked);
          expect(rules).toEqual(expect.arrayContaining(because.map(({ id }) => id)));
          if (verdict === 'denied') expect(because.every(({ id }) => isForbid(id))).toBe(true);
          else expect(because.some(({ id }) => !isForbid(id))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('is what Cedar says of all rules at once, with every entity as it is', () => {
    let last = 0;
    fc.assert(
      fc.property(someRules, questions, (rules, all) => {
        const name = `whole-${(last += 1)}`;
        preparsePolicySet(name, { staticPolicies: Object.fromEntries(rules.map((id) => [id, pool[id] ?? ''])) });
        const policy = loaded(rules);
        for (const asked of all) {
          const least = ['credential', 'external', 'spend', 'destructive'].includes(asked.risk) ? 1 : 0;
          const needed = [0, 1, 2].find((approvals) => approvals >= least && isPermitted(name, asked, approvals));
          expect(policy.judge(asked).verdict).toBe(verdicts[needed ?? 3]);
        }
      }),
      runs,
    );
  });
});

const isAssigned = ({ person, customer }: CallQuestion): boolean =>
  customer === 'acme' ? person.id === 'amy' : person.roles.includes('lead');

preparseSchema('whole', policySchema);

/** The plainest way to ask, with nothing left out and nothing remembered. */
function isPermitted(name: string, asked: CallQuestion, approvals: number): boolean {
  const uid = (type: string, id: string) => ({ type: `Bulkhead::${type}`, id });
  const [tenant, principal, resource] = [
    uid('Tenant', 'msp'),
    uid('Technician', asked.person.id),
    uid('Customer', asked.customer),
  ];
  const roles = asked.person.roles.map((role) => uid('Role', role));
  const groups = asked.customer === 'zenith' ? [uid('Group', 'regulated')] : [];
  const date = new Date(asked.now);
  const attrs = { tenant: { __entity: tenant } };
  const { tool, connector, client, isCross } = asked;
  const answer = statefulIsAuthorized({
    principal,
    action: uid('Action', asked.risk),
    resource,
    context: {
      ...{ tool, connector, client, assigned: isAssigned(asked), approvals, cross: isCross },
      weekday: ((date.getUTCDay() + 6) % 7) + 1,
      minute: date.getUTCHours() * 60 + date.getUTCMinutes(),
    },
    preparsedPolicySetId: name,
    preparsedSchemaName: 'whole',
    validateRequest: true,
    entities: [
      ...[tenant, ...roles, ...groups].map((each) => ({ uid: each, attrs: {}, parents: [] })),
      { uid: principal, attrs, parents: roles },
      { uid: resource, attrs, parents: [tenant, ...groups] },
    ],
  });
  if (answer.type !== 'success') throw new Error('Cedar failed');
  return answer.response.decision === 'allow';
}
