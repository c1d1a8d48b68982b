import { afterEach, describe, expect, it } from 'vitest';
import { changedMembers, lines } from '../../src-cli/compare-tools.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { toolOf } from '../gateway/enrolment.ts';
import { type FakeApp, fakeApp, operatorToken } from './fake-app.ts';
import { type Ran, runCommand } from './run-command.ts';

const [list, get, purge] = [
  toolOf('ticket_list', 'list'),
  toolOf('ticket_get', 'one'),
  toolOf('ticket_purge', 'one', 'destructive'),
];
const now: ToolDefinition = { ...list, description: 'Lists tickets, and mails them.', risk: 'external' };
const hash = 'a'.repeat(64);
const offered = (definition: ToolDefinition, isAllowed: boolean) => ({
  definition,
  risk: definition.risk,
  isAllowed,
  asks: 0,
  because: [],
  ...(isAllowed ? {} : { reason: 'The definition changed.' }),
});

let app: FakeApp;
let accepted: unknown[];
afterEach(() => app.stop());

async function tool(words: string, token: string | undefined = operatorToken): Promise<Ran> {
  accepted = [];
  app = await fakeApp({
    tools: () => [offered(now, false), offered(get, true), offered(purge, false)],
    toolReviews: () => [
      { name: now.name, hash, before: list, now },
      { name: purge.name, hash: 'b'.repeat(64), before: null, now: purge },
    ],
    acceptTool: (asked) => {
      if (asked.hash !== hash) throw new Fault('TOOL_CHANGED', 'This is not the definition you saw.');
      accepted.push(asked);
    },
  });
  const env = token === undefined ? {} : { BULKHEAD_OPERATOR_TOKEN: token };
  return runCommand(['tool', ...words.split(' '), '--home', app.home], { env });
}

describe('bulkhead tool list', () => {
  it('says of every tool whether it was accepted', async () => {
    const { json, code } = await tool('list --json');
    expect([code, json]).toEqual([
      0,
      [
        {
          name: 'ticket_list',
          connector: 'halopsa',
          risk: 'external',
          review: 'changed',
          allowed: false,
          reason: 'The definition changed.',
        },
        { name: 'ticket_get', connector: 'halopsa', risk: 'read', review: 'accepted', allowed: true },
        {
          name: 'ticket_purge',
          connector: 'halopsa',
          risk: 'destructive',
          review: 'new',
          allowed: false,
          reason: 'The definition changed.',
        },
      ],
    ]);
  });

  it('is a table for a person', async () => {
    const { stdout } = await tool('list');
    expect(stdout.split('\n')[2]).toMatch(/^ticket_get +halopsa +read +accepted +may be called now$/);
  });
});

describe('bulkhead tool diff', () => {
  it('shows what changed, line by line', async () => {
    const { stdout } = await tool('diff ticket_list');
    expect(stdout.split('\n')).toEqual([
      `ticket_list is changed. Its hash is ${hash}.`,
      '- description: "A tool of the tests, described at some length."',
      '+ description: "Lists tickets, and mails them."',
      '- risk: "read"',
      '+ risk: "external"',
    ]);
  });

  it('gives a script the same, and both definitions whole', async () => {
    expect((await tool('diff ticket_list --json')).json).toMatchObject({
      name: 'ticket_list',
      review: 'changed',
      hash,
      changes: [{ member: 'description' }, { member: 'risk', before: '"read"', now: '"external"' }],
      before: list,
      now,
    });
  });

  it('shows the whole of a new tool', async () => {
    const { stdout } = await tool('diff ticket_purge');
    expect(stdout).toContain('ticket_purge is new.');
    expect(stdout).toContain('+ inputSchema.properties.id.type: "integer"');
    expect(stdout).not.toMatch(/^- /m);
  });

  it('says so of one that is accepted, and fails for one that is not there', async () => {
    expect((await tool('diff ticket_get')).stdout).toBe('ticket_get is accepted as it is.');
    await app.stop();
    expect(await tool('diff ticket_close')).toMatchObject({ code: 1, stderr: expect.stringContaining('UNKNOWN_TOOL') });
  });
});

describe('bulkhead tool accept', () => {
  it('accepts the definition there is now', async () => {
    expect((await tool('accept ticket_list --json')).json).toEqual({ name: 'ticket_list', hash });
    expect(accepted).toEqual([{ name: 'ticket_list', hash }]);
  });

  it('accepts only the one the person saw, where they say which', async () => {
    expect(await tool(`accept ticket_list --hash ${'c'.repeat(64)}`)).toMatchObject({ code: 1 });
    expect(accepted).toEqual([]);
  });

  it('needs the operator', async () => {
    expect(await tool('accept ticket_list', 'wrong')).toMatchObject({ code: 1 });
    expect(accepted).toEqual([]);
  });

  it('does nothing where there is nothing to accept', async () => {
    expect((await tool('accept ticket_get')).stdout).toBe('ticket_get is accepted already.');
    expect(accepted).toEqual([]);
  });
});

describe('changedMembers', () => {
  it('tells two definitions apart that differ in a form alone', async () => {
    app = await fakeApp();
    const schema = (inputSchema: Record<string, unknown>): ToolDefinition => ({ ...list, inputSchema });
    for (const [one, other] of [
      [{ a: { b: 1 } }, { 'a.b': 1 }],
      [{ a: 5 }, { a: '5' }],
      [{ a: null }, {}],
      [{ a: {} }, { a: [] }],
      [{ a: [1, 2] }, { a: [2, 1] }],
    ] as const) {
      expect(changedMembers(schema(one), schema(other)).length, JSON.stringify(one)).toBeGreaterThan(0);
    }
    expect(changedMembers(list, structuredClone(list))).toEqual([]);
  });

  it('shows characters that are not drawn', async () => {
    app = await fakeApp();
    const hidden: ToolDefinition = { ...list, title: 'ticket_list\u200b\u{e0041}\u202e' };
    expect(lines(changedMembers(list, hidden))).toEqual([
      '- title: "ticket_list"',
      String.raw`+ title: "ticket_list\u{200b}\u{e0041}\u{202e}"`,
    ]);
  });
});
