import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { type FakeApp, fakeApp, operatorToken, state, writeAppFile } from './fake-app.ts';
import { runCommand } from './run-command.ts';

let app: FakeApp;
afterEach(() => app.stop());

describe('the shapes with --json', () => {
  beforeEach(async () => {
    app = await fakeApp();
  });
  const shapes: [string, unknown][] = [
    [
      'customer list',
      [
        { id: 'meridian', code: 'MERI-7', name: 'Meridian Dental', bound: true },
        { id: 'alder', code: 'ALDR-3', name: 'Alder', bound: false },
      ],
    ],
    ['customer bind ALDR-3', { customer: 'ALDR-3', code: 'ALDR-3', epoch: 4 }],
    ['customer release', { customer: null }],
    [
      'client list',
      [
        { name: 'claude', state: 'suspended', customer: null, lastUsed: null },
        { name: 'pinned', state: 'armed', customer: 'ALDR-3', lastUsed: '2026-11-21T09:01:00.000Z' },
      ],
    ],
    ['client add new', { name: 'new', token: 'a'.repeat(64), customer: null }],
    ['client add new --pin ALDR-3', { name: 'new', token: 'a'.repeat(64), customer: 'ALDR-3' }],
    ['client arm claude', { name: 'claude', state: 'armed', customer: 'MERI-7' }],
    ['client suspend claude', { name: 'claude', state: 'suspended' }],
    ['client revoke claude', { name: 'claude', state: 'revoked' }],
    [
      'call ticket_list {}',
      {
        customer: 'MERI-7',
        records: [{ id: 1, summary: 'Printer' }],
        dropped: 2,
        redacted: 0,
        provenance: { connector: 'halopsa', trust: 'untrusted' },
        auditRef: '12',
      },
    ],
    ['connector test halo', { ok: true, detail: 'HaloPSA answered.' }],
    ['audit verify', { ok: true, entries: 12 }],
    ['audit tail', []],
  ];
  it.each(shapes)('bulkhead %s', async (words, expected) => {
    const ran = await runCommand([...words.split(' '), '--json', '--home', app.home], {
      env: { BULKHEAD_OPERATOR_TOKEN: operatorToken },
    });
    expect(ran.json).toEqual(expected);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
  });

  it('status says what a script waits for', async () => {
    const { json } = await runCommand(['status', '--json', '--home', app.home]);
    expect(json).toMatchObject({
      running: true,
      host: 'headless',
      mcpUrl: 'http://127.0.0.1:7421/mcp',
      customer: 'MERI-7',
      policyVersion: 4,
      ledger: { entries: 12, checkpoint: 10 },
      backlog: 0,
    });
  });

  it('connector list holds every instance', async () => {
    const { json } = await runCommand(['connector', 'list', '--json', '--home', app.home]);
    expect(json).toMatchObject([
      { id: 'halo', connector: 'halopsa', hasCredential: true, health: { state: 'healthy' } },
    ]);
  });
});

it('status says what is wrong, and what to do about it', async () => {
  const problem = { id: 'broken', severity: 'blocking', text: 'It is broken.', remedy: 'Keep the file.' } as const;
  app = await fakeApp({ state: () => ({ ...state, problems: [problem] }) });
  const { stdout } = await runCommand(['status', '--home', app.home]);
  expect(stdout).toMatch(/^problem +It is broken\. Keep the file\.$/m);
  const { json } = await runCommand(['status', '--json', '--home', app.home]);
  expect(json).toMatchObject({ problems: [problem] });
});

describe('finding the running app', () => {
  beforeEach(async () => {
    app = await fakeApp();
  });
  const notRunning = {
    running: false,
    host: null,
    mcpUrl: null,
    customer: null,
    policyVersion: null,
    ledger: null,
    backlog: null,
  };

  it('takes BULKHEAD_HOME when --home is not given', async () => {
    const { json } = await runCommand(['status', '--json'], { env: { BULKHEAD_HOME: app.home } });
    expect(json).toMatchObject({ running: true });
  });

  it.each([
    ['its process is gone', { pid: 2 ** 30 }],
    ['its socket is refused', { control: '/tmp/nobody-listens-here.sock' }],
  ])('takes a file for stale when %s', async (_, wrong) => {
    writeAppFile(app.home, { control: join(app.home, 'run/control.sock'), pid: process.pid, ...wrong });
    const ran = await runCommand(['status', '--json', '--home', app.home]);
    expect([ran.code, ran.json]).toEqual([0, notRunning]);
    const failed = await runCommand(['customer', 'list', '--json', '--home', app.home]);
    expect(failed.code).toBe(1);
    expect(failed.json).toMatchObject({ error: { code: 'NOT_RUNNING' } });
  });

  it('says so when the app ends before it answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-dead-'));
    const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(join(folder, 's'));
    await once(server, 'listening');
    writeAppFile(folder, { control: join(folder, 's'), pid: process.pid });
    const ran = await runCommand(['status', '--json', '--home', folder]);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'APP_ENDED' } }]);
    server.close();
    rmSync(folder, { recursive: true });
  });
});

describe('the operator token', () => {
  beforeEach(async () => {
    app = await fakeApp();
  });
  const widening = [
    'customer bind ALDR-3',
    'client add new',
    'client arm claude',
    'call ticket_list',
    'connector credential set halo',
    'connector credential revoke halo',
    'connector add halopsa Two --url https://two.example',
    'connector change halo --name Main',
    'connector remove halo',
    'connector map halo',
    'connector map halo --accept-suggestions',
    'connector map halo --customer MERI-7 --id 30',
    'connector map halo --customer MERI-7 --clear',
  ];

  it.each(widening)('is needed for: %s', async (words) => {
    const ran = await runCommand([...words.split(' '), '--json', '--home', app.home]);
    expect(ran.code).toBe(1);
    expect(ran.json).toMatchObject({ error: { code: 'OPERATOR_ONLY' } });
    expect(ran.stderr).toMatch(/^Only the operator[^\n]*\(OPERATOR_ONLY\)$/);
    expect(app.calls).toEqual([]);
  });

  it('is asked for without echo when a person is there', async () => {
    const ran = await runCommand(['customer', 'bind', 'ALDR-3', '--home', app.home], { typed: [operatorToken] });
    expect(ran.asked).toEqual(['Operator token: ']);
    expect(ran.code).toBe(0);
    expect(app.calls).toEqual([
      ['authenticate', { operatorToken }],
      ['bindCustomer', { customer: 'ALDR-3' }],
    ]);
    expect(ran.stdout + ran.stderr).not.toContain(operatorToken);
  });

  it('is not repeated when it is wrong', async () => {
    const wrong = 'e'.repeat(64);
    const ran = await runCommand(['client', 'add', 'new', '--json', '--home', app.home], {
      env: { BULKHEAD_OPERATOR_TOKEN: wrong },
    });
    expect(ran.json).toMatchObject({ error: { code: 'OPERATOR_UNKNOWN' } });
    expect(ran.stdout + ran.stderr).not.toContain(wrong);
  });

  it.each(['customer release', 'client suspend claude', 'client revoke claude'])(
    'is not shown for what narrows: %s',
    async (words) => {
      const ran = await runCommand([...words.split(' '), '--home', app.home], {
        env: { BULKHEAD_OPERATOR_TOKEN: operatorToken },
      });
      expect(ran.code).toBe(0);
      expect(app.calls.map(([name]) => name)).not.toContain('authenticate');
    },
  );
});

describe('client arm', () => {
  const env = { BULKHEAD_OPERATOR_TOKEN: operatorToken };

  it.each([
    ['the customer bound now', 'claude', 'MERI-7'],
    ['the customer it is pinned to', 'pinned', 'ALDR-3'],
  ])('passes %s', async (_, name, customer) => {
    app = await fakeApp();
    await runCommand(['client', 'arm', name, '--home', app.home], { env });
    expect(app.calls.at(-1)).toEqual(['armClient', { name, customer }]);
  });

  it('shows the refusal when another customer is bound by then', async () => {
    app = await fakeApp({
      armClient: () => {
        throw new Fault('SCOPE_CHANGED', 'Another customer is bound by now.', 'Look again.');
      },
    });
    const ran = await runCommand(['client', 'arm', 'claude', '--json', '--home', app.home], { env });
    expect([ran.code, ran.json]).toEqual([
      1,
      { error: { code: 'SCOPE_CHANGED', message: 'Another customer is bound by now.', remedy: 'Look again.' } },
    ]);
  });
});

describe('call', () => {
  const env = { BULKHEAD_OPERATOR_TOKEN: operatorToken };
  const denial = {
    denied: true as const,
    gate: 'customer' as const,
    code: 'NO_CUSTOMER' as const,
    reason: 'No customer.',
    remedy: 'Select one.',
    auditRef: '7',
  };

  it('prints the denial itself and exits 1', async () => {
    app = await fakeApp({ callTool: () => denial });
    const ran = await runCommand(['call', 'ticket_list', '--json', '--home', app.home], { env });
    expect([ran.code, ran.json, ran.stderr]).toEqual([1, denial, 'No customer. Select one. (NO_CUSTOMER)']);
  });

  it('passes its arguments as they are', async () => {
    app = await fakeApp();
    await runCommand(['call', 'ticket_list', '{"customer":"MERI-7","status":["open"]}', '--home', app.home], { env });
    expect(app.calls.at(-1)).toEqual([
      'callTool',
      { tool: 'ticket_list', arguments: { customer: 'MERI-7', status: ['open'] } },
    ]);
  });

  it('shows no terminal control that a vendor sent', async () => {
    const summary = 'a\u001b[2Jb\u009b31mc\u202ed\nnext';
    app = await fakeApp({
      callTool: () => ({
        customer: 'MERI-7',
        records: [{ summary }],
        dropped: 0,
        redacted: 0,
        provenance: { connector: 'halopsa', trust: 'untrusted' },
        auditRef: '1',
      }),
    });
    const text = (await runCommand(['call', 'x', '--home', app.home], { env })).stdout;
    expect(text).toBe('MERI-7: 1 record, ledger entry 1\n\nsummary  a\uFFFD[2Jb\uFFFD31mc\uFFFDd\n         next');
    const json = await runCommand(['call', 'x', '--json', '--home', app.home], { env });
    // oxlint-disable-next-line no-control-regex
    expect(json.stdout).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(json.json).toMatchObject({ records: [{ summary }] });
  });
});

describe('connector test', () => {
  it('exits 1 when the vendor did not answer', async () => {
    app = await fakeApp({ testInstance: () => ({ ok: false, detail: 'The vendor is away.' }) });
    const env = { BULKHEAD_OPERATOR_TOKEN: operatorToken };
    const ran = await runCommand(['connector', 'test', 'halo', '--json', '--home', app.home], { env });
    expect([ran.code, ran.json, ran.stderr]).toEqual([
      1,
      {
        ok: false,
        detail: 'The vendor is away.',
        error: { code: 'TEST_FAILED', message: 'The vendor is away.', remedy: 'Mend what it says, then test again.' },
      },
      'The vendor is away.',
    ]);
  });
});
