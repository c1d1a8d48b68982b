import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listTool, type ListDeclaration } from '../../src-connectors/list-tool.ts';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { withTools } from './fake-vendor.ts';
import type { Keep } from '../../src-connectors/narrow.ts';
import { ownedBy } from './labelled.ts';

const owner = { owner: 'client_id', also: [], within: ['client_id'] } as const;
const record = z.strictObject({ id: z.int() });
type Given = Partial<ListDeclaration<{ parent: z.ZodOptional<z.ZodInt> }, { id: z.ZodInt }>>;
const declared = (more: Given) =>
  listTool({
    connector: 'halopsa',
    name: 'thing_list',
    title: 'List things',
    description: 'Lists things of the bound customer.',
    risk: 'read',
    input: { parent: z.int().optional() },
    record,
    owner,
    request: () => ({ path: '/Things' }),
    rows: 'things',
    project: (row) => ({ id: row['id'] as number }),
    limits: { deadlineMs: 1000, maxBytes: 1000 },
    ...more,
  });
const read = (answer: WorkerAnswer) => {
  if (answer.status !== 'ok') throw new Error(`denied ${answer.code}`);
  return { ids: answer.records.map((one) => one.record['id']), dropped: answer.dropped, next: answer.next };
};
const own = (id: number) => ({ id, client_id: 12 });
const foreign = (id: number) => ({ id, client_id: 17 });
const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

describe('a scan', () => {
  const scan = declared({ scan: { mostPages: 4 } });

  it('reads every page of the vendor and keeps the own rows of all', async () => {
    const lists = { '/Things': [[foreign(1), own(2)], [foreign(3), foreign(4)], [own(5)]] };
    const things = withTools([scan], { lists });
    expect(read(await things.call('thing_list'))).toEqual({ ids: [2, 5], dropped: 3, next: undefined });
    expect(things.requests).toHaveLength(3);
  });

  it('pages by the own rows alone, so that neither count nor cursor tells of others', async () => {
    const few = { '/Things': [range(1, 120).map(own)] };
    const many = { '/Things': [range(1, 120).map(own), range(500, 900).map(foreign)] };
    for (const lists of [few, many]) {
      const things = withTools([scan], { lists });
      const first = read(await things.call('thing_list'));
      expect(first.ids).toEqual(range(1, 100));
      const second = read(await things.call('thing_list', { page: first.next }));
      expect(second).toMatchObject({ ids: range(101, 20), next: undefined });
    }
  });

  it('drops an id that is the customer’s on one page and another’s on the next', async () => {
    const lists = { '/Things': [[own(1), own(2)], [foreign(1)]] };
    expect(read(await withTools([scan], { lists }).call('thing_list')).ids).toEqual([2]);
  });

  it('denies when there is more than may be looked through, instead of answering half', async () => {
    const lists = { '/Things': range(1, 5).map((at) => [own(at)]) };
    expect(await withTools([scan], { lists }).call('thing_list')).toEqual({
      status: 'denied',
      code: 'VENDOR_ERROR',
      reason: 'The vendor has more of these than can be looked through.',
    });
  });

  it('ends when a vendor repeats its page for ever', async () => {
    const lists = { '/Things': range(1, 9).map(() => [own(1)]) };
    expect(read(await withTools([scan], { lists }).call('thing_list'))).toMatchObject({ ids: [1], next: undefined });
  });
});

const keepAll: Keep = () => 'whole';

describe('a list under a record', () => {
  const under = declared({
    under: {
      target: {
        key: 'parent',
        id: ({ parent }) => parent ?? 0,
        request: ({ parent }) => ({ path: `/Parents/${parent}` }),
      },
      owner,
      hanging: () => ({ reference: 'parent_id', isNumberedWithin: true }),
    },
    request: ({ parent }) => ({ path: `/Things`, query: { ticket_id: parent ?? 0 } }),
  });
  const records = (path: string) => (path === '/Parents/5' ? own(5) : path === '/Parents/6' ? foreign(6) : undefined);
  const lists = {
    '/Things': [[{ id: 1, parent_id: 5 }, { id: 2, parent_id: 6 }, { id: 3 }, { ...foreign(4), parent_id: 5 }]],
  };

  it('keeps what hangs on the proven record, labelled with what both say', async () => {
    const answer = await withTools([under], { lists, records }).call('thing_list', { parent: 5 });
    const parent = { id: '5', naming: ownedBy('12') };
    const row = { by: 'parent', owners: [], nested: [], refersTo: { id: '5' }, parent };
    expect(answer).toEqual({
      status: 'ok',
      records: [{ label: [row, ownedBy('12')], record: { id: 1 } }],
      dropped: 3,
    });
  });

  it('labels rows that name their owner themselves with what the record says, too', async () => {
    const naming = declared({
      under: { target: { key: 'parent', id: () => 5, request: () => ({ path: '/Parents/5' }) }, owner },
    });
    const all = { lists: { '/Things': [[own(1)]] }, records: () => foreign(5), keep: keepAll };
    expect(await withTools([naming], all).call('thing_list')).toMatchObject({
      records: [{ label: [ownedBy('12'), ownedBy('17')] }],
    });
  });

  it('does not even ask for the rows of another customer’s record, and answers as for a missing one', async () => {
    const things = withTools([under], { lists, records });
    const theirs = await things.call('thing_list', { parent: 6 });
    expect(theirs).toEqual(await things.call('thing_list', { parent: 7 }));
    expect(theirs).toEqual({ status: 'ok', records: [], dropped: 0 });
    expect(things.requests).toEqual(['/Parents/6', '/Parents/7']);
  });
});

describe('a list whose details name the owner', () => {
  const detail = declared({ detail: { request: (id) => ({ path: `/Things/${id}` }), key: 'thing', most: 3 } });
  const lists = { '/Things': [[{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: '5' }, null]] };

  it('reads each row by itself, at most so many, and believes only details that are the row asked for', async () => {
    const records = (path: string) => ({ '/Things/1': own(1), '/Things/2': foreign(2), '/Things/3': own(9) })[path];
    const things = withTools([detail], { lists, records });
    expect(read(await things.call('thing_list'))).toMatchObject({ ids: [1], dropped: 5 });
    expect(things.requests).toEqual(['/Things', '/Things/1', '/Things/2', '/Things/3']);
  });
});

describe('wants', () => {
  it('leaves own rows out by what the vendor cannot filter', async () => {
    const odd = declared({ wants: (row) => Number(row['id']) % 2 === 1 });
    const lists = { '/Things': [[own(1), own(2), foreign(3)]] };
    expect(read(await withTools([odd], { lists }).call('thing_list'))).toMatchObject({ ids: [1], dropped: 1 });
  });
});
