import { describe, expect, it } from 'vitest';
import { quota } from '../../../src-gateway/gates/quota.ts';
import { bundleOf } from '../enrolment.ts';
import { issuer, makeWorld } from '../world.ts';

describe('quota', () => {
  it('takes one call, gives it back on release, and denies when none is left', async () => {
    const enrolment = await issuer.enrol({ bundle: { quota: { includedCalls: 1, overage: 'block' } } });
    const { session, powers } = await makeWorld({ enrolment });
    const call = { session, principal: { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' } };
    const first = quota(call, powers);
    expect(first).toMatchObject({ ok: true });
    expect(quota(call, powers)).toMatchObject({ ok: false, error: { code: 'QUOTA_EXCEEDED', gate: 'quota' } });
    if (!(first instanceof Promise) && first.ok) first.value.release();
    expect(quota(call, powers)).toMatchObject({ ok: true });
    expect(bundleOf().quota.overage).toBe('block');
  });
});
