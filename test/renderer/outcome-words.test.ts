import { describe, expect, it } from 'vitest';
import { inPlainWords } from '../../src-renderer/screens/approvals/approval-fault.ts';
import { outcomeBy, outcomeSentence } from '../../src-renderer/screens/approvals/outcome-words.ts';
import { Fault } from '../../src-shared/fault.ts';
import { fixtureCustomers } from '../e2e/window-fixture-data.ts';
import { FixtureDesk } from '../e2e/window-fixture-desk.ts';

function ended(state: Parameters<FixtureDesk['end']>[1], reason = '') {
  const desk = new FixtureDesk(fixtureCustomers(5), () => undefined);
  return desk.end(desk.ask().id, state, reason);
}

describe('outcomeSentence', () => {
  it('says a different thing for each way a request can end', () => {
    expect(outcomeSentence(ended('approved'))).toBe('Approved by Sam Ortiz');
    expect(outcomeSentence(ended('denied', 'Use the vault.'))).toBe('Denied by Sam Ortiz');
    expect(outcomeSentence(ended('expired'))).toBe('Expired: nobody decided in time');
    expect(outcomeSentence(ended('withdrawn', 'Another customer was bound.'))).toBe(
      'Withdrawn: another customer was bound',
    );
    expect(outcomeSentence(ended('withdrawn'))).toBe('Withdrawn: what was asked is not the same any more');
  });

  it('names both persons where two approved', () => {
    const at = '2026-11-22T10:00:00.000Z';
    const approvedBy = [
      { id: 'priya', name: 'Priya Nair', at },
      { id: 'sam', name: 'Sam Ortiz', at },
    ];
    expect(outcomeSentence({ ...ended('approved'), approvedBy })).toBe('Approved by Priya Nair and Sam Ortiz');
  });

  const at = '2026-11-22T10:00:00.000Z';
  const sam = { id: 'sam', name: 'Sam Ortiz', at };
  const priya = { id: 'priya', name: 'Priya Nair', at };

  it('names who had approved what ended all the same', () => {
    const yes = { approvedBy: [sam] };
    expect(outcomeSentence({ ...ended('expired'), ...yes })).toBe(
      'Approved by Sam Ortiz, but not called again in time',
    );
    expect(outcomeSentence({ ...ended('expired'), ...yes, needed: 2 })).toBe(
      'Expired: approved by Sam Ortiz, but by no second person in time',
    );
    expect(outcomeSentence({ ...ended('withdrawn', 'Another customer was bound.'), ...yes })).toBe(
      'Approved by Sam Ortiz, then withdrawn: another customer was bound',
    );
    expect(outcomeSentence({ ...ended('withdrawn', 'Another customer was bound.'), ...yes, needed: 2 })).toBe(
      'Withdrawn: another customer was bound. Approved by Sam Ortiz, but by no second person',
    );
    expect(outcomeSentence({ ...ended('denied'), approvedBy: [priya] })).toBe(
      'Approved by Priya Nair, taken back by Sam Ortiz',
    );
    expect(outcomeSentence({ ...ended('denied'), ...yes })).toBe('Taken back by Sam Ortiz');
    expect(outcomeSentence({ ...ended('denied'), approvedBy: [priya], needed: 2 })).toBe('Denied by Sam Ortiz');
  });

  it('does not let a name turn the words around it', () => {
    const by = { id: 'x', name: 'Sam\u202E\nOrtiz' };
    expect(outcomeSentence({ ...ended('denied'), decided: { by, reason: '', at: '2026-11-22T10:00:00.000Z' } })).toBe(
      'Denied by Sam Ortiz',
    );
  });
});

describe('outcomeBy', () => {
  it('is who decided, or that nobody did, or why it fell away', () => {
    expect(['approved', 'denied', 'expired'].map((state) => outcomeBy(ended(state as 'denied')))).toEqual([
      'by Sam Ortiz',
      'by Sam Ortiz',
      'nobody decided',
    ]);
    expect(outcomeBy(ended('withdrawn', 'The policy is another.'))).toBe('The policy is another.');
  });

  it('names who had approved what ended all the same', () => {
    const approvedBy = [{ id: 'priya', name: 'Priya Nair', at: '2026-11-22T10:00:00.000Z' }];
    expect(outcomeBy({ ...ended('expired'), approvedBy })).toBe('not called again, approved by Priya Nair');
    expect(outcomeBy({ ...ended('expired'), approvedBy, needed: 2 })).toBe('approved by Priya Nair alone');
    expect(outcomeBy({ ...ended('withdrawn', 'The policy is another.'), approvedBy })).toBe(
      'The policy is another. Approved by Priya Nair.',
    );
    expect(outcomeBy({ ...ended('withdrawn', 'The policy is another.'), approvedBy, needed: 2 })).toBe(
      'The policy is another. Approved by Priya Nair alone.',
    );
  });
});

describe('inPlainWords', () => {
  it('has words of its own for every refusal of a decision, and keeps the code', async () => {
    for (const code of [
      'APPROVAL_OVER',
      'APPROVAL_CHANGED',
      'NOT_YOURS',
      'SAME_PERSON',
      'IDENTITY_INVALID',
      'STANDING_REFUSED',
      'EXTENDED_ENOUGH',
      'LEDGER_UNWRITABLE',
      'APPROVAL_UNKNOWN',
      'STANDING_UNKNOWN',
      'STANDING_ENDED',
    ]) {
      const refuse = () => inPlainWords(() => Promise.reject(new Fault(code, 'raw')));
      await expect(refuse()).rejects.toMatchObject({ code, message: expect.not.stringMatching('raw') });
    }
  });

  it('passes on what it does not know, and what is answered', async () => {
    const other = new Fault('DISCONNECTED', 'raw');
    await expect(inPlainWords(() => Promise.reject(other))).rejects.toBe(other);
    await expect(inPlainWords(async () => 7)).resolves.toBe(7);
  });
});
