// The ledger writes what it was asked to and answers too late. What it was asked cannot be taken back, so what the gateway takes for
// unwritten may stand there: no "no" may lapse by that, and the ledger's last word on a call must be what holds.
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { EntryDraft } from '../../src-shared/model/entry.ts';
import { settle } from '../gateway/given.ts';
import { type Attacked, attackedDesk } from './approval-world.ts';

/** The ledger is too late for every answer from now on, or in time again. */
async function lateLedger(desk: Attacked): Promise<(isLate: boolean) => void> {
  let isLate = false;
  const { world } = desk;
  world.powers.recorder.use({
    append: async (draft) => {
      world.entries.push(EntryDraft.parse(draft));
      if (isLate) throw new Fault('DEADLINE', 'No answer in time.');
      return { seq: world.entries.length, leaf: '' };
    },
    on: () => () => {},
  });
  return (late) => void (isLate = late);
}

/** What the ledger says became of an approval, in order. */
const outcomes = ({ world }: Attacked, id: string | undefined): unknown[] =>
  world.entries.flatMap(({ kind, params }) =>
    kind === 'approval.decided' && params?.['approval'] === id ? [params?.['outcome']] : [],
  );

describe('a ledger that answers too late', () => {
  it('makes no "no" lapse: what is taken back does not run', async () => {
    const desk = await attackedDesk();
    const isLate = await lateLedger(desk);
    await desk.call();
    const [seen] = desk.waiting();
    await desk.approve('ben', seen);
    isLate(true);
    expect(await desk.deny('ben', seen)).toMatchObject({ state: 'denied' });
    isLate(false);
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_DENIED' });
    await desk.world.approvals.sweep();
    expect([desk.ran(), outcomes(desk, seen?.id).at(-1)]).toEqual([0, 'denied']);
  });

  it('leaves no "yes" on the disk of a call that still waits: that one is withdrawn', async () => {
    const desk = await attackedDesk();
    const isLate = await lateLedger(desk);
    await desk.call();
    const [seen] = desk.waiting();
    isLate(true);
    await expect(desk.approve('ben', seen)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    await settle();
    isLate(false);
    await desk.world.approvals.sweep();
    expect([desk.waiting(), outcomes(desk, seen?.id).at(-1)]).toEqual([[], 'withdrawn']);
    expect(await desk.call()).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.waiting()[0]?.id).not.toBe(seen?.id);
    expect(desk.ran()).toBe(0);
  });

  it('leaves no question on the disk that nobody was asked', async () => {
    const desk = await attackedDesk();
    const isLate = await lateLedger(desk);
    isLate(true);
    expect(await desk.call()).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    await settle();
    isLate(false);
    await desk.world.approvals.sweep();
    const asked = desk.world.entries.find(({ kind }) => kind === 'approval.asked');
    expect([desk.waiting(), outcomes(desk, String(asked?.params?.['approval'])).at(-1)]).toEqual([[], 'withdrawn']);
  });
});
