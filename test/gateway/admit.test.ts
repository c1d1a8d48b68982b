import { describe, expect, it } from 'vitest';
import { admit, identify } from '../../src-gateway/admit.ts';
import { customer } from '../../src-gateway/gates/customer.ts';
import { entitlement } from '../../src-gateway/gates/entitlement.ts';
import { policy } from '../../src-gateway/gates/policy.ts';
import { principal } from '../../src-gateway/gates/principal.ts';
import { quota } from '../../src-gateway/gates/quota.ts';
import { tenant } from '../../src-gateway/gates/tenant.ts';
import { line } from '../../src-gateway/pipeline.ts';
import type { Powers } from '../../src-gateway/powers.ts';
import type { Received } from '../../src-gateway/proofs.ts';
import { bindingTo, callOf, clientOf, msp } from './given.ts';
import { makeWorld } from './world.ts';

describe('admit', () => {
  it('proves everything a call needs', async () => {
    const { powers, scope } = await makeWorld();
    const app = clientOf();
    await scope.replace(msp, [app], bindingTo('acme', 3));
    const { gates, verdict } = await admit.run(callOf(), powers, powers.clock);
    expect(gates.map(({ gate, ok }) => [gate, ok])).toEqual(admit.names.map((name) => [name, true]));
    expect(verdict).toMatchObject({
      ok: true,
      value: {
        app,
        issuedIn: 'msp',
        principal: { id: 'amy' },
        binding: bindingTo('acme', 3),
        customer: { id: 'acme' },
        instance: { id: 'halo' },
        owner: '12',
        because: [{ id: 'may-read', says: '' }],
      },
    });
  });

  it('starts with what identify asks', () => {
    expect(admit.names.slice(0, 2)).toEqual(identify.names);
  });

  it('takes no quota for a call that an earlier gate denies', async () => {
    const { powers, scope, session } = await makeWorld();
    await scope.replace(msp, [clientOf()], bindingTo('acme'));
    await admit.run(callOf('ticket_list', { customer: 'ZEN-2' }), powers, powers.clock);
    await admit.run(callOf('secret_get', { id: 1 }), powers, powers.clock);
    expect(session.quota.usage().calls).toBe(0);
  });

  it('does not compile with any gate before its evidence', () => {
    const start = line<Powers, Received>();
    start.gate('principal', principal);
    // @ts-expect-error the tenant comes from the principal
    start.gate('tenant', tenant);
    // @ts-expect-error the customer needs principal and tenant
    start.gate('customer', customer);
    // @ts-expect-error the customer needs the tenant
    start.gate('principal', principal).gate('customer', customer);
    // @ts-expect-error entitlement needs the customer
    identify.gate('entitlement', entitlement);
    // @ts-expect-error policy needs the entitlement
    identify.gate('customer', customer).gate('policy', policy);
    // @ts-expect-error quota needs the tenant
    start.gate('principal', principal).gate('quota', quota);
  });
});
