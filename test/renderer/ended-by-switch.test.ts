import { describe, expect, it } from 'vitest';
import { endedBySwitch } from '../../src-renderer/switcher/ended-by-switch.ts';
import { fixtureCustomers } from '../e2e/window-fixture-data.ts';
import { FixtureDesk } from '../e2e/window-fixture-desk.ts';

const deskOf = ({ approvals, standing }: FixtureDesk) => ({ approvals: [...approvals], standing: [...standing] });
const now = Date.now();

describe('endedBySwitch', () => {
  it('counts what waited, what was approved and had not run, and what was approved for a while', () => {
    const desk = new FixtureDesk(fixtureCustomers(5), () => undefined);
    const [one, other, allowed] = [desk.ask(), desk.ask(), desk.ask()];
    desk.end(allowed.id, 'approved');
    desk.stand();
    const before = deskOf(desk);
    for (const { id } of [one, other, allowed]) desk.end(id, 'withdrawn');
    desk.standing = [];
    expect(endedBySwitch(before, deskOf(desk), now)).toEqual({ waiting: 2, approved: 1, standing: 1 });
  });

  it('does not count what goes on, what a person or the clock ended, and what had run', () => {
    const desk = new FixtureDesk(fixtureCustomers(5), () => undefined);
    const [denied, expired, ran] = [desk.ask(), desk.ask(), desk.ask()];
    desk.ask();
    desk.change(ran.id, { state: 'approved', isUsed: true });
    desk.stand();
    desk.stand({ expiresAt: new Date(now - 1).toISOString() });
    const before = deskOf(desk);
    desk.end(denied.id, 'denied');
    desk.end(expired.id, 'expired');
    desk.standing = desk.standing.slice(0, 1);
    expect(endedBySwitch(before, deskOf(desk), now)).toEqual({ waiting: 0, approved: 0, standing: 0 });
  });

  it('counts what has ended and is on the desk no more', () => {
    const desk = new FixtureDesk(fixtureCustomers(5), () => undefined);
    desk.ask();
    expect(endedBySwitch(deskOf(desk), { approvals: [], standing: [] }, now)).toMatchObject({ waiting: 1 });
  });
});
