import { describe, expect, it } from 'vitest';
import { gist } from '../../src-renderer/screens/approvals/gist.ts';
import type { Approval } from '../../src-shared/model/approval.ts';
import { waitingCall } from '../main/waiting-call.ts';

const uuid = '5f1c0a9e-7c7b-4c0e-9a55-2b1d3c4e5f60';
const of = (args: Approval['arguments'], secrets: string[] = []) => gist({ ...waitingCall, arguments: args, secrets });

describe('gist', () => {
  it('says first what a call costs, how many, and to whom, whatever came first', () => {
    const change = { customer: 'ACME-1', subscriptionId: uuid, quantityNow: 48, expectedTotal: 2027.52, quantity: 96 };
    expect(of(change)).toBe('quantity 96, expectedTotal 2027.52');
    expect(of({ subscriptionId: uuid, when: 'now', expectedQuantity: 48, expectedProduct: 'Microsoft 365 E5' })).toBe(
      'expectedProduct Microsoft 365 E5, expectedQuantity 48',
    );
    expect(of({ id: 2001, text: 'Dear Vikram', to: 'vikram@meridian.example' })).toBe(
      'to vikram@meridian.example, id 2001',
    );
  });

  it('leaves out what no person can read, but where there is nothing else', () => {
    expect(of({ customer: 'ACME-1', subscriptionId: uuid, note: 'Renewed.' })).toBe('note Renewed.');
    expect(of({ customer: 'ACME-1', subscriptionId: uuid })).toBe(`subscriptionId ${uuid}`);
    expect(of({ customer: 'ACME-1' })).toBe('');
  });

  it('keeps the order of the call otherwise, and shows no secret', () => {
    expect(of({ id: 7, note: 'a', more: 'b' })).toBe('id 7, note a');
    expect(of({ password: '', id: 7 }, ['password'])).toBe('id 7');
  });

  it('does not repeat the id of what is named beside it', () => {
    const subjects = [{ kind: 'ticket', id: '7', name: 'Printer' }];
    const call = { ...waitingCall, arguments: { id: 7, priorityId: 8, note: 'a' }, secrets: [] };
    expect(gist({ ...call, subjects })).toBe('priorityId 8, note a');
    expect(gist({ ...call, subjects: null })).toBe('id 7, priorityId 8');
  });

  it('stays short, and on one line', () => {
    expect(of({ note: `a\n\u202Eb${' long'.repeat(90)}` })).toMatch(/^note a b( long)+/);
    expect(of({ note: 'x'.repeat(500) })).toHaveLength(80);
  });
});
