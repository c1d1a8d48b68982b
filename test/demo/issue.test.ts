import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseDemoData } from '../../src-demo/demo-data.ts';
import { type Issuer, makeIssuer } from '../../src-demo/issue.ts';
import { Bundle, type Enrolment } from '../../src-shared/model/bundle.ts';
import { verifyEnrolment } from '../../src-shared/verify-enrolment.ts';

const data = parseDemoData(readFileSync('demo/northway.json', 'utf8'), 'northway');
const technician = (id: string) => {
  const found = data.technicians.find((each) => each.id === id);
  if (!found) throw new Error('the demo data changed');
  return found;
};
const now = Date.parse('2026-11-22T12:00:00Z');
let issuer: Issuer;
let enrolment: Enrolment;
beforeAll(async () => {
  issuer = await makeIssuer(data, technician('helen.strand'), now);
  enrolment = await issuer.enrol();
});

describe('makeIssuer', () => {
  it('signs in whom it is asked to, good for thirty days', async () => {
    const { identity, bundle } = await verifyEnrolment(enrolment);
    expect(identity).toMatchObject({ sub: 'helen.strand', name: 'Helen Strand', roles: ['manager'] });
    expect([identity.exp * 1000, Date.parse(bundle.expires)]).toEqual(Array(2).fill(now + 30 * 24 * 60 * 60 * 1000));
  });

  it('proves another technician under the same key, which no other start has', async () => {
    const theirs = await issuer.identify(technician('tomas.lind'));
    const { identity } = await verifyEnrolment({ ...enrolment, identity: theirs });
    expect(identity).toMatchObject({ sub: 'tomas.lind', roles: ['senior-technician'] });
    const other = await makeIssuer(data, technician('helen.strand'), now);
    const forged = { ...enrolment, identity: await other.identify(technician('tomas.lind')) };
    await expect(verifyEnrolment(forged)).rejects.toMatchObject({ code: 'ENROLMENT_INVALID' });
  });

  it('grants what the data says of policy, and always the group that its rules speak of', async () => {
    const { policy } = Bundle.parse(decodeJwt(enrolment.bundle));
    expect(policy.timeZone).toBe('Europe/London');
    expect(policy.groups.map(({ id }) => id)).toEqual(['regulated', 'schools']);
    const without = { ...data, policy: data.policy && { ...data.policy, groups: [], assignments: [] } };
    const few = await (await makeIssuer(without, technician('amy.kowalski'), now)).enrol();
    const { groups } = Bundle.parse(decodeJwt(few.bundle)).policy;
    expect(groups).toEqual([{ id: 'regulated', name: 'Regulated', customers: [] }]);
  });
});
