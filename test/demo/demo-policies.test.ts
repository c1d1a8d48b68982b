import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { parseDemoData } from '../../src-demo/demo-data.ts';
import { demoRoles } from '../../src-demo/demo-policies.ts';
import { makeIssuer } from '../../src-demo/issue.ts';
import { readFileSync } from 'node:fs';
import { loadPolicy, type Person, type Policy } from '../../src-gateway/policy/policy.ts';
import { Bundle } from '../../src-shared/model/bundle.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { type CustomerRight, Right } from '../../src-shared/model/right.ts';
import { Risk } from '../../src-shared/model/risk.ts';

const northway = parseDemoData(readFileSync('demo/northway.json', 'utf8'), 'northway');
type Data = typeof northway;

async function policyOf(data: Data): Promise<Policy> {
  const [signedIn] = data.technicians;
  if (!signedIn) throw new Error('the demo data changed');
  const { bundle } = await (await makeIssuer(data, signedIn, { now: 0 })).enrol();
  return loadPolicy(Bundle.parse(decodeJwt(bundle)));
}

const policy = await policyOf(northway);
const idOf = (id: string): CustomerId => {
  const known = northway.customers.some((customer) => customer.id === id);
  if (!known) throw new Error('the demo data changed');
  return CustomerId.parse(id);
};
const plain = idOf('meridian-dental');
const regulated = idOf('st-agnes-hospice');
/** Thursday and Sunday, noon in London. */
const [workday, sunday] = [Date.parse('2026-11-19T12:00:00Z'), Date.parse('2026-11-22T12:00:00Z')];

const person = (id: string): Person => {
  const found = northway.technicians.find((technician) => technician.id === id);
  if (!found) throw new Error('the demo data changed');
  return { id, roles: found.roles };
};
const amy = person('amy.kowalski');
const helen = person('helen.strand');
const someone = (role: string) => ({ id: 'someone', roles: [role] });
const group = { id: 'a', name: 'A', customers: [] };
const call = { tool: 't', connector: 'halopsa', client: 'Claude', isCross: false, now: workday };
const verdicts = (who: Person, customer: CustomerId, change: object = {}) =>
  Risk.options.map((risk) => policy.judge({ ...call, person: who, customer, risk, ...change }).verdict).join(' ');

describe('the demo’s policy', () => {
  it('lets a technician read, asks for what needs a person, and denies what cannot be undone', () => {
    // read sensitive credential write external spend destructive
    expect(verdicts(amy, plain)).toBe('runs runs asks runs asks asks denied');
    expect(verdicts(amy, regulated)).toBe('runs runs asks-two asks asks asks-two denied');
    expect(verdicts(amy, regulated, { now: sunday })).toBe('runs runs asks-two asks denied asks-two denied');
    expect(verdicts(amy, plain, { now: sunday })).toBe('runs runs asks runs asks asks denied');
    expect(verdicts(amy, plain, { client: 'Kiosk 3' })).toBe('runs denied denied denied denied denied denied');
  });

  it('gives each role its own', () => {
    expect(verdicts(helen, plain)).toBe('runs runs asks runs asks asks asks-two');
    expect(verdicts(person('tomas.lind'), plain)).toBe('runs runs asks runs asks asks asks-two');
    expect(verdicts(person('nadia.farouk'), plain)).toBe('runs denied denied runs denied denied denied');
    expect(verdicts(person('nadia.farouk'), plain, { connector: 'hudu' })).toBe(
      'runs denied denied denied denied denied denied',
    );
    const none = 'denied denied denied denied denied denied denied';
    for (const id of ['june.okafor', 'nightly.reports']) expect(verdicts(person(id), plain), id).toBe(none);
    expect(verdicts(person('nightly.reports'), idOf('thornton-college'))).toBe(
      'runs denied denied denied denied denied denied',
    );
    expect(verdicts(person('sam.oyelaran'), idOf('denholm-interiors'))).toBe(none);
  });

  it('lets technicians approve their own but what destroys, and service accounts nothing', () => {
    const question = { ...call, customer: plain, isOwn: true };
    const approvable = (who: Person) =>
      Risk.options.filter((risk) => policy.mayDecide('approve', { ...question, person: who, risk }).isAllowed);
    expect(approvable(amy)).toEqual(Risk.options.filter((risk) => risk !== 'destructive'));
    expect(approvable(helen)).toEqual(Risk.options);
    for (const id of ['nightly.reports', 'june.okafor', 'nadia.farouk', 'ravi.menon']) {
      expect(approvable(person(id)), id).toEqual([]);
    }
    const standing = Risk.options.filter(
      (risk) => policy.mayDecide('stand', { ...question, person: helen, risk }).isAllowed,
    );
    expect(standing).toEqual(['write', 'external']);
  });

  it('lets everyone select whom they look after, and leaders work on several', () => {
    const those = (right: CustomerRight, who: Person) =>
      northway.customers.filter(
        ({ id }) => policy.may(right, { person: who, customer: CustomerId.parse(id), now: 0 }).isAllowed,
      );
    expect(those('bind', amy)).toHaveLength(northway.customers.length);
    expect(those('bind', person('sam.oyelaran')).map(({ id }) => id)).toContain('thornton-college');
    expect(those('bind', person('sam.oyelaran'))).toHaveLength(6);
    expect(those('bind', person('june.okafor'))).toEqual([]);
    expect(those('cross', amy)).toEqual([]);
    expect(those('cross', helen)).toHaveLength(northway.customers.length);
  });

  it('says who manages Bulkhead', () => {
    const rights = (who: Person) =>
      Right.options.filter((right) => policy.may(right, { person: who, now: 0 }).isAllowed);
    expect(rights(amy)).toEqual(Right.options.filter((right) => right !== 'read-bodies'));
    expect(rights(someone('technician'))).toEqual(['manage-client-apps', 'read-ledger', 'export-ledger']);
    expect(rights(person('tomas.lind'))).toEqual(['manage-client-apps', 'read-ledger', 'export-ledger', 'read-bodies']);
    expect(rights(helen)).toEqual(Right.options.filter((right) => right !== 'manage-connectors'));
    expect(rights(someone('auditor'))).toEqual(['read-ledger', 'export-ledger', 'read-bodies']);
    expect(rights(someone('service-account'))).toEqual([]);
    expect(rights(someone('intern'))).toEqual([]);
  });

  it('says each rule in words', async () => {
    const { because } = policy.judge({ ...call, person: amy, customer: plain, risk: 'read' });
    expect(because).toEqual([
      {
        id: 'look-things-up',
        says: 'Everyone who works for customers may look things up, and so may service accounts.',
      },
    ]);
  });

  it('lets everyone manage, and look after everyone, where the data says nothing of it', async () => {
    const { policy: _, ...silent } = northway;
    const lenient = await policyOf(silent);
    for (const role of demoRoles) {
      const who = someone(role);
      expect(
        Right.options.filter((right) => lenient.may(right, { person: who, now: 0 }).isAllowed),
        role,
      ).toEqual(Right.options);
      expect(lenient.may('bind', { person: who, customer: plain, now: 0 }).isAllowed, role).toBe(true);
    }
    expect(lenient.judge({ ...call, person: someone('auditor'), customer: plain, risk: 'read' }).verdict).toBe(
      'denied',
    );
  });

  it('is one of a company that was cut down, too', async () => {
    const few = await policyOf({
      ...northway,
      customers: northway.customers.filter(({ id }) => id === 'meridian-dental'),
    });
    expect(few.may('bind', { person: amy, customer: plain, now: 0 }).isAllowed).toBe(true);
  });
});

describe('parseDemoData', () => {
  it.each([
    ['a group nobody is in', { assignments: [{ groups: ['nobody'] }] }, 'At policy.assignments[0].groups[0]: no group'],
    ['two groups of one id', { groups: [group, group] }, 'At policy.groups[1]: an earlier record has the same id.'],
    ['a member it does not know', { policies: {} }, 'At policy: has unknown members: policies.'],
  ])('refuses a policy of %s', (_, given, problem) => {
    const text = JSON.stringify({ ...northway, policy: given });
    expect(() => parseDemoData(text, 'file.json')).toThrow(problem);
  });
});
