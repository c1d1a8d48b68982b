// Attack: an AI with a shell, and no operator token, has a connector tested again and again. Each test of the bound customer is a
// call in the technician's name: it runs while all AI work is stopped, uses up the technician's limits, and counts the technician
// as the person whom policy asks for.
import { describe, expect, it } from 'vitest';
import { instanceOf, toolOf } from '../gateway/enrolment.ts';
import { frontEndWorld } from '../main/front-end-of.ts';

describe('a test of a connector', () => {
  it('makes no call for a connection that has not proved the operator', async () => {
    const world = frontEndWorld();
    const { facts } = world.desk;
    facts.tenancy = { ...facts.tenancy, instances: [instanceOf({ mapping: { acme: '12' } })] };
    facts.tools = [{ ...toolOf('customer_get', 'one'), inputSchema: { required: ['customer'] } }];
    await world.connect(true).bindCustomer({ customer: 'ACME-1' });
    await expect(world.connect(false).testInstance({ instance: 'halo' })).rejects.toMatchObject({
      code: 'OPERATOR_ONLY',
    });
    expect(world.reached).toEqual([]);
    expect(await world.connect(true).testInstance({ instance: 'halo' })).toMatchObject({ ok: true });
    expect(world.reached).toEqual(['callTool']);
  });
});
