// A tool may take a secret: the password to store. What the ledger, which managers and auditors read, keeps of such a call
// must not hold it, wherever in the arguments it was put and however the call ends.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { ToolDefinition } from '../../src-shared/model/tool.ts';
import { toolOf } from '../gateway/enrolment.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { makeWorld } from '../gateway/world.ts';

const secret = 'correct-horse-battery-staple';
const setPassword = ToolDefinition.parse({
  ...toolOf('password_set', 'one', 'write'),
  inputSchema: {
    type: 'object',
    properties: {
      customer: { type: 'string' },
      id: { type: 'integer' },
      password: { type: 'string', maxLength: 100, writeOnly: true },
    },
    required: ['customer', 'id', 'password'],
    additionalProperties: false,
  },
});

async function recorded(args: Record<string, unknown>): Promise<string> {
  const world = await makeWorld({ tools: [setPassword] });
  await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
  await callTool(callOf('password_set', args), world.powers, never);
  expect(world.entries.length).toBeGreaterThan(0);
  return JSON.stringify(world.entries);
}

describe('a secret among the arguments', () => {
  it('is not written down when the call runs, and what is no secret is', async () => {
    const text = await recorded({ id: 5, password: secret });
    expect(text).not.toContain(secret);
    expect(text).toContain('"params":{"customer":"ACME-1","id":5,"password":"[not recorded]"}');
    expect(text).toContain('call.outcome');
  });

  it.each([
    ['of a wrong type', { id: 5, password: [secret] }],
    ['under a misspelt name', { id: 5, passwrd: secret }],
    ['for another customer', { customer: 'OTHER-1', id: 5, password: secret }],
    ['too long', { id: 5, password: secret.repeat(10) }],
  ])('is not written down when the call is denied: %s', async (_, args) => {
    const text = await recorded(args);
    expect(text).not.toContain(secret);
    expect(text).toContain('call.denied');
  });
});
