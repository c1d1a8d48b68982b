// Working on several customers at once is a right of its own. A technician without it, or a command without the operator
// token, gets nothing by asking.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';
import { connectOperator } from '../flows/running-app.ts';

const attacked = attackedApp(); // Amy is a technician.
const asked = { client: 'attacker', customers: ['MERI-7', 'FERN-2'], reason: 'Compare who has backups', minutes: 30 };

describe('a cross-customer scope', () => {
  it('is not opened for a technician without the right', async () => {
    const before = await lastEntry(attacked);
    await expect(attacked.app.operator.openCross(asked)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await attacked.app.operator.state(undefined)).crosses).toEqual([]);
    expect(await attacked.since(before)).toEqual([]);
    const { message } = await attacked.post(goodCall({ customer: 'CROSS-1' }, 'ticket_list'));
    expect(message?.result?.['structuredContent']).toMatchObject({ denied: true, code: 'CUSTOMER_MISMATCH' });
    expect((await attacked.mcp.call('ticket_list', { customer: 'MERI-7' })).isError).toBe(false);
  });

  it('is not opened over a connection that has not proved the operator', async () => {
    const shell = await connectOperator(attacked.app.home);
    await expect(shell.openCross(asked)).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
  });

  it('is not shown as something the technician may do', async () => {
    const customers = await attacked.app.operator.customers(undefined);
    expect(customers.filter(({ mayCross }) => mayCross)).toEqual([]);
  });
});
