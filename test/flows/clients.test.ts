import { Client as NewClient, StreamableHTTPClientTransport as NewTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossings } from './demo-owners.ts';
import { mcpClient } from './mcp.ts';
import { type RunningApp, startApp } from './running-app.ts';
import { connectors } from '../../src-connectors/connectors.ts';

interface Tool {
  readonly name: string;
}
interface Connected {
  listTools(): Promise<{ tools: Tool[] }>;
  callTool(call: { name: string; arguments?: Record<string, unknown> }): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const about = { name: 'flow test', version: '1.0.0' };
/** What an AI is offered in the demo, where nothing that destroys is a technician's; test/pins/tools.test.ts has the literals. */
const offered = connectors
  .flatMap(({ tools }) => tools.map((tool) => tool.definition()))
  .filter(({ risk }) => risk !== 'destructive');
const allTools = [...offered.map(({ name }) => name), 'bulkhead_context', 'bulkhead_whoami'].toSorted();
const names = ({ tools }: { tools: Tool[] }): string[] => tools.map(({ name }) => name).toSorted();

/** How the real client libraries are connected, as an LLM tool would. */
const libraries: Readonly<Record<string, (url: string, token: string) => Promise<Connected>>> = {
  'sdk 1.x': async (url, token) => {
    const client = new OldClient(about);
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(new OldTransport(new URL(url), { requestInit }));
    return client;
  },
  'client 2.x, era chosen by itself': (url, token) => connectNew(url, token, 'auto'),
  'client 2.x, old era': (url, token) => connectNew(url, token, 'legacy'),
};

async function connectNew(url: string, token: string, mode: 'auto' | 'legacy'): Promise<Connected> {
  const client = new NewClient(about, { versionNegotiation: { mode } });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new NewTransport(new URL(url), { requestInit }));
  return client;
}

describe('the MCP endpoint with real clients', () => {
  let app: RunningApp;
  let token: string;
  const open: Connected[] = [];
  beforeAll(async () => {
    app = await startApp();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    ({ token } = await app.operator.addClient({ name: 'assistant', pin: null }));
  });
  afterAll(async () => {
    await Promise.all(open.map((client) => client.close().catch(() => {})));
    await app?.stop();
    app?.remove();
  });
  const connect = async (library: string, url = app.ready.mcpUrl): Promise<Connected> => {
    const client = await libraries[library]?.(url, token);
    if (!client) throw new Error(`no such library: ${library}`);
    open.push(client);
    return client;
  };

  describe.each(Object.keys(libraries))('%s', (library) => {
    it('connects, lists the tools, and gets an answer that fits the tool’s own schema', async () => {
      const client = await connect(library);
      expect(names(await client.listTools())).toEqual(allTools);
      // With the tools listed, the client checks structured content against the output schema and throws if it does not fit.
      const { structuredContent, isError } = await client.callTool({
        name: 'ticket_list',
        arguments: { customer: 'MERI-7' },
      });
      expect(isError ?? false).toBe(false);
      const content = structuredContent as Record<string, unknown>;
      expect((content['records'] as unknown[]).length).toBeGreaterThan(5);
      expect(crossings('ticket_list', content)).toEqual([]);
      const context = await client.callTool({ name: 'bulkhead_context', arguments: {} });
      expect(context['structuredContent']).toMatchObject({ customer: { code: 'MERI-7' } });
    });

    it('gets a denial as a result it can read, not as an exception', async () => {
      const client = await connect(library);
      await client.listTools();
      const result = await client.callTool({ name: 'ticket_list', arguments: { customer: 'FERN-2' } });
      expect(result).toMatchObject({ isError: true, structuredContent: { denied: true, code: 'CUSTOMER_MISMATCH' } });
      expect((result['content'] as { type: string; text: string }[]).map(({ type }) => type)).toEqual(['text']);
    });

    it('gets the same on ::1', async () => {
      const client = await connect(library, app.ready.mcpUrl.replace('127.0.0.1', '[::1]'));
      expect(names(await client.listTools())).toEqual(allTools);
    });

    it('is turned away with a token that is not known', async () => {
      await expect(libraries[library]?.(app.ready.mcpUrl, 'f'.repeat(64))).rejects.toThrow();
    });
  });

  it('serves calls of every library at once', async () => {
    const clients = await Promise.all(Object.keys(libraries).map((library) => connect(library)));
    const answers = await Promise.all(
      clients.flatMap((client) =>
        Array.from({ length: 10 }, () => client.callTool({ name: 'customer_get', arguments: { customer: 'MERI-7' } })),
      ),
    );
    expect(answers.filter((answer) => answer['isError'] === true)).toEqual([]);
  });

  it('lists only the two own tools while nothing is bound, and again after a switch until the client app is armed', async () => {
    const client = await connect('sdk 1.x');
    const own = ['bulkhead_context', 'bulkhead_whoami'];
    await app.operator.releaseCustomer(undefined);
    expect(names(await client.listTools())).toEqual(own);
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    expect(names(await client.listTools())).toEqual(own);
    await app.operator.armClient({ name: 'assistant', customer: 'FERN-2' });
    expect(names(await client.listTools())).toEqual(allTools);
  });

  it('never lists a code of a customer, in any schema', async () => {
    const { text } = await mcpClient(app.ready.mcpUrl, token).request('tools/list');
    expect(text).not.toMatch(/[A-Z]{4}-\d|Meridian|Fernhill/);
  });
});
