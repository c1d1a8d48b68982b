import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canonical } from '../../src-shared/canonical.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { sha256Hex } from '../../src-ledger/sha256.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { keyless, keySource, slowly } from './key-source.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
const meridian = CustomerId.parse('meridian');
const harbor = CustomerId.parse('harbor');
const { params: _, ...bare } = draft('ticket_list');
const asks = (content: Record<string, unknown>, more: Partial<EntryDraft> = {}): EntryDraft => ({
  ...bare,
  body: { under: meridian, content },
  ...more,
});
const inName = (under: CustomerId | null, customer: string | null): Partial<EntryDraft> => ({
  customer,
  body: { under, content: { params: { for: customer } } },
});
const tombstone = (because: string, customer: string | null = 'MERI-7'): EntryDraft => ({
  kind: 'retention.tombstone',
  principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'supervisor' },
  customer,
  params: { because },
});
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'recorded',
    (error: { code?: string }) => error.code,
  );

async function opened(file = join(makeFolder(), 'ledger.db'), more: Parameters<typeof openForTest>[1] = {}) {
  const broker = await keySource();
  const { ledger } = openForTest(file, more);
  ledger.sealWith(broker.source);
  const why = async (...seqs: number[]) => (await ledger.bodiesOf(seqs, signal)).map((each) => each.why);
  const entry = async (seq: number) => (await ledger.page({ after: seq - 1, limit: 1, filter: {} }, signal)).entries[0];
  return { ...broker, ledger, file, why, entry };
}

describe('append, of a draft with a body', () => {
  it('keeps in the entry a commitment that whoever has the body can check, and nothing else of it', async () => {
    const { ledger, entry } = await opened();
    const content = { params: { text: 'canary-7731', status: 'open' } };
    await ledger.append(asks(content));
    const recorded = await entry(1);
    expect(Object.keys(recorded ?? {})).not.toContain('params');
    expect(JSON.stringify(recorded)).not.toContain('canary');
    const [opened1] = await ledger.bodiesOf([1], signal);
    expect(opened1).toEqual({
      seq: 1,
      why: null,
      body: { ...content, blind: expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    const { commitment, salt } = recorded?.body ?? {};
    expect(sha256Hex(`${salt}${canonical(opened1?.body)}`)).toBe(commitment);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 1 });
  });

  it('writes nothing of it in the clear, in no file', async () => {
    const folder = makeFolder();
    const { ledger } = await opened(join(folder, 'ledger.db'));
    for (let at = 0; at < 50; at += 1) await ledger.append(asks({ params: { text: 'canary-7731'.repeat(at + 1) } }));
    const look = (): string[] =>
      readdirSync(folder).flatMap((name) => (readFileSync(join(folder, name)).includes('canary') ? [name] : []));
    expect(look()).toEqual([]);
    ledger.close();
    expect(look()).toEqual([]);
  });

  it('asks the broker for one key for each customer, and a new one at each start and each day', async () => {
    let now = Date.UTC(2026, 10, 21, 23, 59);
    const { ledger, made, source, file } = await opened(undefined, { now: () => now });
    const draftsOf = [inName(meridian, 'MERI-7'), inName(harbor, 'HARB-1'), inName(null, null)];
    await Promise.all([...draftsOf, ...draftsOf].map((each) => ledger.append(asks({}, each))));
    expect(made).toEqual([meridian, harbor, null]);
    now += 120_000;
    await ledger.append(asks({}));
    expect(made).toEqual([meridian, harbor, null, meridian]); // Asked for meanwhile: this one had the key of the day before.
    await ledger.append(asks({}));
    ledger.close();
    const db = new Database(file);
    expect(db.prepare('SELECT under, count(*) FROM body JOIN body_key ON id = key GROUP BY id').raw().all()).toEqual([
      ['meridian', 3],
      ['harbor', 2],
      [null, 2],
      ['meridian', 1],
    ]);
    db.close();
    const again = openForTest(file, { now: () => now }).ledger;
    again.sealWith(source);
    await again.append(asks({ params: { after: 'restart' } }));
    expect(made).toHaveLength(5);
    expect((await again.bodiesOf([8, 9, 1, 3], signal)).map(({ why }) => why)).toEqual([null, null, null, null]);
  });

  it('lets nobody else wait for the key of one customer, and keeps the order of those who do', async () => {
    const { ledger, source } = await opened();
    const slow = slowly(source);
    await ledger.append(asks({}, inName(harbor, 'HARB-1')));
    ledger.sealWith(slow.source);
    const order: string[] = [];
    const record = async (name: string, each: EntryDraft): Promise<void> => {
      await ledger.append(each);
      order.push(name);
    };
    const all = [
      record('waits 1', asks({ at: 1 })),
      record('waits 2', asks({ at: 2 }, { kind: 'call.denied' })),
      record('other customer', asks({}, inName(harbor, 'HARB-1'))),
      record('without body', draft('x')),
    ];
    await Promise.all(all.slice(2));
    expect(order).toEqual(['other customer', 'without body']);
    expect(slow.waiting).toHaveLength(1);
    slow.release();
    await Promise.all(all);
    expect(order.slice(2)).toEqual(['waits 1', 'waits 2']);
    const bodies = await ledger.bodiesOf([4, 5], signal);
    expect(bodies.map(({ body }) => body?.['at'])).toEqual([1, 2]);
  });

  it.each([
    ['nobody is linked', undefined],
    ['the broker has none to give', keyless],
  ])('without a key records what is over without its body, and no call that would begin: %s', async (_name, source) => {
    const { ledger, why, entry } = await opened();
    ledger.sealWith(source);
    expect(await codeOf(ledger.append(asks({})))).toBe('LEDGER_UNWRITABLE');
    expect(await codeOf(ledger.append(asks({}, { kind: 'approval.asked' })))).toBe('LEDGER_UNWRITABLE');
    expect(await codeOf(ledger.append(asks({}, { kind: 'call.denied' })))).toBe('recorded');
    expect(await codeOf(ledger.append(draft('x')))).toBe('recorded');
    expect(await codeOf(ledger.append(asks({}, { kind: 'call.outcome', ref: 2 })))).toBe('recorded');
    expect(await why(1, 2, 3)).toEqual(['none', 'none', 'none']);
    expect((await entry(1))?.body).toBe(undefined);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 3 });
  });

  it('has a key again as soon as there is a broker, and asks a failing one once a second', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger, source } = await opened(undefined, { now: () => now });
    let asked = 0;
    ledger.sealWith({ ...source, makeBodyKey: () => Promise.reject(new Error(String((asked += 1)))) });
    for (let at = 0; at < 3; at += 1) await codeOf(ledger.append(asks({})));
    expect(asked).toBe(1);
    now += 1000;
    await codeOf(ledger.append(asks({})));
    expect(asked).toBe(2);
    ledger.sealWith(source);
    expect(await codeOf(ledger.append(asks({})))).toBe('recorded');
  });

  it('holds what may be without its body half a second for a key, and not at all once one is late or could not be had', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger, source, why } = await opened(undefined, { now: () => now });
    const slow = slowly(source);
    ledger.sealWith(slow.source);
    const timed = async (each: EntryDraft): Promise<number> => {
      const from = performance.now();
      await ledger.append(each);
      return performance.now() - from;
    };
    const call = ledger.append(asks({ at: 1 }));
    expect(await timed(asks({}, { kind: 'call.denied' }))).toBeGreaterThan(450);
    expect(await timed(asks({}, { kind: 'call.denied' }))).toBeLessThan(400);
    expect(await why(1, 2)).toEqual(['none', 'none']);
    slow.release();
    expect((await call).seq).toBe(3); // What must be sealed went on waiting.
    await ledger.append(asks({}, { kind: 'call.denied' }));
    expect(await why(3, 4)).toEqual([null, null]);

    const other = inName(harbor, 'HARB-1');
    let isHanging = false;
    const never = new Promise<never>(() => {});
    ledger.sealWith({ ...source, makeBodyKey: () => (isHanging ? never : Promise.reject(new Error('away'))) });
    expect(await codeOf(ledger.append(asks({}, other)))).toBe('LEDGER_UNWRITABLE');
    isHanging = true;
    now += 1000; // It is asked again, and hangs; the denials do not wait for it.
    for (let at = 0; at < 2; at += 1) {
      expect(await timed(asks({}, { ...other, kind: 'call.denied' }))).toBeLessThan(400);
    }
  });

  it('records at the close what still waits for a key, if it may be without its body', async () => {
    const { ledger, source, file } = await opened();
    ledger.sealWith(slowly(source).source);
    const answers = [asks({}), asks({}, { kind: 'call.denied' })].map((each) => codeOf(ledger.append(each)));
    ledger.close();
    expect(await Promise.all(answers)).toEqual(['LEDGER_UNWRITABLE', 'recorded']);
    expect(openForTest(file).ledger.entries).toBe(1);
  });

  it('keeps long content as its hash, what is to be approved whole, and half characters as replacements', async () => {
    const { ledger } = await opened();
    const long = { params: { text: 'é'.repeat(5000) } };
    await ledger.append(asks(long));
    await ledger.append(asks(long, { kind: 'approval.asked' }));
    await ledger.append(asks({ params: { 'half\ud800': '\udc00' } }));
    const bodies = (await ledger.bodiesOf([1, 2, 3], signal)).map(({ body }) => ({ ...body, blind: '' }));
    const text = canonical(long);
    expect(bodies).toEqual([
      { truncated: true, bytes: Buffer.byteLength(text), sha256: sha256Hex(text), blind: '' },
      { ...long, blind: '' },
      { params: { 'half\ufffd': '\ufffd' }, blind: '' },
    ]);
  });

  it('puts its own blind in the place of one that was sent', async () => {
    const { ledger } = await opened();
    await ledger.append(asks({ blind: 'guessed' }));
    expect((await ledger.bodiesOf([1], signal))[0]?.body).toEqual({ blind: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });
});

describe('bodiesOf', () => {
  it('says why there is none', async () => {
    const { ledger, why, vault } = await opened();
    await ledger.append(asks({}));
    await ledger.append(draft('x'));
    expect(await why(2, 1, 3)).toEqual(['none', null, 'none']);
    ledger.sealWith(undefined);
    expect(await why(1)).toEqual(['locked']);
    ledger.sealWith(keyless);
    expect(await why(1)).toEqual(['locked']);
    ledger.sealWith((await keySource()).source);
    expect(await why(1)).toEqual(['destroyed']);
    vault.destroyCustomer(meridian);
  });

  it('opens each key once for a question', async () => {
    const { ledger, source } = await opened();
    for (let at = 0; at < 5; at += 1) await ledger.append(asks({ at }));
    let asked = 0;
    ledger.sealWith({ ...source, openBodyKey: (question) => ((asked += 1), source.openBodyKey(question)) });
    const bodies = await ledger.bodiesOf([5, 1, 3], signal);
    expect(bodies.map(({ body }) => body?.['at'])).toEqual([4, 0, 2]);
    expect(asked).toBe(1);
  });

  it('opens them in a ledger that is open for reading only, with a broker, and none of a ledger of before there were any', async () => {
    const { ledger, source, file } = await opened();
    await ledger.append(asks({ at: 1 }));
    ledger.close();
    const reader = openForTest(file, { readOnly: true }).ledger;
    reader.sealWith(source);
    expect((await reader.bodiesOf([1], signal))[0]?.body?.['at']).toBe(1);
    await expect(reader.dropKeys({ under: meridian, tombstone: tombstone('key') })).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
    reader.close();

    const db = new Database(file);
    db.exec('DROP TABLE body; DROP TABLE body_key; DROP INDEX tombstone');
    db.close();
    const old = openForTest(file, { readOnly: true }).ledger;
    expect((await old.bodiesOf([1], signal))[0]?.why).toBe('damaged');
    expect((await old.verify(signal)).firstBad?.seq).toBe(1);
    expect(await old.bodiesHeld(signal)).toEqual([]);
    old.close();
    const completed = openForTest(file).ledger;
    completed.sealWith(source);
    await completed.append(asks({ at: 2 }));
    expect((await completed.bodiesOf([2], signal))[0]?.body?.['at']).toBe(2);
  });
});

describe('bodiesHeld', () => {
  it('counts by customer, the company among them, and leaves out what cannot be opened again', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger } = await opened(undefined, { now: () => (now += 1000) });
    expect(await ledger.bodiesHeld(signal)).toEqual([]);
    for (const each of [
      inName(harbor, 'HARB-1'),
      inName(meridian, 'MERI-7'),
      inName(meridian, 'MERI-7'),
      inName(null, null),
    ])
      await ledger.append(asks({}, each));
    const oldest = async () => new Map((await ledger.bodiesHeld(signal)).map(({ under, ...rest }) => [under, rest]));
    const [first, second, , fourth] = (await ledger.page({ limit: 9, filter: {} }, signal)).entries.map(({ at }) => at);
    expect(await oldest()).toEqual(
      new Map([
        [harbor, { bodies: 1, oldest: first }],
        [meridian, { bodies: 2, oldest: second }],
        [null, { bodies: 1, oldest: fourth }],
      ]),
    );
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    expect([...(await oldest()).keys()]).toEqual([harbor, null]);
  });
});

describe('bodiesHeld, of a file that was tampered with', () => {
  it.each([
    ['a key of no customer', "UPDATE body_key SET under = '../x'"],
    ['a body of no entry', 'UPDATE body SET seq = 70'],
  ])('is damage: %s', async (_name, sql) => {
    const { ledger, file } = await opened();
    await ledger.append(asks({}));
    ledger.close();
    const db = new Database(file);
    db.exec(sql);
    db.close();
    const { ledger: reader } = openForTest(file, { readOnly: true });
    await expect(reader.bodiesHeld(signal)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
  });
});

describe('dropBodies', () => {
  it('drops what is older than asked, of that customer alone, and records what it did', async () => {
    let now = Date.UTC(2026, 10, 1);
    const { ledger, why, entry } = await opened(undefined, { now: () => now });
    for (let day = 1; day <= 6; day += 1) {
      await ledger.append(asks({ day }));
      await ledger.append(asks({ day }, inName(harbor, 'HARB-1')));
      now += 86_400_000;
    }
    const before = '2026-11-04T00:00:00Z';
    const answer = await ledger.dropBodies({ under: meridian, before, tombstone: tombstone('age') });
    expect(answer).toEqual({ bodies: 3, isDone: true });
    expect(await entry(13)).toMatchObject({
      kind: 'retention.tombstone',
      customer: 'MERI-7',
      params: { because: 'age', bodies: 3, upTo: 5, customers: ['MERI-7'] },
    });
    expect(await why(1, 2, 3, 5, 7, 9)).toEqual(['dropped', null, 'dropped', 'dropped', null, null]);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 13 });
    expect(await ledger.dropBodies({ under: meridian, before, tombstone: tombstone('age') })).toEqual({
      bodies: 0,
      isDone: true,
    });
    expect(ledger.entries).toBe(13);
  });

  it('goes on piece by piece, each with its tombstone', { timeout: 60_000 }, async () => {
    let now = Date.UTC(2026, 10, 1);
    const { ledger } = await opened(undefined, { now: () => now });
    for (let piece = 0; piece < 5; piece += 1)
      await Promise.all(Array.from({ length: 2500 }, () => ledger.append(asks({}, { kind: 'call.denied' }))));
    now += 86_400_000;
    const drop = () =>
      ledger.dropBodies({ under: meridian, before: '2026-11-01T12:00:00.000Z', tombstone: tombstone('age') });
    expect(await drop()).toEqual({ bodies: 10_000, isDone: false });
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 12_501 });
    expect(await drop()).toEqual({ bodies: 2500, isDone: true });
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 12_502 });
    expect(await ledger.bodiesHeld(signal)).toEqual([]);
  });

  it('names in the tombstone the codes the entries bear, whatever the customer is called by now', async () => {
    let now = Date.UTC(2026, 10, 1);
    const { ledger, entry, why } = await opened(undefined, { now: () => now });
    await ledger.append(asks({}, inName(meridian, 'OLD-1')));
    await ledger.append(asks({}, inName(meridian, null)));
    await ledger.append(asks({}));
    now += 1000;
    await ledger.dropBodies({
      under: meridian,
      before: new Date(now).toISOString(),
      tombstone: tombstone('age', null),
    });
    expect(await entry(4)).toMatchObject({ customer: null, params: { customers: [null, 'MERI-7', 'OLD-1'], upTo: 3 } });
    expect(await why(1, 2, 3)).toEqual(['dropped', 'dropped', 'dropped']);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 4 });
  });

  it('drops a key with the last of its bodies, once no more can be sealed with it', async () => {
    let now = Date.UTC(2026, 10, 1);
    const { ledger, source, file } = await opened(undefined, { now: () => now });
    const drop = (from: typeof ledger, under = meridian) =>
      from.dropBodies({ under, before: new Date(now).toISOString(), tombstone: tombstone('age') });
    await ledger.append(asks({}));
    await ledger.append(asks({}, inName(harbor, 'HARB-1')));
    now += 1000;
    await drop(ledger);
    await ledger.append(asks({})); // Under the key that had none left.
    ledger.close();
    const again = openForTest(file, { now: () => now }).ledger;
    again.sealWith(source);
    await drop(again);
    expect((await again.bodiesOf([4], signal))[0]?.why).toBe(null);
    now += 1000;
    await drop(again);
    again.close();
    const db = new Database(file);
    expect(db.prepare('SELECT under FROM body_key').pluck().all()).toEqual([harbor]);
    db.close();
  });

  it('drops nothing when its tombstone cannot be recorded', async () => {
    let now = Date.UTC(2026, 10, 1);
    const { ledger, why } = await opened(undefined, { now: () => now });
    await ledger.append(asks({}));
    now += 1000;
    const wrong = { ...tombstone('age'), params: { because: { toJSON: () => undefined } } } as unknown as EntryDraft;
    const unrecordable = { ...wrong, tool: 1n as unknown as string };
    const drop = ledger.dropBodies({ under: meridian, before: new Date(now).toISOString(), tombstone: unrecordable });
    expect(await codeOf(drop)).toBe('BAD_INPUT');
    expect(await why(1)).toEqual([null]);
  });
});

describe('dropKeys', () => {
  it('shuts every body of the customer for good, proofs and all the rest left as they are', async () => {
    const { ledger, why, entry, source } = await opened();
    for (let at = 0; at < 4; at += 1) await ledger.append(asks({ at }, at === 1 ? inName(harbor, 'HARB-1') : {}));
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    expect(await entry(5)).toMatchObject({ params: { because: 'key', bodies: 3, upTo: 4, customers: ['MERI-7'] } });
    expect(await why(1, 2, 3, 4)).toEqual(['destroyed', null, 'destroyed', 'destroyed']);
    expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 5 });
    ledger.sealWith(source);
    await ledger.append(asks({ at: 6 })); // A new key, and readable.
    expect(await why(4, 6)).toEqual(['destroyed', null]);
  });

  it('leaves no trace of the keys in the files', async () => {
    const folder = makeFolder();
    const { ledger, source } = await opened(join(folder, 'ledger.db'));
    const wrapped: string[] = [];
    ledger.sealWith({
      ...source,
      makeBodyKey: async (question) => {
        const made = await source.makeBodyKey(question);
        wrapped.push(made.wrapped);
        return made;
      },
    });
    const look = (): string[] =>
      readdirSync(folder).filter((name) =>
        wrapped.some((each) => readFileSync(join(folder, name)).includes(each.slice(20))),
      );
    await ledger.append(asks({}));
    expect(look()).not.toEqual([]);
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    expect(wrapped).toHaveLength(1);
    expect(look()).toEqual([]);
  });

  it('takes no key that was asked for before', async () => {
    const { ledger, source, why } = await opened();
    const slow = slowly(source);
    ledger.sealWith(slow.source);
    const recorded = ledger.append(asks({}));
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    slow.release();
    await new Promise((resolve) => void setImmediate(resolve));
    slow.release();
    expect((await recorded).seq).toBe(2);
    expect(await why(2)).toEqual([null]);
  });
});

describe('verify, of bodies', () => {
  async function after(
    sql: string,
    prepare: (ledger: Awaited<ReturnType<typeof opened>>['ledger']) => Promise<unknown>,
  ) {
    let now = Date.UTC(2026, 10, 1);
    const { ledger, file } = await opened(undefined, { now: () => (now += 1000) });
    for (let at = 1; at <= 6; at += 1) await ledger.append(asks({ at }, at % 2 === 0 ? inName(harbor, 'HARB-1') : {}));
    await prepare(ledger);
    ledger.close();
    const db = new Database(file);
    db.exec(sql);
    db.close();
    const reader = openForTest(file, { readOnly: true }).ledger;
    onTestFinished(() => reader.close());
    return reader.verify(signal);
  }
  const dropAll = (ledger: Awaited<ReturnType<typeof opened>>['ledger']) =>
    ledger.dropBodies({ under: meridian, before: '2027-01-01T00:00:00Z', tombstone: tombstone('age') });

  it.each([
    ['one', 'DELETE FROM body WHERE seq = 3', 3],
    ['several', 'DELETE FROM body WHERE seq IN (4, 2, 6)', 2],
    ['all', 'DELETE FROM body', 1],
  ])('names the first body that is gone without a tombstone: %s', async (_name, sql, seq) => {
    expect(await after(sql, async () => {})).toEqual({
      ok: false,
      entries: 6,
      firstBad: { seq, problem: `The body of entry ${seq} is gone and no tombstone says why.` },
    });
  });

  it('takes a tombstone of one customer for no other', async () => {
    expect(await after('SELECT 1', dropAll)).toEqual({ ok: true, entries: 7 });
    expect((await after('DELETE FROM body WHERE seq = 4', dropAll)).firstBad?.seq).toBe(4);
  });

  it('takes a tombstone for nothing that was recorded after what it speaks of', async () => {
    const later = async (ledger: Awaited<ReturnType<typeof opened>>['ledger']): Promise<void> => {
      await dropAll(ledger);
      await ledger.append(asks({ at: 8 }));
    };
    expect(await after('SELECT 1', later)).toEqual({ ok: true, entries: 8 });
    expect((await after('DELETE FROM body WHERE seq = 8', later)).firstBad?.seq).toBe(8);
  });

  it('believes no tombstone that speaks of what comes after it', async () => {
    const forge = (ledger: Awaited<ReturnType<typeof opened>>['ledger']) =>
      ledger.append({ ...tombstone('age'), params: { because: 'age', bodies: 9, upTo: 1e6, customers: ['MERI-7'] } });
    expect((await after('DELETE FROM body WHERE seq = 3', forge)).firstBad?.seq).toBe(3);
  });

  it('takes the tombstone of bodies that are dropped while it walks', async () => {
    let now = Date.UTC(2026, 10, 1);
    const { ledger } = await opened(undefined, { now: () => (now += 1) });
    await Promise.all(Array.from({ length: 900 }, () => ledger.append(asks({}))));
    const verdict = ledger.verify(signal);
    const dropped = dropAll(ledger);
    expect([await verdict, await dropped]).toEqual([
      { ok: true, entries: 900 },
      { bodies: 900, isDone: true },
    ]);
  });

  it('says how far it is', async () => {
    const { ledger } = await opened();
    await Promise.all(Array.from({ length: 600 }, () => ledger.append(asks({}))));
    const heard: number[] = [];
    await ledger.verify(signal, ({ entries, of }) => heard.push(entries, of));
    expect(heard).toEqual([250, 600, 500, 600, 600, 600]);
  });
});
