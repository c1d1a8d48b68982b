import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Approval, ApprovalId, StandingApproval } from '../../src-shared/model/approval.ts';
import { type FakeApp, fakeApp, operatorToken } from './fake-app.ts';
import { runCommand } from './run-command.ts';

const id = 'ap-0000000000000001';
const fingerprint = 'c'.repeat(64);
const waiting: Approval = Approval.parse({
  id,
  fingerprint,
  customer: { id: 'meridian', code: 'MERI-7', name: 'Meridian Dental' },
  epoch: 3,
  client: 'claude',
  technician: { id: 'tech-1', name: 'Anna' },
  tool: 'ticket_reply',
  title: 'Reply to the customer',
  connector: 'halopsa',
  risk: 'external',
  arguments: { customer: 'MERI-7', ticketId: 7, text: 'Dear all,\n\u001b[2Jyours' },
  because: [{ id: 'with-a-person', says: 'A person approves each message.' }],
  policyVersion: 4,
  needed: 1,
  approvedBy: [],
  askedAt: '2026-11-21T09:00:00.000Z',
  expiresAt: '2026-11-21T09:05:00.000Z',
  extensions: 0,
  secrets: [],
  subjects: [{ kind: 'ticket', id: '7', name: 'Printer\u202e jams' }],
  repeats: 2,
  ranAt: null,
  mayStand: true,
  state: 'pending',
  isUsed: false,
  decided: null,
});
const by = { id: 'tech-1', name: 'Anna' };
const approved: Approval = {
  ...waiting,
  state: 'approved',
  approvedBy: [{ ...by, at: '2026-11-21T09:01:00.000Z' }],
  decided: { by, reason: '', at: '2026-11-21T09:01:00.000Z' },
};
const standing = StandingApproval.parse({
  id: 'st-0000000000000002',
  approval: id,
  customer: waiting.customer,
  epoch: 3,
  client: 'claude',
  tool: 'ticket_reply',
  title: 'Reply to the customer',
  risk: 'external',
  fixed: { ticketId: 7 },
  free: ['text'],
  usesLeft: 9,
  givenBy: by,
  givenAt: '2026-11-21T09:01:00.000Z',
  expiresAt: '2026-11-21T09:16:00.000Z',
});

let app: FakeApp;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-approval-'));
  app = await fakeApp({
    approvals: () => ({
      approvals: [{ ...approved, id: ApprovalId.parse('ap-0000000000000009') }, waiting],
      standing: [standing],
    }),
    approve: () => approved,
    deny: () => ({ ...waiting, state: 'denied' }),
    extendApproval: () => ({ ...waiting, extensions: 1, expiresAt: '2026-11-21T09:06:00.000Z' }),
  });
});
afterEach(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

const env = { BULKHEAD_OPERATOR_TOKEN: operatorToken };
const bulkhead = (words: string, given: Parameters<typeof runCommand>[1] = {}) =>
  runCommand([...words.split(' '), '--home', app.home], { env, ...given });
const sent = (name: string): unknown[] => app.calls.filter(([call]) => call === name).map(([, input]) => input);

describe('approval list', () => {
  it('lists what waits, and only that, as scripts read it', async () => {
    const { json, code } = await bulkhead('approval list --json', { env: {} });
    expect(code).toBe(0);
    expect(json).toEqual([{ ...waiting, customer: 'MERI-7' }]);
    expect(json).toMatchObject([
      { id, tool: 'ticket_reply', customer: 'MERI-7', risk: 'external', arguments: {}, expiresAt: waiting.expiresAt },
    ]);
  });

  it('shows a person who asks what for whom, every argument, and what happens if they do nothing', async () => {
    const { stdout } = await bulkhead('approval list');
    for (const words of [
      'claude, in the name of Anna',
      'Reply to the customer (halopsa · ticket_reply, external)',
      'MERI-7  Meridian Dental',
      'halopsa ticket 7: Printer\uFFFD jams',
      'A person approves each message. (policy 4)',
      '2 times',
      fingerprint,
      '2026-11-21T09:05:00.000Z: denied, if nobody decides',
      'ticketId: 7',
      'text: Dear all,\n    \uFFFD[2Jyours',
    ])
      expect(stdout).toContain(words);
  });
});

describe('approval approve', () => {
  it('shows the call again, and approves exactly what it showed', async () => {
    const ran = await bulkhead(`approval approve ${id}`);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('ticketId: 7');
    expect(ran.stdout).toContain(`${id} is approved. It runs when the AI calls again.`);
    expect(sent('approve')).toEqual([{ id, fingerprint, identity: null, standing: null }]);
  });

  it('asks a person at the terminal, and does nothing unless they say yes', async () => {
    const no = await bulkhead(`approval approve ${id}`, { typed: ['y'] });
    expect(no.asked).toEqual(['Approve it, once? Type yes: ']);
    expect([no.code, no.stderr]).toEqual([1, 'Nothing was decided. It still waits. (NOT_CONFIRMED)']);
    expect(sent('approve')).toEqual([]);
    expect((await bulkhead(`approval approve ${id}`, { typed: ['yes'] })).code).toBe(0);
    expect(sent('approve')).toHaveLength(1);
  });

  it('says with --json what became of it and asks nothing', async () => {
    const { json, asked } = await bulkhead(`approval approve ${id} --json`, { typed: [] });
    expect(json).toEqual({ ...approved, customer: 'MERI-7' });
    expect(asked).toEqual([]);
  });

  it('needs the operator token', async () => {
    for (const words of [`approve ${id}`, `deny ${id}`, `extend ${id}`]) {
      const { code, stderr } = await bulkhead(`approval ${words}`, { env: {} });
      expect([code, stderr]).toEqual([1, expect.stringContaining('(OPERATOR_ONLY)')]);
    }
    expect([...sent('approve'), ...sent('deny'), ...sent('extendApproval')]).toEqual([]);
  });

  it('decides as the person whose identity is in a file', async () => {
    const file = join(folder, 'ben.jws');
    writeFileSync(file, 'a.b.c\n');
    await bulkhead(`approval approve ${id} --as ${file}`);
    await bulkhead(`approval deny ${id} --as ${file}`);
    expect(sent('approve')).toMatchObject([{ identity: 'a.b.c' }]);
    expect(sent('deny')).toMatchObject([{ identity: 'a.b.c' }]);
    writeFileSync(file, ' \n');
    for (const bad of [file, join(folder, 'nowhere')]) {
      expect((await bulkhead(`approval approve ${id} --as ${bad}`)).code).toBe(2);
    }
    expect(sent('approve')).toHaveLength(1);
  });

  it('approves for a while with every argument fixed, unless it is told which', async () => {
    await bulkhead(`approval approve ${id} --for 15`);
    await bulkhead(`approval approve ${id} --for 60 --uses 3 --fix customer,ticketId`);
    expect(sent('approve')).toMatchObject([
      { standing: { minutes: 15, uses: 10, fixed: ['customer', 'ticketId', 'text'] } },
      { standing: { minutes: 60, uses: 3, fixed: ['customer', 'ticketId'] } },
    ]);
  });

  it.each(['--for 20', '--for x', '--for 15 --uses 0', '--for 15 --uses 51', '--fix ticketId'])(
    'refuses %s',
    async (options) => {
      expect((await bulkhead(`approval approve ${id} ${options}`)).code).toBe(2);
      expect(sent('approve')).toEqual([]);
    },
  );

  it('knows no call that does not wait or has another form of id', async () => {
    expect((await bulkhead('approval approve ap-ffffffffffffffff')).stderr).toContain('(APPROVAL_UNKNOWN)');
    expect((await bulkhead('approval approve 7')).code).toBe(2);
  });
});

describe('approval deny', () => {
  it('denies exactly what it showed, for a reason', async () => {
    const ran = await runCommand(['approval', 'deny', id, '--reason', 'not now', '--home', app.home], { env });
    expect(ran.stdout).toContain(`${id} is denied.`);
    expect(sent('deny')).toEqual([{ id, fingerprint, identity: null, reason: 'not now' }]);
  });
});

describe('approval extend', () => {
  it('says until when it waits now', async () => {
    expect((await bulkhead(`approval extend ${id}`)).stdout).toBe(`${id} waits until 2026-11-21T09:06:00.000Z.`);
    expect(sent('extendApproval')).toEqual([{ id }]);
  });
});

describe('approval standing', () => {
  it('lists what is approved for a while', async () => {
    expect((await bulkhead('approval standing --json')).json).toEqual([{ ...standing, customer: 'MERI-7' }]);
    const { stdout } = await bulkhead('approval standing');
    expect(stdout).toContain('\n  ticketId: 7');
    expect(stdout).toMatch(/^ *free +text$/m);
  });
});

describe('approval withdraw', () => {
  it('ends one, and needs no token for it: it only takes away', async () => {
    const { json, code } = await bulkhead('approval withdraw st-0000000000000002 --json', { env: {} });
    expect([json, code]).toEqual([{ id: 'st-0000000000000002', state: 'withdrawn' }, 0]);
    expect(sent('withdrawStanding')).toEqual([{ id: 'st-0000000000000002' }]);
    expect((await bulkhead('approval withdraw 7')).code).toBe(2);
  });
});
