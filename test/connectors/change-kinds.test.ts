import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ChangeDeclaration, changeTool } from '../../src-connectors/change-tool.ts';
import type { Keep } from '../../src-connectors/narrow.ts';
import type { LabelledRecord, WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { withTools } from './fake-vendor.ts';
import { labelOf, ownedBy } from './labelled.ts';

const owner = { owner: 'client_id', also: [] } as const;
type Input = { id: z.ZodOptional<z.ZodInt>; contact: z.ZodOptional<z.ZodInt>; title: z.ZodString };
type Given = Partial<ChangeDeclaration<Input, { id: z.ZodInt }, unknown>>;
const declared = (more: Given) =>
  changeTool<Input, { id: z.ZodInt }, unknown>({
    connector: 'halopsa',
    name: 'thing_write',
    title: 'Write a thing',
    description: 'Writes a thing of the bound customer.',
    risk: 'write',
    input: { id: z.int().optional(), contact: z.int().optional(), title: z.string() },
    record: z.strictObject({ id: z.int() }),
    owner,
    path: () => '/Things',
    key: 'thing',
    element: z.strictObject({ title: z.string(), client_id: z.int().optional() }),
    build: ({ input: { title } }) => ({ title }),
    confirm: (saved) => ({ id: saved['id'] as number }),
    limits: { deadlineMs: 1000, maxBytes: 1000 },
    ...more,
  });
const target = {
  key: 'thing',
  called: { kind: 'thing', by: ['title'] },
  id: ({ id }: { id?: number | undefined }) => id ?? 0,
  request: ({ id }: { id?: number | undefined }) => ({ path: `/Things/${id}` }),
};
const contact = {
  target: {
    key: 'contact',
    called: { kind: 'contact', by: ['name'] },
    id: ({ contact: id }: { contact?: number | undefined }) => id ?? 0,
    request: ({ contact: id }: { contact?: number | undefined }) => ({ path: `/Contacts/${id}` }),
  },
  owner,
  isNamed: ({ contact: id }: { contact?: number | undefined }) => id !== undefined,
};
const create = { ownerMember: 'client_id', read: (id: string) => ({ path: `/Things/${id}` }), key: 'thing' };
const mine = (id: number) => ({ id, client_id: 12 });
const theirs = (id: number) => ({ id, client_id: 17 });
const unproven = { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };

describe('a create', () => {
  const thing = declared({ create, build: ({ input: { title } }) => ({ title, client_id: 17 }) });

  it('puts the bound customer in over whatever was built, and answers with the record as it is there now', async () => {
    const things = withTools([thing], { save: () => mine(9), records: () => mine(9) });
    expect(await things.call('thing_write', { title: 'x' })).toEqual({
      status: 'ok',
      records: [{ label: labelOf('12'), record: { id: 9 } }],
      dropped: 0,
    });
    expect(things.writes).toEqual([{ method: 'POST', path: '/Things', element: { title: 'x', client_id: 12 } }]);
  });

  it.each([
    ['landed at another customer', () => theirs(9)],
    ['is not there', () => undefined],
    ['is another one', () => mine(8)],
  ])('says so when what it made %s', async (_, records) => {
    const things = withTools([thing], { save: () => mine(9), records });
    expect(await things.call('thing_write', { title: 'x' })).toMatchObject(unproven);
  });

  it('never sends a member that is not declared', async () => {
    const wide = declared({ create, build: () => ({ title: 'x', _merge_client_into: 17 }) });
    const things = withTools([wide], { save: () => mine(9), records: () => mine(9) });
    await expect(things.call('thing_write', { title: 'x' })).rejects.toThrow();
    expect(things.writes).toEqual([]);
  });
});

describe('a reference', () => {
  const thing = declared({ create, references: [contact] });

  it('must be the customer’s too, or nothing is written', async () => {
    const records = (path: string) => (path === '/Contacts/3' ? mine(3) : path === '/Contacts/4' ? theirs(4) : mine(9));
    const things = withTools([thing], { save: () => mine(9), records });
    expect(await things.call('thing_write', { title: 'x', contact: 4 })).toEqual(unproven);
    expect(things.writes).toEqual([]);
    expect(await things.call('thing_write', { title: 'x', contact: 3 })).toMatchObject({ status: 'ok' });
    expect(await things.call('thing_write', { title: 'x' })).toMatchObject({ status: 'ok' });
  });
});

describe('a change', () => {
  it('proves its target before and after', async () => {
    let isMoved = false;
    const things = withTools([declared({ target })], {
      save: () => ((isMoved = true), mine(5)),
      records: () => (isMoved ? theirs(5) : mine(5)),
    });
    expect(await things.call('thing_write', { id: 5, title: 'x' })).toMatchObject(unproven);
    expect(things.writes).toHaveLength(1);
    expect(await things.call('thing_write', { id: 5, title: 'x' })).toEqual(unproven);
    expect(things.writes).toHaveLength(1);
  });

  it('writes nothing when a look beforehand denies', async () => {
    const prepare = () => Promise.reject(new Fault('INVALID_ARGUMENTS', 'The price is 12.00 GBP now.'));
    const things = withTools([declared({ target, prepare })], { records: () => mine(5) });
    expect(await things.call('thing_write', { id: 5, title: 'x' })).toEqual({
      status: 'denied',
      code: 'INVALID_ARGUMENTS',
      reason: 'The price is 12.00 GBP now.',
    });
    expect(things.writes).toEqual([]);
  });

  it('may take its target away where that is what it is for', async () => {
    let isGone = false;
    const remove = declared({
      target,
      method: 'DELETE',
      element: null,
      mayVanish: true,
      path: ({ id }) => `/Things/${id}`,
      confirm: (_, { input: { id = 0 } }) => ({ id }),
    });
    const fake = { save: () => void (isGone = true), records: () => (isGone ? undefined : mine(5)) };
    const things = withTools([remove], fake);
    expect(await things.call('thing_write', { id: 5, title: 'x' })).toEqual({
      status: 'ok',
      records: [{ label: labelOf('12'), record: { id: 5 } }],
      dropped: 0,
    });
    expect(things.writes).toEqual([{ method: 'DELETE', path: '/Things/5' }]);
  });
});

describe('what the vendor says it saved', () => {
  const hanging = { reference: 'thing_id', isNumberedWithin: true };
  const noted = declared({ target, saved: hanging });

  it.each([
    ['hangs on another record', { id: 1, thing_id: 6 }],
    ['hangs on none', { id: 1 }],
    ['names another owner', { id: 1, thing_id: 5, client_id: 17 }],
    ['is no record', 'saved'],
  ])('is not shown when it %s', async (_, saved) => {
    const strict = { ...owner, within: ['client_id'] };
    const noting = declared({ target, saved: hanging, owner: strict });
    const things = withTools([noting], { records: () => mine(5), save: () => saved });
    expect(await things.call('thing_write', { id: 5, title: 'x' })).toMatchObject({ code: 'VENDOR_ERROR' });
  });

  it('is in the label with all else that was read, when it is shown', async () => {
    const things = withTools([noted], { records: () => mine(5), save: () => ({ id: 1, thing_id: 5 }) });
    const parent = { id: '5', naming: ownedBy('12') };
    const entry = { by: 'parent', owners: [], nested: [], refersTo: { id: '5' }, parent };
    expect(await things.call('thing_write', { id: 5, title: 'x' })).toMatchObject({
      records: [{ label: [ownedBy('12'), entry], record: { id: 1 } }],
    });
  });

  it('is labelled as whose it is by a worker that judges nothing, and so are the records it was made with', async () => {
    const blind = { records: () => theirs(5), save: () => ({ id: 1, thing_id: 6 }) };
    const { label } = labelledOf(
      await withTools([noted], { ...blind, keep: keepAll }).call('thing_write', { id: 5, title: 'x' }),
    );
    expect(label).toMatchObject([ownedBy('17'), { refersTo: { id: '6' }, parent: { id: '5', naming: ownedBy('17') } }]);
  });
});

const keepAll: Keep = () => 'whole';

function labelledOf(answer: WorkerAnswer): LabelledRecord {
  const [record] = answer.status === 'ok' ? answer.records : [];
  if (record === undefined) throw new Error('no record');
  return record;
}
