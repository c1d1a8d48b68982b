// A rule that forbids, signed under an id that JavaScript takes for a prototype: it would vanish from what is read, and forbid
// nothing. A signed text with such a name anywhere is refused as a whole.
import { describe, expect, it } from 'vitest';
import { verifyEnrolment } from '../../src-shared/verify-enrolment.ts';
import { bundleOf, makeIssuer } from '../gateway/enrolment.ts';

const issuer = await makeIssuer();
const enrolment = await issuer.enrol();
const named = (name: string, value: unknown): object => JSON.parse(`{"${name}": ${JSON.stringify(value)}}`) as object;

describe('a name that is lost when it is read', () => {
  it.each([
    ['a rule', { policies: named('__proto__', 'forbid (principal, action, resource);') }],
    ['a raised class', { risks: named('__proto__', 'destructive') }],
    ['the retention of a group', { retention: { days: 1, groups: named('__proto__', 30_000) } }],
    ['one spelt with an escape', { policies: named('\\u005f_proto__', 'forbid (principal, action, resource);') }],
  ])('is refused: %s', async (_, policy) => {
    const payload = bundleOf();
    const bundle = await issuer.sign({ ...payload, policy: { ...payload.policy, ...policy } }, 'bulkhead-bundle+jwt');
    await expect(verifyEnrolment({ ...enrolment, bundle })).rejects.toMatchObject({ code: 'ENROLMENT_INVALID' });
  });
});
