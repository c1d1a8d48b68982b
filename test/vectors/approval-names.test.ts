// An AI asks for a record of another customer, or one that somebody named to deceive whoever approves the call. What a person
// reads of what a call acts on is proven first, twice; nobody is asked about what is not, and no name of another customer is shown.
import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { shownApproval } from '../../src-cli/shown-approval.ts';
import { plainLine } from '../../src-renderer/parts/vendor-text.tsx';
import { labelled } from '../connectors/labelled.ts';
import { type Attacked, attackedDesk } from './approval-world.ts';

let desk: Attacked;
beforeEach(async () => {
  desk = await attackedDesk();
});
const call = () => desk.call({}, { tool: 'record_change' });
const named = (owner: string, ...names: string[]) => ({
  status: 'ok' as const,
  records: names.map((name, at) => labelled(owner, { kind: 'ticket', id: String(at + 1), name })),
  dropped: 0,
});
const written = () => JSON.stringify([desk.world.entries, desk.world.approvals.desk()]);

describe('a call that acts on a record of another customer', () => {
  it.each<[string, WorkerAnswer]>([
    ['which the worker does not prove', { status: 'denied', code: 'OWNERSHIP_UNPROVEN' }],
    ['which the worker lets pass', named('17', 'Zenith payroll')],
    [
      'beside one of its own',
      { ...named('12'), records: [...named('12', 'Own').records, ...named('17', 'Zenith payroll').records] },
    ],
    ['which the worker says it left out', { ...named('12', 'Own'), dropped: 1 }],
  ])('is denied at once, %s, and nobody is asked', async (_, answer) => {
    desk.world.lookUp = async () => answer;
    expect(await call()).toEqual({
      denied: true,
      gate: 'execution',
      code: 'OWNERSHIP_UNPROVEN',
      reason: "No such record is provably this customer's. Nothing was changed.",
      remedy: 'Check the id with a list or search tool first.',
      auditRef: '3',
    });
    expect(desk.world.approvals.desk().approvals).toEqual([]);
    expect(desk.world.entries.map(({ kind }) => kind)).toEqual(['call.intent', 'call.outcome', 'call.denied']);
    expect(desk.world.entries[1]?.result).toMatchObject({ status: 'OWNERSHIP_UNPROVEN', records: 0 });
    expect(desk.world.entries[2]?.gates?.map(({ gate, ok }) => [gate, ok])).toEqual([
      ['principal', true],
      ['tenant', true],
      ['customer', true],
      ['entitlement', true],
      ['execution', false],
      ['audit', true],
    ]);
    expect(written()).not.toMatch(/Zenith|payroll/);
    expect(desk.ran()).toBe(0);
  });
});

describe('a record named to deceive', () => {
  it('is shown without what names another customer', async () => {
    desk.world.lookUp = async () => named('12', 'Backups as at Zenith Group');
    await call();
    const [{ subjects } = { subjects: null }] = desk.waiting();
    expect(subjects?.[0]?.name).toBe('Backups as at [another customer]');
    expect(written()).not.toContain('Zenith');
  });

  it('is shown on one line and as text, at a terminal and in the window', async () => {
    const hostile = 'Fire\u202ewall\u001b[2Jadmin\napproved by  ops\u200b <b>yes</b>';
    desk.world.lookUp = async () => named('12', hostile);
    await call();
    const [approval] = desk.waiting();
    if (!approval) throw new Error('nothing waits');
    const shown = shownApproval(approval);
    expect(shown).toContain('halopsa ticket 1: Fire');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown).not.toMatch(/[\u202e\u200b\u001b]/);
    expect(shown.split('\n').filter((line) => /^\s*approved by/.test(line))).toEqual([]);
    expect(plainLine(approval.subjects?.[0]?.name ?? '')).toBe('Firewall [2Jadmin approved by ops <b>yes</b>');
  });
});

describe('looking up', () => {
  it('takes no more than a person may be shown', async () => {
    desk.world.lookUp = async () => named('12', ...Array.from({ length: 9 }, (_, at) => `Ticket ${at}`));
    await call();
    expect(desk.waiting()).toMatchObject([{ subjects: null }]);
  });
});
