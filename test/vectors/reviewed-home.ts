// A home whose tools were accepted at an earlier start, so that a test can be the update that brings other definitions.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { demoData } from '../flows/demo-owners.ts';
import { type McpClient, mcpClient } from '../flows/mcp.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

export interface ReviewedHome {
  readonly home: string;
  /** What was accepted: rewriting it says what the build brought then. */
  readonly file: string;
  rewrite(change: (tools: ToolDefinition[]) => ToolDefinition[]): void;
  /** Starts Bulkhead in it, with MERI-7 bound and one client app. */
  start(): Promise<{ app: RunningApp; mcp: McpClient; listed(): Promise<string[]> }>;
  remove(): Promise<void>;
}

/** A first start, ended again: everything the build brings is accepted. */
export async function reviewedHome(): Promise<ReviewedHome> {
  const home = mkdtempSync(join(tmpdir(), 'bulkhead-tools-'));
  const file = join(home, 'tenants', demoData.tenant.id, 'tools.json');
  let running: RunningApp | undefined;
  const end = async () => {
    await running?.stop();
    running = undefined;
  };
  const start: ReviewedHome['start'] = async () => {
    await end();
    const app = await startApp({ home, demoAs: 'helen.strand' }); // She may read what was asked.
    running = app;
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const { clients } = await app.operator.state(undefined);
    const { token } = await app.operator.addClient({ name: `assistant ${clients.length}`, pin: null });
    const mcp = mcpClient(app.ready.mcpUrl, token);
    const listed = async () => {
      const { message } = await mcp.request('tools/list');
      const tools = (message?.result?.['tools'] ?? []) as { name: string }[];
      return tools.map(({ name }) => name);
    };
    return { app, mcp, listed };
  };
  await start();
  await end();
  if (!existsSync(file)) throw new Error('the first start accepted nothing');
  return {
    home,
    file,
    start,
    rewrite: (change) => {
      const kept = JSON.parse(readFileSync(file, 'utf8')) as { v: 1; tools: ToolDefinition[] };
      writeFileSync(file, JSON.stringify({ ...kept, tools: change(kept.tools) }));
    },
    remove: async () => {
      await end();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
