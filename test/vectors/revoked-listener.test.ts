// A stream for news stays open for hours. What was checked when it began is asked again: a revoked client app must not go
// on hearing when the technician switches, and one that opens streams without end must not take every connection.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall } from './attacked-app.ts';

const attacked = attackedApp();
const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'attacker', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Opens a stream as the holder of a token, and collects what comes over it. */
async function listen(token: string) {
  const answer = await fetch(attacked.app.ready.mcpUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 7,
      method: 'subscriptions/listen',
      params: { notifications: { toolsListChanged: true }, _meta: meta },
    }),
  });
  const heard = { text: '', isOver: false };
  const read = async (): Promise<void> => {
    for await (const piece of answer.body ?? []) heard.text += Buffer.from(piece).toString();
  };
  void read()
    .catch(() => {})
    .then(() => (heard.isOver = true));
  await expect.poll(() => heard.text).toContain('acknowledged');
  return heard;
}

const news = 'notifications/tools/list_changed';

describe('a client app that listens', () => {
  it('hears of a switch while it is known, and nothing from the moment it is revoked', async () => {
    const { app } = attacked;
    const { token } = await app.operator.addClient({ name: 'honest', pin: null });
    const [revoked, known] = [await listen(attacked.token), await listen(token)];
    await app.operator.revokeClient({ name: 'attacker' });
    await expect.poll(() => revoked.isOver).toBe(true);
    expect(revoked.text).not.toContain(news);
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    await expect.poll(() => known.text).toContain(news);
    expect(known.isOver).toBe(false);
  });

  it('keeps its last few streams, however many it opens', async () => {
    const { app } = attacked;
    const { token } = await app.operator.addClient({ name: 'greedy', pin: null });
    const streams: { readonly isOver: boolean }[] = [];
    for (let count = 0; count < 10; count += 1) streams.push(await listen(token));
    await expect
      .poll(() => streams.map(({ isOver }) => isOver))
      .toEqual([...Array(6).fill(true), ...Array(4).fill(false)]);
    const { status } = await attacked.post(goodCall(), { authorization: `Bearer ${token}` });
    expect(status).toBe(200);
  });
});
