import { describe, expect, it } from 'vitest';
import { isOfSeveral } from '../../src-renderer/screens/activity/call-row.ts';
import { customerFact } from '../../src-renderer/screens/activity/call-words.ts';
import { FixtureMsp } from '../e2e/window-fixture-msp.ts';

describe('isOfSeveral', () => {
  const msp = new FixtureMsp(5, { changed: () => undefined, grew: () => undefined });
  const inScope = { ...msp.call('ticket_list'), cross: 'CROSS-1', customer: null };

  it('is the outcome of a call that was made for each customer of a scope', () => {
    expect(isOfSeveral(inScope)).toBe(true);
    expect(isOfSeveral({ ...inScope, customer: msp.customers[0]!.code })).toBe(false);
    expect(isOfSeveral(msp.call('ticket_list'))).toBe(false);
  });

  it('is not what was refused before any of them was asked, nor what an app asks of its scope', () => {
    expect(isOfSeveral({ ...inScope, kind: 'call.denied' })).toBe(false);
    const { connector: _, ...aboutItself } = { ...inScope, tool: 'bulkhead_context' };
    expect(isOfSeveral(aboutItself)).toBe(false);
    expect(customerFact(aboutItself)).toBe('No one customer: it is about all of CROSS-1');
    expect(customerFact({ ...inScope, customer: msp.customers[0]!.code })).toBe(msp.customers[0]!.code);
  });
});
