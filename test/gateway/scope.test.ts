import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '../../src-gateway/scope.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { testNow } from './enrolment.ts';
import { bindingTo, clientOf, msp, scopeOf, settle } from './given.ts';

let scope: Scope;
let now = 0;
let clock = 0;
beforeEach(() => {
  scope = new Scope({ now: () => now, clock: () => clock });
  [now, clock] = [testNow, 0];
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

describe('isStopped', () => {
  const stopped = { crosses: [], isStopped: true };

  it('ends every call of every client app, pinned ones too, and none of the operator’s', async () => {
    const pinned = clientOf({ pin: { customer: 'zenith', epoch: 5 } });
    await scope.replace(msp, [app, pinned], bindingTo('acme'));
    const flights = [scope.board(app, bindingTo('acme')), scope.board(pinned, bindingTo('zenith', 5))];
    const operators = scope.board('operator', bindingTo('acme'));
    const stop = scope.replace(msp, [app, pinned], bindingTo('acme'), stopped);
    expect([...flights, operators].map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
    expect([...flights, operators].map(({ isCurrent }) => isCurrent())).toEqual([false, false, true]);
    for (const { land } of flights) land();
    await stop;
    expect([scope.isStopped(msp), scope.board(app, bindingTo('acme')).signal.aborted]).toEqual([true, true]);
  });

  it('stops one tenant, and no other', async () => {
    const other = TenantId.parse('other');
    const theirs = clientOf({ tenant: 'other' });
    await scope.replace(other, [theirs], bindingTo('theirs', 1, 'other'));
    const flight = scope.board(theirs, bindingTo('theirs', 1, 'other'));
    await scope.replace(msp, [app], bindingTo('acme'), stopped);
    expect([scope.isStopped(msp), scope.isStopped(other), flight.isCurrent()]).toEqual([true, false, true]);
  });

  it('ends when it is told so', async () => {
    await scope.replace(msp, [app], bindingTo('acme'), stopped);
    await scope.replace(msp, [app], bindingTo('acme'), { ...stopped, isStopped: false });
    expect([scope.isStopped(msp), scope.isBound(app, bindingTo('acme'))]).toEqual([false, true]);
  });
});

describe('a cross-customer scope', () => {
  const open = (change = {}) =>
    scope.replace(msp, [app], bindingTo('acme', 4), { crosses: [scopeOf(app, change)], isStopped: false });
  const member = (customer: string, epoch: number, cross = 'CROSS-3') => ({
    cross,
    customer: bindingTo(customer).customer,
    epoch,
  });
  const minute = 60_000;

  it('takes the place of the app’s binding', async () => {
    await scope.replace(msp, [app], bindingTo('acme', 4));
    const flight = scope.board(app, bindingTo('acme', 4));
    const opened = open();
    expect(flight.signal.aborted).toBe(true);
    flight.land();
    await opened;
    expect(scope.bindingOf(app, msp)).toBeUndefined();
    expect(scope.isBound(app, bindingTo('acme', 4))).toBe(false);
    expect(scope.bindingOf('operator', msp)).toEqual(bindingTo('acme', 4));
    expect(scope.bindingOf(clientOf(), msp)).toEqual(bindingTo('acme', 4));
  });

  it('binds its members, each at its own epoch, and nothing else', async () => {
    await open();
    expect(scope.bindingOf(app, msp, member('zenith', 12))).toEqual(bindingTo('zenith', 12));
    expect(scope.isBound(app, bindingTo('zenith', 12))).toBe(true);
    for (const no of [
      member('zenith', 11),
      member('acme', 12),
      member('other', 12),
      member('acme', 11, 'CROSS-4'),
      member('acme', 4),
    ]) {
      expect(scope.bindingOf(app, msp, no), JSON.stringify(no)).toBeUndefined();
    }
    expect(scope.bindingOf(clientOf(), msp, member('acme', 11))).toBeUndefined();
    expect(scope.bindingOf('operator', msp, member('acme', 11))).toBeUndefined();
  });

  it('ends the calls to its members and the call to them all when it is closed', async () => {
    await open();
    const flights = [scope.board(app, bindingTo('acme', 11)), scope.boardCross(app, 'CROSS-3')];
    const closed = replacing(msp, [{ ...app, state: 'suspended' }], bindingTo('acme', 4));
    expect(flights.map(({ signal, isCurrent }) => [signal.aborted, isCurrent()])).toEqual([
      [true, false],
      [true, false],
    ]);
    flights[0]?.land();
    await settle();
    expect(closed.isOver).toBe(false);
    flights[1]?.land();
    await closed.over;
  });

  it('is another one under another code, though it holds the same customers', async () => {
    await open();
    const flight = scope.boardCross(app, 'CROSS-3');
    const reopened = open({ code: 'CROSS-4' });
    expect(flight.isCurrent()).toBe(false);
    flight.land();
    await reopened;
  });

  it('ends by itself when its time is over, and its app is then bound to nothing', async () => {
    await open();
    const flight = scope.board(app, bindingTo('acme', 11));
    [now, clock] = [testNow + 30 * minute - 1, 30 * minute - 1];
    expect([flight.isCurrent(), scope.crossOf(app)?.isOver]).toEqual([true, false]);
    [now, clock] = [testNow + 30 * minute, 30 * minute];
    expect([flight.isCurrent(), scope.crossOf(app)?.isOver]).toEqual([false, true]);
    expect([scope.bindingOf(app, msp), scope.bindingOf(app, msp, member('acme', 11))]).toEqual([undefined, undefined]);
    expect(scope.boardCross(app, 'CROSS-3').isCurrent()).toBe(false);
  });

  it.each([
    ['a wall clock that is set back', testNow - 600 * minute, 30 * minute],
    ['a machine that slept, so that the other clock stood still', testNow + 30 * minute, minute],
  ])('ends in time with %s', async (_, wall, monotonic) => {
    await open();
    [now, clock] = [wall, monotonic];
    expect(scope.crossOf(app)?.isOver).toBe(true);
  });

  it('gains no time by being told again while the wall clock is set back', async () => {
    await open();
    [now, clock] = [testNow - 20 * minute, 29 * minute];
    await open();
    [now, clock] = [testNow - 20 * minute, 30 * minute];
    expect(scope.crossOf(app)?.isOver).toBe(true);
  });

  it('of a clock that was set back before the start lasts no longer than it was opened for', async () => {
    now = testNow - 600 * minute;
    await open();
    clock = 60 * minute;
    expect(scope.crossOf(app)?.isOver).toBe(true);
  });

  it('of an end that is no date is over', async () => {
    await scope.replace(msp, [app], null, {
      crosses: [{ ...scopeOf(app), until: 'never' }],
      isStopped: false,
    });
    expect(scope.crossOf(app)?.isOver).toBe(true);
  });
});
