import { beforeEach, describe, expect, it } from 'vitest';
import { whyEnded } from '../../../src-gateway/approvals/why-ended.ts';
import { Scope } from '../../../src-gateway/scope.ts';
import { testNow } from '../enrolment.ts';
import { bindingTo, clientOf, msp } from '../given.ts';

const app = clientOf();
const acme = bindingTo('acme');
let scope: Scope;
beforeEach(() => {
  scope = new Scope({ now: () => testNow, clock: () => 0 });
});
const why = (caller: string = app.id) => whyEnded(scope, caller, acme);

describe('whyEnded', () => {
  it('has nothing to say while the binding is the current one', async () => {
    await scope.replace(msp, [clientOf({ state: 'suspended' }), app], acme);
    expect([why(), why('operator')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['another customer is bound', [app], bindingTo('zenith', 2), 'The customer is not bound any more.'],
    ['nobody is', [app], null, 'The customer is not bound any more.'],
    ['the same is bound again', [app], bindingTo('acme', 2), 'The customer is not bound any more.'],
    ['it is suspended', [{ ...app, state: 'suspended' as const }], acme, 'The client app was suspended.'],
    ['it is revoked', [{ ...app, state: 'revoked' as const }], acme, 'It is no client app any more.'],
    ['it is gone', [], acme, 'It is no client app any more.'],
  ])('says it when %s', async (_, clients, switcher, reason) => {
    await scope.replace(msp, clients, switcher);
    expect(why()).toBe(reason);
  });

  it('says that all AI work was stopped, and that the operator may go on', async () => {
    await scope.replace(msp, [app], acme, { crosses: [], isStopped: true });
    expect([why(), why('operator')]).toEqual(['All AI work was stopped.', undefined]);
  });

  it('says of the operator that the customer is not bound, whether AI work is stopped or not', async () => {
    for (const isStopped of [false, true]) {
      await scope.replace(msp, [app], bindingTo('zenith', 2), { crosses: [], isStopped });
      expect(why('operator')).toBe('The customer is not bound any more.');
    }
  });
});
