import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { draft } from './fork-ledger.ts';
import { keyless, keySource } from './key-source.ts';
import { openForTest } from './open-for-test.ts';
import { asks, harbor, inName, meridian, opened, signal, tombstone } from './body-fixture.ts';

describe('bodiesOf', () => {
  it('says why there is none', async () => {
    const { ledger, why } = await opened();
    await ledger.append(asks({}));
    await ledger.append(draft('x'));
    expect(await why(2, 1, 3)).toEqual(['none', null, 'none']);
    ledger.sealWith(undefined);
    expect(await why(1)).toEqual(['locked']);
    ledger.sealWith(keyless);
    expect(await why(1)).toEqual(['locked']);
  });

  it('says that a key is lost until an entry says that it was destroyed', async () => {
    const { ledger, why, vault } = await opened();
    await ledger.append(asks({}));
    ledger.sealWith((await keySource()).source);
    expect(await why(1)).toEqual(['lost']);
    vault.destroyCustomer(meridian);
    await ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    expect(await why(1)).toEqual(['destroyed']);
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

describe('bodiesOf, of bodies that are gone', () => {
  it('says of each what the first tombstone says that reaches so far', async () => {
    let now = Date.UTC(2026, 10, 21);
    const { ledger, why } = await opened(undefined, { now: () => (now += 1000) });
    const drop = () =>
      ledger.dropBodies({ under: meridian, before: new Date(now).toISOString(), tombstone: tombstone('age') });
    const end = () => ledger.dropKeys({ under: meridian, tombstone: tombstone('key') });
    const record = async (): Promise<void> => {
      await ledger.append(asks({}));
      await ledger.append(asks({}, inName(harbor, 'HARB-1')));
    };
    await record();
    await drop(); // 3
    await record();
    await end(); // 6
    await record();
    await drop(); // 9
    await record();
    expect(await why(1, 2, 4, 5, 7, 8, 10, 11)).toEqual([
      'dropped',
      null,
      'destroyed',
      null,
      'dropped',
      null,
      null,
      null,
    ]);
    await drop(); // 12, while the reader knows those before.
    expect(await why(10, 7, 4, 1, 3)).toEqual(['dropped', 'dropped', 'destroyed', 'dropped', 'none']);
  });

  it('lets entries be recorded between', async () => {
    const { ledger, file } = await opened();
    await Promise.all(Array.from({ length: 250 }, () => ledger.append(asks({}))));
    await ledger.dropBodies({ under: meridian, before: '2027-01-01T00:00:00Z', tombstone: tombstone('age') });
    ledger.close();
    const again = openForTest(file).ledger;
    const order: string[] = [];
    const seqs = Array.from({ length: 250 }, (_, at) => at + 1);
    await Promise.all([
      again
        .bodiesOf(seqs, signal)
        .then((all) => order.push(`${all.filter(({ why }) => why === 'dropped').length} read`)),
      again.append(draft('x')).then(() => order.push('recorded')),
    ]);
    expect(order).toEqual(['recorded', '250 read']);
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
