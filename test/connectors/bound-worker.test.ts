import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createWorker } from '../../src-connectors/bound-worker.ts';
import { connectors } from '../../src-connectors/connectors.ts';
import { Fault } from '../../src-shared/fault.ts';
import { bind, bindingFor, credential, realTimer } from './bound.ts';
import { vendorOf } from './fake-connector.ts';

const url = 'http://127.0.0.1:1';
const never = new AbortController().signal;
const fresh = () =>
  createWorker({
    connectors,
    now: Date.now,
    after: realTimer,
    surveyCredential: () => Promise.resolve(credential),
    lease: async () => credential,
  });
const binding = (more: object = {}) => ({ ...bindingFor({ url }, generateKeyPairSync('ed25519').publicKey), ...more });
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('createWorker', () => {
  it('is bound once, for life', () => {
    const { control } = fresh();
    void control.bind(binding(), never);
    expect(() => control.bind(binding(), never)).toThrow(code('ALREADY_BOUND'));
    expect(() => control.describe(undefined, never)).toThrow(code('ALREADY_BOUND'));
  });

  it('is never bound after it described', () => {
    const { control } = fresh();
    void control.describe(undefined, never);
    expect(() => control.bind(binding(), never)).toThrow(code('ALREADY_BOUND'));
  });

  it('runs nothing before it is bound', () => {
    const { grant } = bind({ url });
    const call = { grant: grant('ticket_list', {}), tool: 'ticket_list', arguments: {} };
    expect(() => fresh().gateway.execute(call, never)).toThrow(code('NOT_BOUND'));
  });

  it.each([
    ['an unknown connector', { connector: 'nosuch' }],
    ['an owner of 0', { owner: '0' }],
    ['an owner with a space', { owner: '12 ' }],
    ['an owner written as a double', { owner: '12.0' }],
    ['an empty owner', { owner: '' }],
    ['a host it may not reach', { settings: {} }],
    ['a note outcome that is no id', { settings: { demo: 'true', privateNoteOutcome: 'private' } }],
  ])('does not bind to %s', (_, more) => {
    expect(() => fresh().control.bind(binding(more), never)).toThrow(code('BINDING_INVALID'));
  });

  it.each([
    ['an unknown tool', 'report_run', {}, 'UNKNOWN_TOOL'],
    ['the code of another customer', 'ticket_list', { customer: 'ALDR-3' }, 'CUSTOMER_MISMATCH'],
    ['the code in another case', 'ticket_list', { customer: 'acme-1' }, 'CUSTOMER_MISMATCH'],
    ['an unknown member', 'ticket_list', { client_id: 31 }, 'INVALID_ARGUMENTS'],
    ['a member that widens', 'ticket_list', { advanced_search: '[]' }, 'INVALID_ARGUMENTS'],
    ['an id as text', 'ticket_get', { id: '2204' }, 'INVALID_ARGUMENTS'],
    ['an id of 0', 'ticket_get', { id: 0 }, 'INVALID_ARGUMENTS'],
    ['a page that is none', 'ticket_list', { page: 'p1&client_ids=31' }, 'INVALID_ARGUMENTS'],
    ['a customer that is no text', 'ticket_list', { customer: 12 }, 'INVALID_ARGUMENTS'],
  ])('denies %s', async (_, tool, input, expected) => {
    expect(await bind({ url }).call(tool, input)).toEqual({ status: 'denied', code: expected });
  });

  it('lets nothing a declaration builds replace the bound owner', async () => {
    const asked: unknown[] = [];
    await bind({ url, connectors: [vendorOf(async ({ query }) => (asked.push(query), []))] }).call('thing_list');
    expect(asked).toEqual([{ client_id: '12' }]);
  });

  it('denies with TIMED_OUT at the deadline, even when something below never ends', async () => {
    const signals: AbortSignal[] = [];
    const stuck = vendorOf((_request, _page, { signal }) => (signals.push(signal), new Promise(() => {})));
    const { call } = bind({
      url,
      connectors: [stuck],
      after: (milliseconds, act) => realTimer(milliseconds / 50, act),
    });
    expect(await call('thing_list')).toMatchObject({ status: 'denied', code: 'TIMED_OUT' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('ends with its caller', async () => {
    const { call } = bind({ url, connectors: [vendorOf(() => new Promise(() => {}))] });
    await expect(call('thing_list', {}, AbortSignal.timeout(10))).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(call('thing_list', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('passes on the reason of an expected no, and only faults for the rest', async () => {
    const failing = (thrown: Error) =>
      bind({ url, connectors: [vendorOf(() => Promise.reject(thrown))] }).call('thing_list');
    expect(await failing(new Fault('VENDOR_ERROR', 'Plain words.'))).toEqual({
      status: 'denied',
      code: 'VENDOR_ERROR',
      reason: 'Plain words.',
    });
    await expect(failing(new TypeError('a bug'))).rejects.toBeInstanceOf(TypeError);
  });
});

const sealed = /^[A-Za-z0-9_-]{64}$/;

describe('listTool', () => {
  const list = (pages: readonly (readonly number[])[], owner = 12) =>
    bind({
      url,
      connectors: [vendorOf(async (_, page) => (pages[page - 1] ?? []).map((id) => ({ id, client_id: owner })))],
    });
  const nextOf = async (bound: ReturnType<typeof list>, page?: string) => {
    const answer = await bound.call('thing_list', page === undefined ? {} : { page });
    if (answer.status !== 'ok') throw new Error('denied');
    return { next: answer.next, ids: answer.records.map(({ record }) => record['id']), dropped: answer.dropped };
  };

  it('offers the next page after a full one, and ends at one that is not', async () => {
    const bound = list([[1, 2], [3]]);
    const first = await nextOf(bound);
    expect(first).toEqual({ ids: [1, 2], dropped: 0, next: expect.stringMatching(sealed) });
    expect(await nextOf(bound, first.next)).toEqual({ ids: [3], dropped: 0, next: undefined });
  });

  it('ends when a full page only repeats the one before, in whatever order', async () => {
    const bound = list([
      [1, 2],
      [2, 1],
    ]);
    expect(await nextOf(bound, (await nextOf(bound)).next)).toEqual({ ids: [], dropped: 0, next: undefined });
  });

  it('goes on after a full page with one new id', async () => {
    const bound = list([
      [1, 2],
      [2, 3],
    ]);
    expect(await nextOf(bound, (await nextOf(bound)).next)).toMatchObject({ next: expect.stringMatching(sealed) });
  });

  it('goes on after a full page of other customers, so that none of the own is missed', async () => {
    expect(await nextOf(list([[1, 2]], 31))).toEqual({ ids: [], dropped: 2, next: expect.stringMatching(sealed) });
  });

  it('gives two workers different cursors for the same ids, so that ids cannot be guessed from them', async () => {
    expect((await nextOf(list([[1, 2]]))).next).not.toBe((await nextOf(list([[1, 2]]))).next);
  });
});
