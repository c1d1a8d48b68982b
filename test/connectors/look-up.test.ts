import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changeTool } from '../../src-connectors/change-tool.ts';
import { oneTool } from '../../src-connectors/one-tool.ts';
import { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { Subject } from '../../src-shared/model/subject.ts';
import { withTools } from './fake-vendor.ts';
import { labelOf } from './labelled.ts';

const owner = { owner: 'client_id', also: [], within: ['client_id'] } as const;
type Ids = { readonly id?: number | undefined; readonly contact?: number | undefined };
const common = {
  connector: 'halopsa',
  title: 'Do a thing',
  description: 'Does a thing to things of the bound customer.',
  record: z.strictObject({ id: z.int() }),
  owner,
  limits: { deadlineMs: 1000, maxBytes: 1000 },
};
const thing = {
  key: 'thing',
  called: { kind: 'thing', by: ['title', 'tag'] },
  id: ({ id = 0 }: Ids) => id,
  request: ({ id }: Ids) => ({ path: `/Things/${id}` }),
};
const contact = {
  target: {
    key: 'contact',
    called: { kind: 'contact', by: ['name'] },
    id: ({ contact: id = 0 }: Ids) => id,
    request: ({ contact: id }: Ids) => ({ path: `/Contacts/${id}` }),
  },
  owner,
  isNamed: ({ contact: id }: Ids) => id !== undefined,
};
const input = { id: z.int().optional(), contact: z.int().optional() };
const written = {
  ...common,
  risk: 'write',
  input,
  path: () => '/Things',
  key: 'thing',
  element: z.strictObject({ client_id: z.int().optional() }),
  build: () => ({}),
  confirm: () => ({ id: 1 }),
} as const;
const create = { ownerMember: 'client_id', read: (id: string) => ({ path: `/Things/${id}` }), key: 'thing' };
const change = changeTool({ ...written, name: 'thing_write', target: thing, references: [contact] });
const make = changeTool({ ...written, name: 'thing_make', create, references: [contact] });
const plain = changeTool({ ...written, name: 'thing_add', create });
const read = oneTool({
  ...common,
  name: 'thing_get',
  risk: 'credential',
  input,
  target: thing,
  project: () => ({ id: 1 }),
});
const nameless = oneTool({
  ...common,
  name: 'thing_see',
  risk: 'read',
  input,
  target: { key: 'thing', id: thing.id, request: thing.request },
  project: () => ({ id: 1 }),
});

const rows: Record<string, object> = {
  '/Things/5': { id: 5, client_id: 12, title: 'Firewall' },
  '/Things/6': { id: 6, client_id: 17, title: 'Theirs' },
  '/Things/7': { id: 7, client_id: 12, title: '\u202e\u200b ', tag: 'T\u{e0041}-7' },
  '/Things/8': { id: 8, client_id: 12, title: `A\nbig\t\tname ${'x'.repeat(500)}` },
  '/Things/9': { id: 9, client_id: 12, title: 12 },
  '/Things/10': { id: 11, client_id: 12, title: 'Another' },
  '/Things/11': { id: 11, client_id: 12, title: 'With parts', parts: [{ client_id: 17, title: 'Theirs' }] },
  '/Contacts/3': { id: 3, client_id: 12, name: 'Rita' },
  '/Contacts/4': { id: 4, client_id: 17, name: 'Theirs' },
};
const things = () => withTools([change, make, plain, read, nameless], { records: (path) => rows[path] });
const found = (...subjects: object[]) => ({
  status: 'ok',
  records: subjects.map((record) => ({ label: labelOf('12'), record })),
  dropped: 0,
});
const unproven = { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };

describe('looking up what a call acts on', () => {
  it('names the target and then what the arguments name besides, and writes nothing', async () => {
    const bound = things();
    const named = { kind: 'thing', id: '5', name: 'Firewall' };
    expect(await bound.lookUp('thing_write', { id: 5 })).toEqual(found(named));
    expect(await bound.lookUp('thing_write', { id: 5, contact: 3 })).toEqual(
      found(named, { kind: 'contact', id: '3', name: 'Rita' }),
    );
    expect(bound.requests).toEqual(['/Things/5', '/Things/5', '/Contacts/3']);
    expect(bound.writes).toEqual([]);
  });

  it('of a create names what it is for, and asks for nothing where it is for nothing', async () => {
    const bound = things();
    expect(await bound.lookUp('thing_make', { contact: 3 })).toEqual(found({ kind: 'contact', id: '3', name: 'Rita' }));
    expect(await bound.lookUp('thing_make')).toEqual(found());
    expect(bound.requests).toEqual(['/Contacts/3']);
  });

  it('of a read names the record', async () => {
    expect(await things().lookUp('thing_get', { id: 5 })).toEqual(found({ kind: 'thing', id: '5', name: 'Firewall' }));
  });

  it.each([
    ['another customer’s', { id: 6 }],
    ['not there', { id: 99 }],
    ['another than was asked for', { id: 10 }],
    ['the customer’s, with a contact of another’s', { id: 5, contact: 4 }],
    ['the customer’s, with a contact that is not there', { id: 5, contact: 99 }],
  ])('denies, in the same words, where the record is %s', async (_, given) => {
    expect(await things().lookUp('thing_write', given)).toEqual(unproven);
    const { contact: _contact, ...own } = { contact: 0, ...given };
    if (!('contact' in given)) expect(await things().lookUp('thing_get', own)).toEqual(unproven);
  });

  it('takes the first name that a person can see, on one line and no longer than it may be', async () => {
    const bound = things();
    expect(await bound.lookUp('thing_get', { id: 7 })).toEqual(found({ kind: 'thing', id: '7', name: 'T-7' }));
    const long = WorkerAnswer.parse(await bound.lookUp('thing_get', { id: 8 }));
    const [{ name } = { name: null }] =
      long.status === 'ok' ? long.records.map(({ record }) => Subject.parse(record)) : [];
    expect(name).toMatch(/^A big name x+ \[cut\]$/);
    expect(await bound.lookUp('thing_get', { id: 9 })).toEqual(found({ kind: 'thing', id: '9', name: null }));
  });

  it('labels each record by what it itself says, without what was cut out of it', async () => {
    expect(await things().lookUp('thing_write', { id: 11, contact: 3 })).toEqual(
      found({ kind: 'thing', id: '11', name: 'With parts' }, { kind: 'contact', id: '3', name: 'Rita' }),
    );
  });

  it('is said of a tool by the time it may take, which changes no hash of it', () => {
    const times = [change, make, plain, read, nameless].map((tool) => tool.definition().limits.lookUpMs);
    expect(times).toEqual([4000, 4000, undefined, 4000, undefined]);
  });

  it('takes the same arguments as the call, and the bound customer alone', async () => {
    const bound = things();
    expect(await bound.lookUp('thing_write', { id: '5' })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(await bound.lookUp('thing_write', { id: 5, customer: 'ZEN-2' })).toMatchObject({
      code: 'CUSTOMER_MISMATCH',
    });
    expect(bound.requests).toEqual([]);
  });
});
