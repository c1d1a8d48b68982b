import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sweepDead } from '../../src-ledger/drop-bodies.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { slowly } from './key-source.ts';
import { openForTest } from './open-for-test.ts';
import { codeOf } from '../code-of.ts';
import { asks, harbor, inName, meridian, opened, signal, tombstone } from './body-fixture.ts';

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

  /** How many bodies each piece takes, and how many tombstones were made. */
  async function pieces(count: number, text: string) {
    let now = Date.UTC(2026, 10, 1);
    const { ledger } = await opened(undefined, { now: () => now });
    await Promise.all(Array.from({ length: count }, () => ledger.append(asks({ text }))));
    now += 86_400_000;
    const sizes: number[] = [];
    for (let isDone = false; !isDone; ) {
      const before = '2026-11-01T12:00:00.000Z';
      const answer = await ledger.dropBodies({ under: meridian, before, tombstone: tombstone('age') });
      ({ isDone } = answer);
      sizes.push(answer.bodies);
      expect(await ledger.verify(signal)).toEqual({ ok: true, entries: count + sizes.length });
    }
    expect(await ledger.bodiesHeld(signal)).toEqual([]);
    return sizes;
  }

  it('goes on piece by piece, each with its tombstone', { timeout: 60_000 }, async () => {
    expect(await pieces(5000, '')).toEqual([2000, 2000, 1000]);
  });

  it('takes fewer of long ones for a piece: callers choose how long they are', async () => {
    const sizes = await pieces(300, 'x'.repeat(70_000));
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.slice(0, -1).every((bodies) => bodies > 100 && bodies * 70_000 < 8 * 1024 * 1024)).toBe(true);
    expect(sizes.reduce((sum, bodies) => sum + bodies, 0)).toBe(300);
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

function rowsOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare('SELECT (SELECT count(*) FROM body) AS bodies, (SELECT count(*) FROM body_key) AS keys')
    .get();
  db.close();
  return rows;
}

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

  it('takes what was shut out of the file in pieces, and goes on with that at the next start', async () => {
    const { ledger, file, source } = await opened();
    await Promise.all(Array.from({ length: 5000 }, (_, at) => ledger.append(asks({ at }, { kind: 'call.denied' }))));
    await ledger.append(asks({}, inName(harbor, 'HARB-1')));
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    ledger.close();
    expect(rowsOf(file)).toEqual({ bodies: 5001, keys: 2 });
    const second = openForTest(file).ledger;
    second.sealWith(source);
    await second.append(draft('between two pieces'));
    second.close();
    expect(rowsOf(file)).toEqual({ bodies: 3001, keys: 2 });
    const third = openForTest(file).ledger;
    third.sealWith(source);
    await vi.waitFor(async () => expect(await third.bodiesHeld(signal)).toHaveLength(1));
    const why = (await third.bodiesOf([1, 5000, 5001, 5003], signal)).map((each) => each.why);
    expect(why).toEqual(['destroyed', 'destroyed', null, 'none']);
    expect(await third.verify(signal)).toEqual({ ok: true, entries: 5003 });
    third.close();
    expect(rowsOf(file)).toEqual({ bodies: 1, keys: 1 });
  });

  it('sweeps fewer long bodies at a time', async () => {
    const { ledger, file } = await opened();
    const text = 'x'.repeat(70_000);
    await Promise.all(Array.from({ length: 200 }, () => ledger.append(asks({ text }))));
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    ledger.close();
    const db = new Database(file);
    const { piece, isNeeded } = sweepDead(db);
    const left = () => db.prepare<[], number>('SELECT count(*) FROM body').pluck().get() ?? 0;
    expect(piece()).toBe(undefined);
    expect([left() > 50, left() < 150, isNeeded()]).toEqual([true, true, true]);
    piece();
    expect([left(), isNeeded()]).toEqual([0, false]);
    db.close();
  });

  it('is refused, and nothing else happens, when the ledger is closed meanwhile', async () => {
    const { ledger, file } = await opened();
    await ledger.append(asks({}));
    const dropped = codeOf(ledger.dropKeys({ under: meridian, tombstone: tombstone('key') }));
    ledger.close();
    expect(await dropped).toBe('LEDGER_CLOSED');
    expect(rowsOf(file)).toEqual({ bodies: 1, keys: 1 });
  });

  it('names in the tombstone every code that entries of the customer bear', async () => {
    const { ledger, entry } = await opened();
    for (const code of ['MERI-1', 'MERI-2', 'MERI-3']) await ledger.append(asks({}, inName(meridian, code)));
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    expect(await entry(4)).toMatchObject({ params: { bodies: 3, upTo: 3, customers: ['MERI-1', 'MERI-2', 'MERI-3'] } });
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
