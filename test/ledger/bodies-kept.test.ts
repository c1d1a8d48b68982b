import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { draft } from './fork-ledger.ts';
import { keyless, keySource } from './key-source.ts';
import { openForTest } from './open-for-test.ts';
import { asks, harbor, inName, meridian, opened, signal, tombstone } from './body-fixture.ts';

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
