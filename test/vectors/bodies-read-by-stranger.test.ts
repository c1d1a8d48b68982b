// Attack: an AI tool with a shell, and a technician whose role does not let them, ask the running app for what calls asked and
// answered, and for the end of a customer's key.
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../cli/run-command.ts';
import { connectOperator, type RunningApp, startApp } from '../flows/running-app.ts';

let app: RunningApp | undefined;
afterEach(async () => {
  await app?.stop();
  app?.remove();
});

/** A running app with one recorded call for a customer who is bound no more; the `seq` of its intent. */
async function withCall(demoAs: string): Promise<{ running: RunningApp; customer: string; seq: number }> {
  app = await startApp({ demoAs });
  const theirs = (await app.operator.customers(undefined)).find(({ mayBind }) => mayBind);
  const { code: customer } = await app.operator.bindCustomer({ customer: theirs?.id ?? '' });
  const answer = await app.operator.callTool({ tool: 'ticket_search', arguments: { text: 'backup' } });
  await app.operator.releaseCustomer();
  return { running: app, customer, seq: Number(answer.auditRef) - 1 };
}
/** As the ledger says: what the state tells of it comes a moment later. */
const count = async ({ operator }: RunningApp) => {
  const { entries } = await operator.entries({ before: Number.MAX_SAFE_INTEGER, limit: 1, filter: {} });
  return entries.at(-1)?.seq;
};
const deeds = (api: RunningApp['operator'], { customer, seq }: { customer: string; seq: number }) => [
  () => api.bodiesOf({ seqs: [seq] }),
  () => api.beginExport({ format: 'bundle', filter: {}, bodies: true }),
  () => api.destroyCustomerKey({ customer, code: customer }),
];

describe('what calls asked', () => {
  it('is not read, nor is a key destroyed, without the operator token, whoever is signed in', async () => {
    const { running, ...call } = await withCall('helen.strand');
    const stranger = await connectOperator(running.home);
    const before = await count(running);
    for (const deed of deeds(stranger, call)) await expect(deed()).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    for (const words of [
      ['audit', 'export', '--format', 'bundle', '--bodies', '--out', `${running.home}/mine.tar`],
      ['customer', 'destroy-key', call.customer, '--confirm', call.customer],
    ]) {
      const ran = await runCommand([...words, '--json', '--home', running.home]);
      expect([ran.code, ran.json], words.join(' ')).toMatchObject([1, { error: { code: 'OPERATOR_ONLY' } }]);
    }
    expect(await count(running)).toBe(before);
    expect(await running.operator.bodiesOf({ seqs: [call.seq] })).toMatchObject([{ why: null }]);
  });

  it('is not read, nor is a key destroyed, by a technician with the token but without the right', async () => {
    const { running, ...call } = await withCall('ravi.menon');
    const before = await count(running);
    for (const deed of deeds(running.operator, call))
      await expect(deed()).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await count(running)).toBe(before);
    const { entries } = await running.operator.entries({ after: call.seq - 1, limit: 1000, filter: {} });
    expect(JSON.stringify(entries)).not.toContain('backup');
  });

  it('is read by who may on record, also when there is nothing to read', async () => {
    const { running, customer, seq } = await withCall('tomas.lind');
    expect(await running.operator.bodiesOf({ seqs: [seq] })).toMatchObject([{ body: { params: { text: 'backup' } } }]);
    expect(await running.operator.bodiesOf({ seqs: [1, 999_999] })).toMatchObject([{ why: 'none' }, {}]);
    const { entries } = await running.operator.entries({ after: seq, limit: 1000, filter: { kinds: ['alert'] } });
    expect(entries).toMatchObject([
      { customer, principal: { id: 'tomas.lind' }, params: { alert: 'bodies-read', from: seq, to: seq } },
      { customer: null, params: { alert: 'bodies-read', entries: 2, from: 1, to: 999_999 } },
    ]);
  });
});
