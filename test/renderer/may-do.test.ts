import { describe, expect, it } from 'vitest';
import { mayDoRows } from '../../src-renderer/screens/customer/may-do-sentences.ts';
import { crossMisfit } from '../../src-renderer/screens/cross/cross-form.ts';
import { trialCells } from '../../src-renderer/screens/try-tool/trial-view.tsx';
import type { OfferedTool } from '../../src-shared/contract/gateway.ts';
import { gateNames } from '../../src-shared/model/denial.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import { fixtureTools } from '../e2e/window-fixture-data.ts';
import { fixtureClassList } from '../e2e/window-fixture-rules.ts';

const [some] = fixtureTools;

function tool(name: string, title: string, risk: Risk, part: Partial<OfferedTool> = {}): OfferedTool {
  if (some === undefined) throw new Error('no tool');
  return {
    definition: { ...some.definition, name, title, risk },
    risk,
    isAllowed: true,
    asks: 0,
    because: [],
    ...part,
  };
}
const said = (...tools: OfferedTool[]): unknown =>
  mayDoRows({ tools, classes: fixtureClassList }).map(({ verdict, sentences }) => [verdict, ...sentences]);

describe('mayDoRows', () => {
  it('says what is read by what it is about, each once, what most is about first', () => {
    expect(
      said(
        tool('asset_list', 'List assets', 'read'),
        tool('ticket_list', 'List tickets', 'read'),
        tool('ticket_get', 'Read a ticket', 'read'),
        tool('hudu_asset_list', 'List documented assets', 'sensitive'),
        tool('ticket_search', 'Search tickets', 'read'),
        tool('breach_report', 'Show breaches', 'read'),
      ),
    ).toEqual([['runs', 'Reads tickets, assets and breaches.']]);
  });

  it('says what is done by its title, and how many more there are', () => {
    const deeds = ['Add a note', 'Assign a ticket', 'Close a ticket', 'Log time', 'Change an asset', 'Start a process'];
    expect(said(...deeds.map((title, place) => tool(`deed_${place}`, title, 'write')))).toEqual([
      ['runs', 'May add a note, assign a ticket, close a ticket, log time and 2 more.'],
    ]);
  });

  it('tells one person from two, and a rule from there being none', () => {
    const rule = { id: 'no-reveal', says: 'No password is shown.' };
    expect(
      said(
        tool('mail', 'Send a reply', 'external', { asks: 1 }),
        tool('order', 'Order a product', 'spend', { asks: 2 }),
        tool('change', 'Change seats', 'spend', { asks: 2 }),
        tool('reveal', 'Reveal a password', 'credential', { isAllowed: false, because: [rule] }),
        tool('cancel', 'Cancel a subscription', 'destructive', { isAllowed: false, reason: 'No.' }),
      ),
    ).toEqual([
      ['asks', 'Before it may send a reply.'],
      ['asks-two', 'Before it may order a product or change seats.'],
      ['denied', 'Reveal a password. “No password is shown.”', 'Cancel a subscription. No rule allows it.'],
    ]);
  });

  it('tells what policy denies from what is only not there right now', () => {
    expect(
      said(tool('kb_get', 'Read an article', 'read', { isAllowed: false, reason: 'Hudu is not healthy.' })),
    ).toEqual([['unavailable', 'Read an article. Hudu is not healthy.']]);
  });
});

describe('trialCells', () => {
  const gates = gateNames.slice(0, 6).map((gate) => ({ gate, ok: true, ms: 1 }));

  it('never shows the last two as reached', () => {
    expect(trialCells({ verdict: 'runs', gates })).toEqual([...gates.map(() => 'passed'), 'ahead', 'ahead']);
  });

  it('waits at the policy, and stops where it was denied', () => {
    expect(trialCells({ verdict: 'asks-two', gates })[4]).toBe('waiting');
    const denied = gates.slice(0, 3).map((gate, place) => ({ ...gate, ok: place < 2 }));
    expect(trialCells({ verdict: 'denied', gates: denied })).toEqual([
      'passed',
      'passed',
      'stopped',
      ...Array.from({ length: 5 }, () => 'ahead'),
    ]);
  });
});

describe('crossMisfit', () => {
  it('wants 2 to 25 customers and ten letters of a reason', () => {
    expect(crossMisfit(1, 'a long enough reason')).toEqual({ field: 'customers', why: 'tooFew' });
    expect(crossMisfit(26, 'a long enough reason')).toEqual({ field: 'customers', why: 'tooMany' });
    expect(crossMisfit(2, '   short    ')).toEqual({ field: 'reason', why: 'tooShort' });
    expect(crossMisfit(25, 'ten letter')).toBeNull();
  });
});
