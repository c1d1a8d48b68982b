// Two judges look at whose a record is: the worker at the vendor's data, the gateway at the labels. With either one gone
// the other still lets nothing out. The vendor here is the worst there is: it ignores every filter.
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src-gateway/call-tool.ts';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { isDenied } from '../../src-shared/model/tool-answer.ts';
import { ownersOf } from '../../src-connectors/narrow.ts';
import { bind } from '../connectors/bound.ts';
import { vendorOf } from '../connectors/fake-connector.ts';
import { bindingTo, callOf, clientOf, msp, never } from '../gateway/given.ts';
import { makeWorld } from '../gateway/world.ts';

const rows = [
  { id: 1, client_id: 12 },
  { id: 2, client_id: 17 },
  { id: 3, client_id: '17' },
  { id: 4 },
  { id: 5, client_id: null },
  { id: 6, client_id: 12 },
];
const ours = [1, 6];

/** What leaves the gateway when the worker answers this. */
async function throughGateway(answer: WorkerAnswer): Promise<unknown[]> {
  const world = await makeWorld();
  await world.scope.replace(msp, [clientOf()], bindingTo('acme'));
  world.worker = async () => answer;
  const given = await callTool(callOf(), world.powers, never);
  return isDenied(given) ? [] : given.records.map(({ id }) => id);
}

/** The worker's answer without its narrowing: everything the vendor sent, labelled with whom it names. */
const unnarrowed: WorkerAnswer = {
  status: 'ok',
  records: rows.map((row) => ({
    owners: ownersOf(row, { owner: 'client_id', also: [] }, '12') ?? [],
    record: { id: row.id },
  })),
  dropped: 0,
};

async function workerAnswer(): Promise<WorkerAnswer> {
  const things = bind({ url: 'http://127.0.0.1:1', connectors: [vendorOf(async () => rows, 100)] });
  return things.call('thing_list');
}

describe('without the worker’s check', () => {
  it('the gateway’s lets only the bound customer’s records out', async () => {
    expect(await throughGateway(unnarrowed)).toEqual(ours);
  });

  it('the gateway’s lets nothing out that has no label at all', async () => {
    const records = rows.map(({ id }) => ({ owners: [], record: { id } }));
    expect(await throughGateway({ status: 'ok', records, dropped: 0 })).toEqual([]);
  });
});

describe('without the gateway’s check', () => {
  it('the worker’s lets only the bound customer’s records out', async () => {
    const answer = await workerAnswer();
    // Taken as they come, as a gateway would whose own check is gone.
    expect(answer.status === 'ok' && answer.records.map(({ record }) => record['id'])).toEqual(ours);
  });
});

describe('with both', () => {
  it('the same records are left, none twice', async () => {
    expect(await throughGateway(await workerAnswer())).toEqual(ours);
  });
});
