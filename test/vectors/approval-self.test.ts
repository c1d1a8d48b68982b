// Someone approves who may not: one person as two, the AI itself, a forged or old identity, a service account.
import { describe, expect, it } from 'vitest';
import { makeIssuer, identityOf } from '../gateway/enrolment.ts';
import { issuer } from '../gateway/world.ts';
import { attackedDesk, identity } from './approval-world.ts';

const remove = { tool: 'note_remove' };
const args = { note: undefined };

describe('four eyes', () => {
  it('are of two people: one person twice is one, also at the same moment and under another name', async () => {
    const desk = await attackedDesk();
    await desk.call(args, remove);
    const [seen] = desk.waiting();
    if (!seen) throw new Error('nothing waits');
    await Promise.allSettled([desk.approve('ben', seen), desk.approve('ben', seen), desk.approve('ben', seen)]);
    const renamed = await identity('ben', { name: 'Somebody Else', email: 'else@msp.example' });
    const again = { id: seen.id, fingerprint: seen.fingerprint, identity: renamed, decision: 'approve' as const };
    await expect(desk.world.approvals.decide({ ...again, reason: '', standing: null })).rejects.toMatchObject({
      code: 'SAME_PERSON',
    });
    expect(await desk.call(args, remove)).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
    await desk.approve('cleo', seen);
    expect(await desk.call(args, remove)).toMatchObject({ records: [{ id: 1 }] });
  });

  it('are not the operator’s two: who makes the call is one of them', async () => {
    const desk = await attackedDesk();
    expect(await desk.call(args, { ...remove, by: 'operator' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    await expect(desk.approve('amy')).rejects.toMatchObject({ code: 'SAME_PERSON' });
    expect(await desk.call(args, { ...remove, by: 'operator' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });
});

describe('a service account at the desk', () => {
  it('is no person: what it calls itself waits for one, and for two where two are needed', async () => {
    const desk = await attackedDesk({ roles: ['service-account', 'technician'] });
    expect(await desk.call({}, { by: 'operator' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.waiting()).toMatchObject([{ needed: 1, approvedBy: [] }]);
    expect(await desk.call(args, { ...remove, by: 'operator' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.waiting()[1]).toMatchObject({ needed: 2, approvedBy: [] });
    expect(desk.ran()).toBe(0);
  });
});

describe('an identity', () => {
  const decide = async (jws: string) => {
    const desk = await attackedDesk();
    await desk.call();
    const [seen] = desk.waiting();
    if (!seen) throw new Error('nothing waits');
    const { id, fingerprint } = seen;
    const decision = { id, fingerprint, identity: jws, decision: 'approve' as const, reason: '', standing: null };
    const code = await desk.world.approvals.decide(decision).then(
      () => 'approved',
      (fault: { code: string }) => fault.code,
    );
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
    return code;
  };
  const now = identityOf().iat + 86_400;

  it('must be signed by this company, as an identity, for this company, and be in date', async () => {
    const stranger = await makeIssuer();
    expect(await decide(await stranger.sign(identityOf({ sub: 'ben' }), 'bulkhead-identity+jwt'))).toBe(
      'IDENTITY_INVALID',
    );
    expect(await decide(await issuer.sign(identityOf({ sub: 'ben' }), 'bulkhead-bundle+jwt'))).toBe('IDENTITY_INVALID');
    expect(await decide(await identity('ben', { tenant: 'another' }))).toBe('IDENTITY_INVALID');
    expect(await decide(await identity('ben', { exp: now }))).toBe('IDENTITY_INVALID');
    expect(await decide(await identity('ben', { iat: now + 3600, exp: now + 7200 }))).toBe('IDENTITY_INVALID');
    const [head, body] = (await identity('ben')).split('.');
    expect(await decide(`${head}.${body}.`)).toBe('IDENTITY_INVALID');
    const none = Buffer.from('{"alg":"none","typ":"bulkhead-identity+jwt"}').toString('base64url');
    expect(await decide(`${none}.${body}.`)).toBe('IDENTITY_INVALID');
    expect(await decide('')).toBe('IDENTITY_INVALID');
  });

  it('of a service account is nobody’s, whatever roles it has besides', async () => {
    expect(await decide(await identity('robot', { roles: ['service-account', 'technician'] }))).toBe('NOT_YOURS');
  });

  it('of a person whom policy gives no say has none', async () => {
    expect(await decide(await identity('june', { roles: ['auditor'] }))).toBe('NOT_YOURS');
  });
});
