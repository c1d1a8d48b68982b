// A call is approved for a while, and then a person says no to it. What was approved for a while with it may let nothing run any
// more: not the call itself, not one like it that is on its way, not after it was used, and whoever gave it.
import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Approvals, makeApprovals } from '../../src-main/app/approvals.ts';
import type { Approval } from '../../src-shared/model/approval.ts';
import { type Attacked, attackedDesk, identity, minute } from './approval-world.ts';

const terms = { minutes: 60 as const, uses: 5, fixed: ['id'] };

/** A call that Ben approved for a while and nobody has made yet. */
async function approvedForAWhile(): Promise<{ desk: Attacked; approval: Approval }> {
  const desk = await attackedDesk();
  await desk.call();
  return { desk, approval: await desk.approve('ben', undefined, terms) };
}

/** What the ledger has of the standing approval's end. */
const ends = ({ world }: Attacked) => world.entries.filter(({ params }) => typeof params?.['standing'] === 'string');

/** The supervisor's side, for the person at the desk. */
async function atDesk(desk: Attacked, who: string): Promise<Approvals> {
  const { approvals } = desk.world;
  return makeApprovals({
    facts: { tenancy: { enrolment: { identity: await identity(who) } } } as never,
    crew: {
      gateway: {
        decide: (...given: Parameters<typeof approvals.decide>) => approvals.decide(...given),
        approvals: async () => approvals.desk(),
      },
    } as never,
    recorder: undefined as never,
    log: () => {},
  });
}

describe('denying what was approved for a while', () => {
  it.each(['ben', 'cleo'])(
    'ends the standing approval given with it at once (%s, of whom Ben gave it)',
    async (who) => {
      const { desk, approval } = await approvedForAWhile();
      await desk.deny(who, approval);
      expect(desk.world.approvals.desk().standing).toEqual([]);
      expect(await desk.call()).toMatchObject({ code: 'APPROVAL_DENIED' });
      expect(await desk.call({ note: 'another text' })).toMatchObject({ code: 'APPROVAL_PENDING' });
      expect(desk.ran()).toBe(0);
    },
  );

  it('is in the ledger as an end of its own, by whoever denied, after the no and with every use left', async () => {
    const { desk, approval } = await approvedForAWhile();
    await desk.deny('cleo', approval);
    await desk.world.approvals.sweep();
    expect(desk.world.entries.slice(-2)).toMatchObject([
      { kind: 'approval.decided', principal: { id: 'cleo' }, params: { approval: approval.id, outcome: 'denied' } },
      {
        kind: 'approval.decided',
        principal: { id: 'cleo' },
        params: { approval: approval.id, outcome: 'withdrawn', standing: expect.any(String), usesLeft: 5 },
      },
    ]);
    expect(ends(desk)).toHaveLength(1);
  });

  it('ends it also by the command and by a no to many at once', async () => {
    for (const deny of [
      (side: Approvals, { id, fingerprint }: Approval) => side.deny({ id, fingerprint, identity: null, reason: '' }),
      (side: Approvals, { id }: Approval) => side.denyAll([id], ''),
    ]) {
      const { desk, approval } = await approvedForAWhile();
      await deny(await atDesk(desk, 'amy'), approval);
      expect(await desk.call({ note: 'another text' })).toMatchObject({ code: 'APPROVAL_PENDING' });
      expect(desk.ran()).toBe(0);
    }
  });

  it('ends it also when the call itself ran or expired, and says that this alone was ended', async () => {
    for (const over of [(desk: Attacked) => desk.call(), async (desk: Attacked) => desk.pass(6 * 60_000)]) {
      const { desk, approval } = await approvedForAWhile();
      await over(desk);
      const before = desk.ran();
      await expect(desk.deny('cleo', approval)).rejects.toMatchObject({ code: 'STANDING_ENDED' });
      expect(desk.world.approvals.desk().standing).toEqual([]);
      await expect(desk.deny('cleo', approval)).rejects.toMatchObject({ code: 'APPROVAL_OVER' });
      expect(await desk.call()).toMatchObject({ code: 'APPROVAL_DENIED', approval: approval.id });
      await desk.call({ note: 'another text' });
      expect(desk.ran()).toBe(before);
      await desk.world.approvals.sweep();
      expect(ends(desk)).toMatchObject([{ principal: { id: 'cleo' }, params: { outcome: 'withdrawn' } }]);
    }
  });

  it('of another call that it would cover leaves it, but for that very call', async () => {
    const desk = await attackedDesk();
    await desk.call({ note: 'never this' });
    const never = desk.waiting()[0];
    await desk.call();
    const like = desk.waiting().find(({ id }) => id !== never?.id);
    await desk.approve('ben', like, terms);
    await desk.deny('cleo', never);
    expect(await desk.call({ note: 'never this' })).toMatchObject({ code: 'APPROVAL_DENIED' });
    await desk.call({ note: 'another text' });
    expect(desk.ran()).toBe(1);
  });

  it('keeps that very call from what was approved for a while with others, as long as that holds', async () => {
    for (const order of ['before', 'after']) {
      const desk = await attackedDesk();
      await desk.call({ note: 'never this' });
      const never = desk.waiting()[0];
      await desk.call();
      const like = desk.waiting().find(({ id }) => id !== never?.id);
      if (order === 'before') await desk.deny('cleo', never);
      await desk.approve('ben', like, terms);
      if (order === 'after') await desk.deny('cleo', never);
      desk.pass(16 * minute);
      expect(await desk.call({ note: 'never this' })).toMatchObject({ code: 'APPROVAL_PENDING' });
      desk.pass(40 * minute);
      await desk.call({ note: 'never this' });
      expect(desk.ran()).toBe(0);
      await desk.call({ note: 'another text' });
      expect(desk.ran()).toBe(1);
    }
  });

  it('keeps a call that ran from what was approved for a while with another, too', async () => {
    const desk = await attackedDesk();
    await desk.call({ note: 'never again' });
    const again = await desk.approve('ben', undefined, { ...terms, fixed: ['id', 'note'] });
    await desk.call({ note: 'never again' });
    await desk.call();
    await desk.approve('ben', undefined, terms);
    await expect(desk.deny('cleo', again)).rejects.toMatchObject({ code: 'STANDING_ENDED' });
    expect(await desk.call({ note: 'never again' })).toMatchObject({ code: 'APPROVAL_DENIED', approval: again.id });
    desk.pass(16 * minute);
    expect(await desk.call({ note: 'never again' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(1);
  });

  it('ends it as long as it holds, when nothing else is left of its call', async () => {
    for (const forget of [
      async (desk: Attacked) => desk.pass(16 * minute),
      async (desk: Attacked) => {
        for (let id = 2; id <= 52; id += 1) {
          await desk.call({ id });
          await desk.deny('amy');
        }
      },
    ]) {
      const { desk, approval } = await approvedForAWhile();
      await desk.call();
      await forget(desk);
      await desk.world.approvals.sweep();
      expect(desk.world.approvals.desk().approvals.map(({ id }) => id)).toContain(approval.id);
      await expect(desk.deny('cleo', approval)).rejects.toMatchObject({ code: 'STANDING_ENDED' });
      expect(desk.world.approvals.desk().standing).toEqual([]);
      expect(desk.world.approvals.desk().approvals.map(({ id }) => id)).not.toContain(approval.id);
      await desk.call({ note: 'another text' });
      expect(desk.ran()).toBe(1);
    }
  });

  it('while it is being approved withholds it', async () => {
    const desk = await attackedDesk();
    await desk.call();
    const [waiting] = desk.waiting();
    const begun = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    desk.world.onAppend = () => (begun.resolve(), writing.promise);
    const yes = desk.approve('ben', waiting, terms).catch((no: unknown) => no);
    await begun.promise;
    const denied = desk.deny('cleo', waiting);
    while (desk.waiting().length > 0) await tick();
    writing.resolve();
    await denied;
    expect(await yes).toMatchObject({ code: 'APPROVAL_OVER' });
    expect(desk.world.approvals.desk().standing).toEqual([]);
    await desk.call({ note: 'another text' });
    expect(desk.ran()).toBe(0);
  });
});

describe.each([
  ['denying the call it was given with', (desk: Attacked, approval: Approval) => desk.deny('cleo', approval)],
  [
    'withdrawing it',
    async (desk: Attacked) =>
      desk.world.approvals.desk().standing.forEach(({ id }) => desk.world.approvals.withdrawStanding(id)),
  ],
])('%s while a call by it is about to run', (_, take) => {
  it.each([0, 1, 2, 3, 4, 5, 6, 8, 10])('lets it run before, as the ledger says, or not at all (%i)', async (lead) => {
    const { desk, approval } = await approvedForAWhile();
    desk.world.onAppend = async () => {
      for (let wait = 3; wait > 0; wait -= 1) await tick();
    };
    const call = desk.call({ note: 'another text' });
    for (let wait = lead; wait > 0; wait -= 1) await tick();
    const taken = take(desk, approval);
    await Promise.all([call, taken]);
    await desk.world.approvals.sweep();
    const [end] = ends(desk);
    const made = desk.world.entries.findIndex(({ kind }) => kind === 'call.intent');
    expect(end?.params).toMatchObject({ outcome: 'withdrawn', usesLeft: made === -1 ? 5 : 4 });
    expect(desk.ran()).toBe(made === -1 ? 0 : 1);
    if (made !== -1) expect(made).toBeLessThan(desk.world.entries.indexOf(end as never));
    await desk.call({ note: 'a third text' });
    expect(desk.ran()).toBe(made === -1 ? 0 : 1);
  });
});
