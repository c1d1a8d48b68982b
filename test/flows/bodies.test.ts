// What calls asked and answered, over real processes and a vault that outlives them: sealed, read by who may, dropped when it
// is old, and gone with its customer's key; what proves it stays.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoData } from '../../src-demo/demo-data.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { seal } from '../../src-shared/seal.ts';
import { runCommand } from '../cli/run-command.ts';
import { demoData } from './demo-owners.ts';
import { type EnrolledHome, enrolHome } from './enrolled-home.ts';
import { mcpClient } from './mcp.ts';
import { type RunningApp, startApp, until } from './running-app.ts';

/** Helen may do all of it here. Bodies are kept for a day, those of regulated customers for ten years. */
const helen = demoData.technicians.find(({ id }) => id === 'helen.strand');
if (!helen || !demoData.policy) throw new Error('the demo data changed');
const data: DemoData = {
  ...demoData,
  technicians: [{ ...helen, roles: ['manager', 'administrator'] }],
  policy: { ...demoData.policy, retention: { days: 1, groups: { regulated: 3650 } } },
};
const [plain, regulated] = ['MERI-7', 'PEMB-1'].map((wanted) => {
  const isRegulated = wanted !== 'MERI-7';
  const group = demoData.policy?.groups.find(({ id }) => id === 'regulated');
  const found = demoData.customers.find(({ id, code }) =>
    isRegulated ? group?.customers.some((one) => one === id) : code === wanted,
  );
  if (!found) throw new Error('the demo data changed');
  return found.code;
}) as [string, string];
const day = 86_400_000;

describe('the bodies of calls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bodies-'));
  let enrolled: EnrolledHome;
  let app: RunningApp;
  /** Starts again; `ahead` milliseconds are between the supervisor's clock and everybody else's. */
  const start = async (ahead = 0): Promise<void> => {
    await app?.stop();
    const clock = `data:text/javascript,globalThis.clock=Date.now;Date.now=()=>clock()+${ahead};`;
    const env = {
      BULKHEAD_KEYSTORE: `file:${join(folder, 'keystore.json')}`,
      ...(ahead === 0 ? {} : { NODE_OPTIONS: `--import=${clock}` }),
    };
    app = await startApp({ home: enrolled.home, isDemo: false, stdin: 'correct horse battery staple', env });
  };
  beforeAll(async () => {
    enrolled = await enrolHome(data);
    await start();
    const instance = InstanceId.parse(enrolled.instance);
    const { sealKey, purpose } = await app.operator.sealKey({ instance });
    const box = await seal(JSON.stringify(enrolled.credential), sealKey, purpose);
    await app.operator.setCredential({ instance, box });
  });
  afterAll(async () => {
    await app?.stop();
    await enrolled?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const entries = async (after = 0) => (await app.operator.entries({ after, limit: 1000, filter: {} })).entries;
  const opened = async (...seqs: number[]) =>
    (await app.operator.bodiesOf({ seqs })).map(({ body, why }) => why ?? Object.keys(body ?? {}).toSorted());
  const asked = (code: string) => ({ customer: code, text: 'printer' });
  const bulkhead = (...words: string[]) =>
    runCommand([...words, '--json', '--home', app.home], { env: { BULKHEAD_OPERATOR_TOKEN: app.operatorToken } });
  /** The `seq` of the intent, and of the outcome, of one call for each customer; and of one denied. */
  const seqs = { plain: [0, 0], regulated: [0, 0], denied: 0 };

  it('are sealed: an entry shows a commitment, and what was asked and answered is opened for who may', async () => {
    for (const [name, code] of [
      ['plain', plain],
      ['regulated', regulated],
    ] as const) {
      const { token } = await app.operator.addClient({ name, pin: code });
      const { content } = await mcpClient(app.ready.mcpUrl, token).call('ticket_search', asked(code));
      expect(content).toMatchObject({ customer: code });
      const outcome = Number(content['auditRef']);
      const [intent, answered] = (await entries(outcome - 2)).map(({ body, params }) => ({ body, params }));
      const sealed = { body: { commitment: expect.any(String), salt: expect.any(String) }, params: undefined };
      expect([intent, answered]).toMatchObject([sealed, sealed]);
      seqs[name] = [outcome - 1, outcome];
      const ids = (content['records'] as { id: number }[]).map(({ id }) => ({ id }));
      const [first, second] = await app.operator.bodiesOf({ seqs: seqs[name] });
      expect([first?.body?.['params'], second?.body?.['records']]).toEqual([asked(code), ids]);
    }
    const denied = await app.operator.callTool({ tool: 'ticket_search', arguments: asked(plain) });
    seqs.denied = Number(denied.auditRef);
    expect(await app.operator.bodiesOf({ seqs: [seqs.denied] })).toMatchObject([{ body: { params: asked(plain) } }]);
  });

  it('are read on record', async () => {
    const reads = (await entries()).filter(({ params }) => params?.['alert'] === 'bodies-read');
    const by = { kind: 'technician', id: 'helen.strand', client: 'operator' };
    expect(reads).toMatchObject([
      { customer: plain, principal: by, params: { entries: 2, from: seqs.plain[0], to: seqs.plain[1] } },
      { customer: regulated, principal: by, params: { entries: 2 } },
      { customer: null, principal: by, params: { entries: 1, from: seqs.denied } },
    ]);
  });

  it('are told of by customer, with how long they are kept', async () => {
    expect(await app.operator.keptBodies(undefined)).toHaveLength(demoData.customers.length + 1);
    const shown = (await runCommand(['customer', 'kept', '--home', app.home])).stdout;
    expect(shown.split('\n').map((line) => line.trim().split(/\s{2,}/))).toContainEqual([
      plain,
      '2',
      expect.stringMatching(/^since \d{4}-\d\d-\d\d$/),
      'kept for 1 day',
    ]);
    const { code: exit, json } = await bulkhead('customer', 'kept');
    expect([exit, json]).toMatchObject([
      0,
      [
        ...[plain, regulated]
          .toSorted((one, other) => order(one) - order(other))
          .map((code) => ({ customer: { code }, bodies: 2, days: code === plain ? 1 : 3650 })),
        { customer: null, bodies: 1, days: 1 },
      ],
    ]);
  });
  const order = (code: string): number => demoData.customers.findIndex((customer) => customer.code === code);

  it('outlive a restart, and a crash', async () => {
    await app.stop('SIGKILL');
    await start();
    expect(await opened(...seqs.plain, seqs.denied)).toEqual([
      ['blind', 'params'],
      ['blind', 'records'],
      ['blind', 'params'],
    ]);
  });

  it('are dropped when they are older than the company keeps them, and no others; the ledger stays whole', async () => {
    const before = await app.operator.verifyLedger(undefined);
    await start(2 * day);
    const tombstones = async () => (await entries()).filter(({ kind }) => kind === 'retention.tombstone');
    await until('both are dropped', async () => (await tombstones()).length === 2);
    expect(await tombstones()).toMatchObject(
      [plain, null].map(() => ({ principal: { kind: 'system' }, params: { because: 'age' } })),
    );
    expect(new Set((await tombstones()).map(({ customer }) => customer))).toEqual(new Set([plain, null]));
    await start();
    expect(await opened(...seqs.plain, seqs.denied)).toEqual(['dropped', 'dropped', 'dropped']);
    expect(await opened(...seqs.regulated)).toEqual([
      ['blind', 'params'],
      ['blind', 'records'],
    ]);
    const after = await app.operator.verifyLedger(undefined);
    expect(after).toMatchObject({ ok: true });
    expect(after.entries).toBeGreaterThan(before.entries);
  });

  it('go with the key of their customer, which needs its code and that nobody works for it', async () => {
    const destroy = async (code: string) => {
      const ran = await bulkhead('customer', 'destroy-key', regulated, '--confirm', code);
      return [ran.code, ran.json];
    };
    expect(await destroy(plain)).toMatchObject([1, { error: { code: 'CODE_MISMATCH' } }]);
    expect(await destroy(regulated)).toMatchObject([1, { error: { code: 'CUSTOMER_BOUND' } }]);
    expect(await opened(...seqs.regulated)).toEqual([
      ['blind', 'params'],
      ['blind', 'records'],
    ]);
    await app.operator.revokeClient({ name: 'regulated' });
    expect(await destroy(regulated)).toEqual([0, { customer: regulated, destroyed: true }]);
    expect(await opened(...seqs.regulated)).toEqual(['destroyed', 'destroyed']);
    const tombstone = (await entries()).findLast(({ kind }) => kind === 'retention.tombstone');
    expect(tombstone).toMatchObject({
      customer: regulated,
      principal: { id: 'helen.strand' },
      params: { because: 'key', upTo: seqs.regulated[1] },
    });
    await start();
    expect(await opened(...seqs.regulated)).toEqual(['destroyed', 'destroyed']);
  });

  it('leave what proves them: the ledger verifies, and so does a bundle of it, with and without bodies', async () => {
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true });
    const { key } = (await bulkhead('audit', 'key')).json as { key: string };
    for (const more of [[], ['--bodies']]) {
      const out = join(folder, `bundle${more.length}.tar`);
      expect((await bulkhead('audit', 'export', '--format', 'bundle', '--out', out, ...more)).code).toBe(0);
      const verified = await bulkhead('audit', 'verify', '--file', out, '--key', key);
      expect([verified.code, verified.json]).toMatchObject([0, { ok: true, signature: 'valid' }]);
    }
  });

  it('of that customer begin anew under a new key, once it is mapped and bound again', async () => {
    const vendorId = demoData.customers.find(({ code }) => code === regulated)?.vendors['halopsa'];
    const customer = demoData.customers.find(({ code }) => code === regulated)?.id ?? '';
    await app.operator.bindCustomer({ customer: regulated });
    const call = () => app.operator.callTool({ tool: 'ticket_search', arguments: asked(regulated) });
    expect(await call()).toMatchObject({ denied: true });
    await app.operator.mapCustomers({ instance: enrolled.instance, changes: [{ customer, owner: String(vendorId) }] });
    const answer = await call();
    expect(answer).toMatchObject({ customer: regulated });
    expect(await opened(Number(answer.auditRef) - 1, ...seqs.regulated)).toEqual([
      ['blind', 'params'],
      'destroyed',
      'destroyed',
    ]);
  });
});
