// A client of 2026-07-28 comes back with a text that says what it waits for. An AI forges it, borrows another's, and answers
// for the person. None of that lets a call run, and none of it tells when somebody else's call is decided.
import { beforeAll, describe, expect, it } from 'vitest';
import { attackedApp } from './attacked-app.ts';
import { post } from '../flows/mcp.ts';

const attacked = attackedApp();
let ticketId: unknown;
let otherToken = '';
beforeAll(async () => {
  const { content } = await attacked.mcp.call('ticket_list', { customer: 'MERI-7' });
  ticketId = (content['records'] as { id: number }[])[0]?.id;
  ({ token: otherToken } = await attacked.app.operator.addClient({ name: 'other', pin: null }));
});

const headers = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'ticket_close',
};
const bodyOf = (more: object, resolution: string) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'ticket_close',
      arguments: { customer: 'MERI-7', ticketId, resolution },
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'attacker', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {}, url: {} } },
      },
      ...more,
    },
  });
/** One call, and how long it took. */
async function close(more: object = {}, { resolution = 'Done.', token = attacked.token } = {}) {
  const from = performance.now();
  const answer = await post(attacked.app.ready.mcpUrl, bodyOf(more, resolution), {
    ...headers,
    authorization: `Bearer ${token}`,
  });
  return { result: answer.message?.result, error: answer.message?.error, ms: performance.now() - from };
}
const waits = { resultType: 'input_required', requestState: expect.any(String) as string };
const pending = async () =>
  (await attacked.app.operator.approvals(undefined)).approvals.filter(({ state }) => state === 'pending');
const changes = async () => (await attacked.vendor()).filter((line) => /^POST \/api\/actions/i.test(line));

describe('the state a client comes back with', () => {
  it('asks the client for nothing: the person decides in Bulkhead', async () => {
    const { result } = await close();
    expect(result).toMatchObject(waits);
    expect(result).not.toHaveProperty('inputRequests.0');
    expect(Object.keys((result?.['inputRequests'] as object | undefined) ?? {})).toEqual([]);
    expect((await pending()).length).toBe(1);
  });

  it('lets nothing run, whatever is answered for the person with it', async () => {
    await attacked.vendor();
    const yes = { action: 'accept', content: { approved: true, approve: 'yes', decision: 'approve' } };
    const id = String((await pending())[0]?.id);
    for (const requestState of [
      `${id}.1.${'A'.repeat(43)}`,
      `${id}.9.${'A'.repeat(43)}`,
      id,
      'approved',
      JSON.stringify({ approval: id, approved: true }),
      '',
    ]) {
      const inputResponses = { approval: yes, [id]: yes, confirm: yes };
      const { result, ms } = await close({ requestState, inputResponses });
      expect(result, requestState).toMatchObject(waits);
      expect(ms, requestState).toBeLessThan(5000);
    }
    expect(await changes()).toEqual([]);
    expect((await pending()).map(({ state }) => state)).toEqual(['pending']);
  });

  it('of another client app, or of other arguments, holds nothing and tells nothing', async () => {
    const { result } = await close();
    const requestState = result?.['requestState'];
    const theirs = await close({ requestState }, { token: otherToken });
    expect([theirs.result, theirs.ms < 5000]).toMatchObject([waits, true]);
    expect(theirs.result?.['requestState']).not.toBe(requestState);
    const swapped = await close({ requestState }, { resolution: 'Something else.' });
    expect([swapped.result, swapped.ms < 5000]).toMatchObject([waits, true]);
    expect((await pending()).length).toBe(3); // Each call is asked of people by itself.
  });

  it('is good for one run, and not for other arguments, after the person approved', async () => {
    await attacked.vendor();
    const approval = (await pending()).find(
      ({ client, arguments: args }) => client === 'attacker' && args['resolution'] === 'Done.',
    );
    if (!approval) throw new Error('nothing waits');
    const { id, fingerprint } = approval;
    const requestState = (await close()).result?.['requestState'];
    await attacked.app.operator.approve({ id, fingerprint, identity: null, standing: null });
    const swapped = await close({ requestState }, { resolution: 'Swapped after the approval.' });
    expect(swapped.result).toMatchObject(waits);
    expect(await changes()).toEqual([]);
    const ran = await close({ requestState });
    expect(ran.result?.['structuredContent']).toMatchObject({ customer: 'MERI-7', records: [{ isClosed: true }] });
    const again = await close({ requestState });
    expect(again.result).not.toHaveProperty('structuredContent.records');
    expect(await changes()).toHaveLength(1);
  });
});
