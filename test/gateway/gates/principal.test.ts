import { describe, expect, it } from 'vitest';
import { principal } from '../../../src-gateway/gates/principal.ts';
import { bindingTo, clientOf, hashOf, msp } from '../given.ts';
import { makeWorld } from '../world.ts';

const world = await makeWorld();
const call = (tokenHash: string) => ({ caller: { kind: 'client' as const, tokenHash }, tool: '', arguments: {} });
const none = { ok: false, error: { code: 'UNAUTHENTICATED', gate: 'principal' } };

describe('principal', () => {
  it('knows a client app by the hash of its token, and the tenant it was issued in', async () => {
    const app = clientOf();
    await world.scope.replace(msp, [clientOf({ tokenHash: hashOf('b') }), app], bindingTo('acme'));
    expect(principal(call(hashOf('a')), world.powers)).toEqual({ ok: true, value: { app, issuedIn: 'msp' } });
  });

  it('denies a token nobody holds, whatever its length', async () => {
    await world.scope.replace(msp, [clientOf()], null);
    for (const hash of [hashOf('c'), '', 'a', hashOf('a').slice(1), `${hashOf('a')}a`, hashOf('A')]) {
      expect(principal(call(hash), world.powers), hash).toMatchObject(none);
    }
  });

  it('denies a revoked token in the same words as an unknown one', async () => {
    await world.scope.replace(msp, [clientOf({ state: 'revoked' })], null);
    expect(principal(call(hashOf('a')), world.powers)).toEqual(principal(call(hashOf('c')), world.powers));
    expect(principal(call(hashOf('a')), world.powers)).toMatchObject(none);
  });

  it('finds a live app beside a revoked one of the same hash', async () => {
    const app = clientOf();
    await world.scope.replace(msp, [app, clientOf({ state: 'revoked' })], null);
    expect(principal(call(hashOf('a')), world.powers)).toMatchObject({ ok: true, value: { app } });
  });

  it('lets a suspended app be known: the customer gate is what stops it', async () => {
    await world.scope.replace(msp, [clientOf({ state: 'suspended' })], null);
    expect(principal(call(hashOf('a')), world.powers)).toMatchObject({ ok: true });
  });

  it('takes the operator at the supervisor’s word', () => {
    const operator = { caller: { kind: 'operator' as const, tenant: msp }, tool: '', arguments: {} };
    expect(principal(operator, world.powers)).toEqual({ ok: true, value: { app: 'operator', issuedIn: 'msp' } });
  });
});
