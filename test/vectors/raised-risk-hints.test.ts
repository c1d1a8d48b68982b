// The company put a tool in a stricter class, but what a client app is told of it is the milder one: clients let what is
// `readOnlyHint` run without asking the person in front of them.
import { describe, expect, it } from 'vitest';
import { mcpEndpoint } from '../../src-gateway/mcp-endpoint.ts';
import { bundleOf } from '../gateway/enrolment.ts';
import { bindingTo, caller, clientOf, msp } from '../gateway/given.ts';
import { issuer, makeWorld } from '../gateway/world.ts';

const policies = { all: `permit (principal, action, resource) when { true };` };

async function annotationsOf(name: string, risks: Record<string, string>): Promise<unknown> {
  const enrolment = await issuer.enrol({ bundle: bundleOf({ policy: { policies, risks } }) });
  const world = await makeWorld({ enrolment });
  await world.scope.replace(msp, [clientOf()], bindingTo('acme', 1));
  const endpoint = mcpEndpoint(world.powers, () => '0');
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const request = new Request('http://127.0.0.1:1/mcp', { method: 'POST', headers, body: JSON.stringify(body) });
  const response = await endpoint.serve(request, body, caller);
  const text = (await response.text()).replace(/^(event:.*\n)?data: /, '');
  const { result } = JSON.parse(text) as { result: { tools: { name: string; annotations: unknown }[] } };
  await endpoint.close();
  return result.tools.find((tool) => tool.name === name)?.annotations;
}

describe('tools/list', () => {
  it('calls a tool destructive that the company classes so', async () => {
    expect(await annotationsOf('note_add', { note_add: 'destructive' })).toMatchObject({ destructiveHint: true });
  });

  it('calls a read that the company classes as a write no read', async () => {
    expect(await annotationsOf('ticket_list', { ticket_list: 'spend' })).toMatchObject({ readOnlyHint: false });
  });
});
