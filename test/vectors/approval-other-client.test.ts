// One AI was approved; another client app, perhaps of the same machine, makes the call first. Or the app is revoked and a new
// one takes its name.
import { describe, expect, it } from 'vitest';
import { bindingTo, clientOf, hashOf, msp } from '../gateway/given.ts';
import { attackedDesk } from './approval-world.ts';

describe('an approval for one client app', () => {
  it('is nothing to another, and is still there for the first', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: [] });
    expect(await desk.call({}, { other: true })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(await desk.call({}, { by: 'operator' })).toMatchObject({ records: [{ id: 1 }] }); // A person, by themselves.
    expect(desk.ran()).toBe(1);
    expect(await desk.call()).toMatchObject({ records: [{ id: 1 }] });
  });

  it('is nothing to a new app of the same name, nor of the same token', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: [] });
    const successor = clientOf({ id: `client-${'9'.repeat(16)}`, tokenHash: hashOf('a') });
    await desk.world.scope.replace(msp, [successor], bindingTo('acme'));
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });

  it('is gone when the app was suspended, also once it is armed again', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: [] });
    const app = clientOf({ id: `client-${'1'.repeat(16)}`, state: 'suspended' });
    await desk.world.scope.replace(msp, [app], bindingTo('acme'));
    void desk.world.approvals.sweep();
    expect(await desk.call()).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    await desk.bind('acme', 1);
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });
});
