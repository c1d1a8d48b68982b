import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '../../src-gateway/scope.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { bindingTo, clientOf, msp, settle } from './given.ts';

let scope: Scope;
beforeEach(() => {
  scope = new Scope();
});
const app = clientOf();
/** Replaces, and says whether that is over yet. */
function replacing(...given: Parameters<Scope['replace']>): { isOver: boolean; over: Promise<void> } {
  const state = { isOver: false, over: Promise.resolve() };
  state.over = scope.replace(...given).then(() => void (state.isOver = true));
  return state;
}

describe('replace', () => {
  it('replaces a tenant’s clients and binding as a whole', async () => {
    await scope.replace(msp, [app], bindingTo('acme'));
    await scope.replace(msp, [], null);
    expect(scope.clients()).toEqual([]);
    expect(scope.switcher(msp)).toBeUndefined();
  });

  it('keeps tenants apart: no client and no binding of another gets in', async () => {
    const other = TenantId.parse('other');
    await scope.replace(other, [clientOf({ tenant: 'other' })], bindingTo('theirs', 9, 'other'));
    await scope.replace(msp, [app, clientOf({ tenant: 'other' })], bindingTo('acme', 1, 'other'));
    expect(scope.clients().map(({ tenant }) => tenant)).toEqual(['other', 'msp']);
    expect(scope.switcher(msp)).toBeUndefined();
    expect(scope.switcher(other)).toEqual(bindingTo('theirs', 9, 'other'));
  });

  it('aborts every call of a binding that died and waits until each has landed', async () => {
    await scope.replace(msp, [app], bindingTo('acme'));
    const [first, second] = [scope.board(app, bindingTo('acme')), scope.board('operator', bindingTo('acme'))];
    const switched = replacing(msp, [app], bindingTo('zenith', 2));
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, true]);
    expect([first.isCurrent(), second.isCurrent()]).toEqual([false, false]);
    first.land();
    await settle();
    expect(switched.isOver).toBe(false);
    second.land();
    await switched.over;
  });

  it('aborts at once, before it waits', async () => {
    await scope.replace(msp, [app], bindingTo('acme'));
    const flight = scope.board(app, bindingTo('acme'));
    void scope.replace(msp, [app], null);
    expect(flight.signal.aborted).toBe(true);
    flight.land();
  });

  it('ends calls of the same customer under an older epoch: a released and rebound customer is a new one', async () => {
    await scope.replace(msp, [app], bindingTo('acme', 1));
    const flight = scope.board(app, bindingTo('acme', 1));
    const switched = replacing(msp, [app], bindingTo('acme', 2));
    expect(flight.isCurrent()).toBe(false);
    flight.land();
    await switched.over;
  });

  it.each(['suspended', 'revoked'] as const)(
    'ends the calls of an app that is %s mid-flight, and no others',
    async (state) => {
      const bystander = clientOf();
      await scope.replace(msp, [app, bystander], bindingTo('acme'));
      const [mine, theirs] = [scope.board(app, bindingTo('acme')), scope.board(bystander, bindingTo('acme'))];
      const changed = replacing(msp, [{ ...app, state }, bystander], bindingTo('acme'));
      expect([mine.signal.aborted, theirs.signal.aborted]).toEqual([true, false]);
      mine.land();
      await changed.over;
      expect(theirs.isCurrent()).toBe(true);
    },
  );

  it('ends the calls of an app that is no longer there at all', async () => {
    await scope.replace(msp, [app], bindingTo('acme'));
    const flight = scope.board(app, bindingTo('acme'));
    void scope.replace(msp, [], bindingTo('acme'));
    expect(flight.signal.aborted).toBe(true);
    flight.land();
  });

  it('leaves a pinned app in the air through a switch', async () => {
    const pinned = clientOf({ pin: { customer: 'zenith', epoch: 5 } });
    await scope.replace(msp, [pinned], bindingTo('acme'));
    const flight = scope.board(pinned, bindingTo('zenith', 5));
    await scope.replace(msp, [pinned], bindingTo('zenith', 6));
    expect(flight.isCurrent()).toBe(true);
  });

  it('does not wait for calls of another tenant', async () => {
    const other = TenantId.parse('other');
    await scope.replace(other, [], bindingTo('theirs', 1, 'other'));
    const flight = scope.board('operator', bindingTo('theirs', 1, 'other'));
    await scope.replace(msp, [], null);
    expect(flight.isCurrent()).toBe(true);
  });
});

describe('board', () => {
  it('is aborted from the start when the binding died before', async () => {
    await scope.replace(msp, [app], bindingTo('zenith', 2));
    const late = scope.board(app, bindingTo('acme', 1));
    expect([late.signal.aborted, late.isCurrent()]).toEqual([true, false]);
  });

  it('aborts when the caller leaves, which is no change of customer', async () => {
    await scope.replace(msp, [app], bindingTo('acme'));
    const flight = scope.board(app, bindingTo('acme'));
    flight.leave();
    expect([flight.signal.aborted, flight.isCurrent()]).toEqual([true, true]);
  });
});
