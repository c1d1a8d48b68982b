// A model misspells the name of a tool and sends the password all the same. Nothing says which of the arguments of a tool
// that does not exist is a secret, so the ledger may keep none of their values; the same before a caller is known.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import { bindingTo, callOf, clientOf, hashOf, msp, never } from '../gateway/given.ts';
import { makeWorld } from '../gateway/world.ts';

const secret = 'correct-horse-battery-staple';
const args = { id: 5, password: secret, nested: { password: secret } };

describe('a secret among the arguments of a call that no tool is known for', () => {
  it('is not written down when the tool does not exist', async () => {
    const world = await makeWorld();
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    await callTool(callOf('credential_creat', args), world.powers, never);
    expect(JSON.stringify(world.entries)).not.toContain(secret);
    expect(world.entries).toMatchObject([{ kind: 'call.denied', tool: 'credential_creat' }]);
  });

  it('is not written down when the caller is nobody', async () => {
    const world = await makeWorld();
    await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
    const stranger = { kind: 'client', tokenHash: hashOf('b') } as const;
    await callTool({ ...callOf('credential_create', args), caller: stranger }, world.powers, never);
    expect(JSON.stringify(world.entries)).not.toContain(secret);
    expect(world.entries).toMatchObject([{ kind: 'call.denied' }]);
  });
});
