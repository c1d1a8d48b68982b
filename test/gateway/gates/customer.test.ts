import { fc } from '../../fast-check.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { boundMembers, customer } from '../../../src-gateway/gates/customer.ts';
import type { ClientApp } from '../../../src-shared/model/client-app.ts';
import { TenantId } from '../../../src-shared/model/ids.ts';
import type { Member } from '../../../src-gateway/proofs.ts';
import { bindingTo, callOf, clientOf, msp, scopeOf } from '../given.ts';
import { makeWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  await world.scope.replace(msp, [], bindingTo('acme', 4));
});

const ask = (
  args: Record<string, unknown>,
  app: ClientApp | 'operator' = clientOf(),
  issuedIn = msp,
  member?: Member,
) =>
  customer(
    {
      ...callOf(),
      arguments: args,
      ...(member && { member }),
      app,
      issuedIn,
      session: world.session,
      principal: { kind: 'technician', id: 'amy', name: 'Amy', client: 'x' },
    },
    world.powers,
  );
const no = (code: string) => ({ ok: false, error: { code, gate: 'customer' } });
/** The words of a denial. */
const reasonOf = (answer: ReturnType<typeof ask>): string =>
  answer instanceof Promise || answer.ok ? 'none' : answer.error.reason;

describe('customer', () => {
  it('takes the customer from the binding when the argument equals its code', () => {
    expect(ask({ customer: 'ACME-1' })).toEqual({
      ok: true,
      value: { binding: bindingTo('acme', 4), customer: world.session.customers.get('acme' as never) },
    });
  });

  it('denies every argument that is not exactly the bound code', () => {
    for (const given of [
      ...['ZEN-2', 'acme', 'acme-1', 'Acme-1', ' ACME-1', 'ACME-1 ', 'ACME-1\n', 'ACME-1\0', '\ufeffACME-1'],
      // Look-alikes: a typographic hyphen, a Cyrillic A, a full-width A, a combining mark, a zero-width space.
      ...['ACME\u20101', '\u0410CME-1', '\uff21CME-1', 'A\u0301CME-1', 'ACME-\u200b1'],
      ...['', '*', 'ALL', 'ACME-1,ZEN-2', 1, 0, true, null, undefined],
      ...[['ACME-1'], ['ACME-1', 'ZEN-2'], { code: 'ACME-1' }, { toString: 'ACME-1' }, { $eq: 'ACME-1' }],
    ]) {
      expect(ask({ customer: given }), JSON.stringify(given)).toMatchObject(no('CUSTOMER_MISMATCH'));
    }
  });

  it('denies a missing argument, and one under another name', () => {
    expect(ask({})).toMatchObject(no('CUSTOMER_MISMATCH'));
    expect(ask({ Customer: 'ACME-1', customer_code: 'ACME-1' })).toMatchObject(no('CUSTOMER_MISMATCH'));
  });

  it('tells a caller that names no customer so, and not that it names another', () => {
    const unsaid = [{}, { customer: null }, { customer: 7 }, { customer: ['ACME-1'] }].map((args) =>
      reasonOf(ask(args)),
    );
    expect(new Set(unsaid)).toEqual(new Set(['The call does not say which customer it is about.']));
    for (const given of ['', 'ZEN-2']) expect(unsaid).not.toContain(reasonOf(ask({ customer: given })));
  });

  it('lets nothing a caller sends choose another customer than the bound one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (given, others) => {
        const settled = ask({ ...others, customer: given });
        if (settled instanceof Promise) throw new Error('the gate became asynchronous');
        expect(settled.ok ? settled.value.customer.id : 'denied').toBe(given === 'ACME-1' ? 'acme' : 'denied');
      }),
      { numRuns: 300 },
    );
  });

  it('denies when nothing is bound', async () => {
    await world.scope.replace(msp, [], null);
    expect(ask({ customer: 'ACME-1' })).toMatchObject(no('NO_CUSTOMER'));
    expect(ask({ customer: 'ACME-1' }, 'operator')).toMatchObject(no('NO_CUSTOMER'));
  });

  it('denies a binding to a customer the company no longer has', async () => {
    await world.scope.replace(msp, [], bindingTo('gone', 5));
    expect(ask({ customer: 'ACME-1' })).toMatchObject(no('NO_CUSTOMER'));
  });

  it('keeps a pinned app on its customer, whatever the switcher says', async () => {
    const pinned = clientOf({ pin: { customer: 'zenith', epoch: 2 } });
    expect(ask({ customer: 'ZEN-2' }, pinned)).toMatchObject({ ok: true, value: { binding: bindingTo('zenith', 2) } });
    expect(ask({ customer: 'ACME-1' }, pinned)).toMatchObject(no('CUSTOMER_MISMATCH'));
    await world.scope.replace(msp, [], null);
    expect(ask({ customer: 'ZEN-2' }, pinned)).toMatchObject({ ok: true });
  });

  it('denies an app that is not armed before it judges the argument, so a guess at the code teaches nothing', () => {
    for (const state of ['suspended', 'revoked'] as const) {
      for (const code of ['ACME-1', 'ZEN-2', 'NONE-9']) {
        expect(ask({ customer: code }, clientOf({ state }))).toMatchObject(no('CLIENT_SUSPENDED'));
      }
    }
  });

  it('denies a binding of another tenant than the one the token was issued in', () => {
    const foreign = clientOf({ tenant: 'other', pin: { customer: 'acme', epoch: 1 } });
    expect(ask({ customer: 'ACME-1' }, foreign)).toMatchObject(no('NO_CUSTOMER'));
    expect(ask({ customer: 'ACME-1' }, clientOf(), TenantId.parse('other'))).toMatchObject(no('NO_CUSTOMER'));
  });

  it('denies every app while all AI work is stopped, whatever it is bound to, and not the operator', async () => {
    await world.scope.replace(msp, [], bindingTo('acme', 4), { crosses: [], isStopped: true });
    const pinned = clientOf({ pin: { customer: 'zenith', epoch: 2 } });
    for (const [app, code] of [
      [clientOf(), 'ACME-1'],
      [pinned, 'ZEN-2'],
      [clientOf(), 'NONE-9'],
    ] as const) {
      expect(ask({ customer: code }, app)).toMatchObject({
        ok: false,
        error: { code: 'CLIENT_SUSPENDED', reason: 'All AI work is stopped.' },
      });
    }
    expect(ask({ customer: 'ACME-1' }, 'operator')).toMatchObject({ ok: true });
  });

  describe('of an app with a cross-customer scope', () => {
    const app = clientOf();
    const member = (customer: string, epoch: number): Member => ({
      cross: 'CROSS-3',
      customer: bindingTo(customer).customer,
      epoch,
    });
    const open = (change = {}) =>
      world.scope.replace(msp, [app], bindingTo('acme', 4), { crosses: [scopeOf(app, change)], isStopped: false });

    it('takes the member whose turn it is, and says in which scope', async () => {
      await open();
      expect(ask({ customer: 'ZEN-2' }, app, msp, member('zenith', 12))).toEqual({
        ok: true,
        value: {
          binding: bindingTo('zenith', 12),
          customer: world.session.customers.get('zenith' as never),
          cross: 'CROSS-3',
        },
      });
    });

    it('proves no customer for a call that is nobody’s turn, not even the switcher’s', async () => {
      await open();
      for (const code of ['ACME-1', 'ZEN-2', 'CROSS-3']) {
        expect(ask({ customer: code }, app)).toMatchObject(no('NO_CUSTOMER'));
      }
    });

    it('proves none for a member of another epoch, or of an app without the scope', async () => {
      await open();
      expect(ask({ customer: 'ZEN-2' }, app, msp, member('zenith', 11))).toMatchObject(no('NO_CUSTOMER'));
      expect(ask({ customer: 'ZEN-2' }, clientOf(), msp, member('zenith', 12))).toMatchObject(no('NO_CUSTOMER'));
    });

    it('says that the customers changed where it had some, and that none is selected where it had none', async () => {
      await open();
      const changed = [
        reasonOf(ask({ customer: 'ZEN-2' }, app)),
        reasonOf(ask({ customer: 'ZEN-2' }, app, msp, member('zenith', 11))),
        reasonOf(ask({ customer: 'ZEN-2' }, clientOf(), msp, member('zenith', 12))),
      ];
      expect(new Set(changed)).toEqual(new Set(['The customers this client app works on together have changed.']));
      await world.scope.replace(msp, [], null);
      expect(reasonOf(ask({ customer: 'ACME-1' }))).toBe('No customer is selected, so every tool is blocked.');
    });

    it('denies when its time is over, and does not fall back to the switcher', async () => {
      await open();
      world.now = Date.parse('2026-11-21T12:30:00.000Z');
      for (const turn of [undefined, member('acme', 11)]) {
        expect(ask({ customer: 'ACME-1' }, app, msp, turn)).toMatchObject(no('CLIENT_SUSPENDED'));
      }
    });
  });
});

describe('boundMembers', () => {
  const app = clientOf();
  const principal = { kind: 'technician' as const, id: 'amy', name: 'Amy', client: 'x' };
  const members = (by: ClientApp | 'operator') =>
    boundMembers({ app: by, issuedIn: msp, session: world.session, principal }, world.powers);
  const open = (change = {}, isStopped = false) =>
    world.scope.replace(msp, [app], bindingTo('acme', 4), { crosses: [scopeOf(app, change)], isStopped });

  it('tells every member of the app’s scope, each by its own epoch', async () => {
    await open();
    expect(members(app)).toEqual({
      ok: true,
      value: {
        code: 'CROSS-3',
        members: [
          {
            member: { cross: 'CROSS-3', customer: 'acme', epoch: 11 },
            customer: world.session.customers.get('acme' as never),
          },
          {
            member: { cross: 'CROSS-3', customer: 'zenith', epoch: 12 },
            customer: world.session.customers.get('zenith' as never),
          },
        ],
      },
    });
  });

  it('tells nothing of an app without such a scope, nor of the operator', async () => {
    await open();
    expect(members(clientOf())).toBeUndefined();
    expect(members('operator')).toBeUndefined();
  });

  it('denies the whole scope when one member cannot be worked for', async () => {
    await open({
      members: [
        { customer: 'acme', epoch: 11 },
        { customer: 'gone', epoch: 12 },
      ],
    });
    expect(members(app)).toMatchObject(no('NO_CUSTOMER'));
    await open({}, true);
    expect(members(app)).toMatchObject(no('CLIENT_SUSPENDED'));
  });
});
