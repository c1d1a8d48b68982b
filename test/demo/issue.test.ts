import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseDemoData } from '../../src-demo/demo-data.ts';
import { type Issuer, makeIssuer } from '../../src-demo/issue.ts';
import type { KeptIssue } from '../../src-demo/kept-issue.ts';
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
  issuer = await makeIssuer(data, technician('helen.strand'), { now });
  enrolment = await issuer.enrol();
});

describe('makeIssuer', () => {
  it('signs in whom it is asked to, good for thirty days', async () => {
    const { identity, bundle } = await verifyEnrolment(enrolment);
    expect(identity).toMatchObject({ sub: 'helen.strand', name: 'Helen Strand', roles: ['manager'] });
    expect([identity.exp * 1000, Date.parse(bundle.expires)]).toEqual(Array(2).fill(now + 30 * 24 * 60 * 60 * 1000));
  });

  it('proves another technician under the same key, which no start has that keeps another', async () => {
    const theirs = await issuer.identify(technician('tomas.lind'));
    const { identity } = await verifyEnrolment({ ...enrolment, identity: theirs });
    expect(identity).toMatchObject({ sub: 'tomas.lind', roles: ['senior-technician'] });
    const other = await makeIssuer(data, technician('helen.strand'), { now });
    const forged = { ...enrolment, identity: await other.identify(technician('tomas.lind')) };
    await expect(verifyEnrolment(forged)).rejects.toMatchObject({ code: 'ENROLMENT_INVALID' });
  });

  it('grants what the data says of policy, and always the group that its rules speak of', async () => {
    const { policy } = Bundle.parse(decodeJwt(enrolment.bundle));
    expect(policy.timeZone).toBe('Europe/London');
    expect(policy.groups.map(({ id }) => id)).toEqual(['regulated', 'schools']);
    const without = { ...data, policy: data.policy && { ...data.policy, groups: [], assignments: [] } };
    const few = await (await makeIssuer(without, technician('amy.kowalski'), { now })).enrol();
    const { groups } = Bundle.parse(decodeJwt(few.bundle)).policy;
    expect(groups).toEqual([{ id: 'regulated', name: 'Regulated', customers: [] }]);
  });
});

describe('makeIssuer, start after start', () => {
  const day = 24 * 60 * 60 * 1000;
  let kept: KeptIssue | undefined;
  const keeper = { read: () => kept, write: (next: KeptIssue) => void (kept = next) };
  const start = async (from = data, signedIn = 'helen.strand', at = now): Promise<Enrolment> => {
    const started = await (await makeIssuer(from, technician(signedIn), { now: at, keeper })).enrol();
    expect(await verifyEnrolment(started)).toMatchObject({ identity: { sub: signedIn } });
    return started;
  };
  const other = { ...data, quota: { includedCalls: 7, overage: 'block' as const } };
  let first: Enrolment;
  beforeEach(async () => {
    kept = undefined;
    first = await start();
  });

  it('hands out the very same text while it grants the same, whoever is signed in', async () => {
    const { bundle, tenantKey } = first;
    expect(await start(data, 'amy.kowalski', now + 14 * day)).toMatchObject({ bundle, tenantKey });
  });

  it('signs another text by the same key when it grants something else', async () => {
    const changed = await start(other);
    expect([changed.tenantKey === first.tenantKey, changed.bundle === first.bundle]).toEqual([true, false]);
    expect((await start(other)).bundle).toBe(changed.bundle);
  });

  it.each([
    ['half of its time is over', now + 15 * day + 1],
    ['it is of a time to come', now - 1],
  ])('signs it anew when %s', async (_, at) => {
    const { bundle, tenantKey } = await start(data, 'helen.strand', at);
    expect([tenantKey === first.tenantKey, bundle === first.bundle]).toEqual([true, false]);
  });

  it('hands out nothing that was changed where it is kept', async () => {
    const text = kept!.bundle;
    for (const bundle of [text.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')), 'x', '']) {
      kept = { ...kept!, bundle };
      await start();
      expect(kept.bundle).not.toBe(bundle);
    }
    const { key } = kept!;
    for (const changed of [
      { ...key, x: key.x.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) },
      { ...key, d: 'x' },
    ]) {
      kept = { ...kept!, key: changed };
      await start();
      expect(kept.key).not.toEqual(changed);
    }
  });
});
