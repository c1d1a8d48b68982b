// Attack: whoever may read the ledger, take it along, or copy the files of the home, looks there for what calls asked: words of
// customers, whom nobody asked whether they may be read. What is recorded of a call for all to read is that it was made.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookUpTool } from '../../src-shared/model/subject.ts';
import { runCommand } from '../cli/run-command.ts';
import { type McpClient, mcpClient } from '../flows/mcp.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

const words = 'quokka-7731-zanzibar';
/** What the vendor calls the ticket: the person who is asked reads it, and nobody else. */
const name = 'Lewis needs Visio';
const secrets = new RegExp(`${words}|${name}`);
const tools = ['ticket_search', 'ticket_close', 'ticket_search', 'no_such_tool'];

describe('what a call asks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-clear-'));
  let app: RunningApp;
  let mcp: McpClient;
  beforeAll(async () => {
    app = await startApp();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const { token } = await app.operator.addClient({ name: 'assistant', pin: null });
    mcp = mcpClient(app.ready.mcpUrl, token);
    await mcp.call('ticket_search', { customer: 'MERI-7', text: words });
    await mcp.call('ticket_close', { customer: 'MERI-7', ticketId: 2001, resolution: words });
    await mcp.call('ticket_search', { customer: 'FERN-2', text: words });
    await mcp.call('no_such_tool', { customer: 'MERI-7', [words]: words });
    await app.operator.callTool({ tool: 'ticket_search', arguments: { text: words } });
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const audit = (...more: string[]) => runCommand(['audit', ...more, '--home', app.home]);

  it('is on record, each time', async () => {
    const { entries } = await app.operator.entries({ limit: 1000, filter: {} });
    const asked = entries.filter(({ kind }) => ['call.intent', 'call.denied', 'approval.asked'].includes(kind));
    expect(asked.map(({ tool }) => tool)).toEqual([
      tools[0],
      ...[lookUpTool, 'ticket_close', 'ticket_close'],
      ...tools.slice(2),
      'ticket_search',
    ]);
    expect(asked.every(({ body }) => body !== undefined)).toBe(true);
    const [{ subjects } = { subjects: null }] = (await app.operator.approvals(undefined)).approvals;
    expect(subjects?.[0]?.name).toContain(name);
  });

  it('is not in what the ledger shows', async () => {
    const { stdout } = await audit('tail', '-n', '1000', '--json');
    expect(stdout).toContain('ticket_close');
    expect(stdout).not.toMatch(secrets);
    expect((await audit('tail', '-n', '1000')).stdout).not.toMatch(secrets);
  });

  it.each(['jsonl', 'csv', 'bundle'])('is not in an export (%s)', async (format) => {
    const out = join(folder, `export.${format}`);
    expect((await audit('export', '--format', format, '--out', out)).code).toBe(0);
    const text = readFileSync(out, 'latin1');
    expect(text).toContain('ticket_close');
    expect(text).not.toMatch(secrets);
  });

  it('is in no file of the home, while it runs and when it has ended', async () => {
    const holding = (path: string): string[] =>
      statSync(path).isDirectory()
        ? readdirSync(path).flatMap((name) => holding(join(path, name)))
        : statSync(path).isFile() && has(readFileSync(path))
          ? [path]
          : [];
    const has = (bytes: Buffer): boolean =>
      [words, name].some((each) => bytes.includes(each) || bytes.includes(Buffer.from(each, 'utf16le')));
    expect(holding(app.home)).toEqual([]);
    await app.stop();
    expect(holding(app.home)).toEqual([]);
  });
});
