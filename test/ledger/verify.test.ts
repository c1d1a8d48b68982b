import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { signedNote } from '../../src-shared/merkle/note.ts';
import { origin, publicKey, signNote } from '../merkle/export-fixture.ts';
import { sha256 } from '../merkle/leaves.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
const deviceKey = publicKey.toString('base64url');

/** A closed ledger of twelve entries, and what stands at entry 5 after `sql`. */
async function tampered(sql: string, { at = 12 } = {}): Promise<unknown> {
  const file = join(makeFolder(), 'ledger.db');
  const { ledger } = openForTest(file);
  for (let seq = 1; seq <= 12; seq += 1) {
    await ledger.append(draft(`tool_${seq}`, seq % 4 === 0 ? { kind: 'call.outcome', ref: seq - 1 } : {}));
    if (seq === at) await ledger.checkpoint();
  }
  ledger.close();
  const db = new Database(file);
  db.exec('DROP TRIGGER entry_is_final; DROP TRIGGER entry_stays');
  db.unsafeMode();
  db.exec(sql);
  db.close();
  const verdict = await openForTest(file, { readOnly: true }).ledger.verify(signal);
  return verdict.ok ? 'ok' : verdict.firstBad;
}

const edit = (from: string, to: string): string =>
  `UPDATE entry SET text = replace(text, '${from}', '${to}') WHERE seq = 5`;

describe('verify', () => {
  it('finds nothing in a ledger left alone', async () => {
    expect(await tampered('SELECT 1')).toBe('ok');
  });

  it.each([
    ['a member', edit('tool_5', 'tool_6')],
    ['a nested member', edit('"status":"open"', '"status":"shut"')],
    ['the time', edit('2026-11-21', '2026-11-20')],
    ['the customer', edit('MERI-7', 'MERI-8')],
    ['the customer with its column', `${edit('MERI-7', 'MERI-8')}; UPDATE entry SET customer = 'MERI-8' WHERE seq = 5`],
    ['the technician', edit('anna', 'hugo')],
    ['a gate', edit('"gate":"policy"', '"gate":"quota"')],
    [
      'prev',
      `UPDATE entry SET text = replace(text, substr(text, instr(text, '"prev":"') + 8, 4), 'abcd') WHERE seq = 5`,
    ],
    ['the tenant', edit('northway', 'southway')],
    ['the text altogether', "UPDATE entry SET text = 'x' WHERE seq = 5"],
    ['the leaf', "UPDATE entry SET leaf = x'00' WHERE seq = 5"],
    ['the kind column', "UPDATE entry SET kind = 'alert' WHERE seq = 5"],
    ['the time column', "UPDATE entry SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 5"],
    ['the customer column', 'UPDATE entry SET customer = NULL WHERE seq = 5'],
    ['the technician column', "UPDATE entry SET principal = 'x' WHERE seq = 5"],
    ['that it is there', 'DELETE FROM entry WHERE seq = 5'],
    ['that it and what follows is there', 'DELETE FROM entry WHERE seq >= 5'],
    [
      'its place',
      'UPDATE entry SET seq = 99 WHERE seq = 5; UPDATE entry SET seq = 5 WHERE seq = 6; UPDATE entry SET seq = 6 WHERE seq = 99',
    ],
  ])('names entry 5 when someone changed %s', async (_, sql) => {
    expect(await tampered(sql)).toMatchObject({ seq: 5, problem: expect.stringMatching(/ntry 5/) });
  });

  it.each(['0', '-1', '-9007199254740993', '-9223372036854775808'])(
    'names an entry put in front of the first, at %s',
    async (seq) => {
      expect(
        await tampered(
          `INSERT INTO entry SELECT ${seq}, at, kind, customer, principal, text, leaf FROM entry WHERE seq = 1`,
        ),
      ).toEqual({ seq: 0, problem: 'There is an entry in front of the first one.' });
    },
  );

  it('names the checkpoint when a tail was written anew, leaves and chain and all', async () => {
    const folder = makeFolder();
    const [file, other] = [join(folder, 'a.db'), join(folder, 'b.db')];
    for (const [path, tool] of [
      [file, 'true'],
      [other, 'false'],
    ] as const) {
      const { ledger } = openForTest(path);
      for (let seq = 1; seq <= 8; seq += 1) await ledger.append(draft(seq < 5 ? 'same' : tool));
      await ledger.checkpoint();
      ledger.close();
    }
    const db = new Database(file);
    db.exec(`DROP TRIGGER entry_is_final; DROP TRIGGER entry_stays; ATTACH '${other}' AS other;
      DELETE FROM entry WHERE seq >= 5; INSERT INTO entry SELECT * FROM other.entry WHERE seq >= 5`);
    db.close();
    expect((await openForTest(file).ledger.verify(signal)).firstBad).toEqual({
      seq: 8,
      problem: 'The first 8 entries are not those the checkpoint was made of.',
    });
  });

  /** A ledger of twelve entries with a signed checkpoint at every third. */
  async function signedLedger(): Promise<string> {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    ledger.signWith(async (body) => signNote(body));
    for (let seq = 1; seq <= 12; seq += 1) {
      await ledger.append(draft(`tool_${seq}`));
      if (seq % 3 === 0) expect((await ledger.checkpoint()).isSigned).toBe(true);
    }
    ledger.close();
    return file;
  }
  async function verdictAfter(file: string, sql: string): Promise<unknown> {
    const db = new Database(file);
    db.exec(`DROP TRIGGER entry_is_final; DROP TRIGGER entry_stays; ${sql}`);
    db.close();
    return openForTest(file, { readOnly: true, deviceKey }).ledger.verify(signal);
  }

  it('names the first checkpoint behind a history written anew, although the last one was made of it', async () => {
    const [file, other] = [await signedLedger(), join(makeFolder(), 'other.db')];
    const { ledger } = openForTest(other);
    ledger.signWith(async (body) => signNote(body));
    for (let seq = 1; seq <= 12; seq += 1) await ledger.append(draft(seq < 5 ? `tool_${seq}` : 'forged'));
    await ledger.checkpoint();
    ledger.close();
    expect(
      await verdictAfter(
        file,
        `ATTACH '${other}' AS other; DELETE FROM entry WHERE seq >= 5;
         INSERT INTO entry SELECT * FROM other.entry WHERE seq >= 5;
         DELETE FROM tree_head; INSERT INTO tree_head SELECT * FROM other.tree_head;
         INSERT OR REPLACE INTO checkpoint SELECT * FROM other.checkpoint`,
      ),
    ).toMatchObject({
      ok: false,
      firstBad: { seq: 6, problem: 'The first 6 entries are not those the checkpoint was made of.' },
    });
  });

  it.each([
    ['is not readable', "UPDATE checkpoint SET note = 'x' WHERE size = 6", 6, /not readable/],
    ['was made of another size', 'UPDATE checkpoint SET size = 7 WHERE size = 6', 7, /not readable/],
    [
      'has another signature',
      "UPDATE checkpoint SET note = replace(note, '— ', '— x') WHERE size = 6",
      6,
      /not signed/,
    ],
    [
      'stands behind one of half an entry',
      "UPDATE checkpoint SET note = 'x' WHERE size = 6; INSERT INTO tree_head SELECT 7, 5.5, note, frontier FROM tree_head",
      6,
      /of 5.5 entries is not readable/,
    ],
    ['covers what is not there', 'DELETE FROM entry WHERE seq > 11', 12, /covers 12 entries/],
  ] as const)('names an older checkpoint that %s', async (_, sql, seq, problem) => {
    expect(await verdictAfter(await signedLedger(), sql)).toMatchObject({
      ok: false,
      firstBad: { seq, problem: expect.stringMatching(problem) },
    });
  });

  it('takes a file of before there was a table of checkpoints, and adds it at the next opening', async () => {
    const file = await signedLedger();
    expect(await verdictAfter(file, 'DROP TABLE checkpoint')).toEqual({ ok: true, entries: 12 });
    const { ledger } = openForTest(file, { deviceKey });
    ledger.signWith(async (body) => signNote(body));
    await ledger.append(draft('x'));
    expect((await ledger.checkpoint()).isSigned).toBe(true);
    ledger.close();
    const db = new Database(file);
    expect(db.prepare('SELECT size FROM checkpoint').pluck().all()).toEqual([13]);
    db.close();
  });

  it('names a checkpoint that this device did not sign', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file, { deviceKey });
    await ledger.append(draft('x'));
    const forge = async (body: string): Promise<string> =>
      signedNote(body, { name: origin, publicKey }, new Uint8Array(64), sha256);
    ledger.signWith(forge);
    expect((await ledger.checkpoint()).isSigned).toBe(true);
    expect((await ledger.verify(signal)).firstBad).toEqual({
      seq: 1,
      problem: 'The stored checkpoint is not signed by this device.',
    });
  });

  it('names the entry at which the file itself is broken', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    for (let seq = 1; seq <= 50; seq += 1) await ledger.append(draft('x'));
    ledger.close();
    const bytes = readFileSync(file);
    const page = Math.floor(bytes.indexOf('"seq":30,') / 4096);
    bytes.fill(0xff, page * 4096, (page + 1) * 4096);
    writeFileSync(file, bytes);
    const verdict = await openForTest(file, { readOnly: true }).ledger.verify(signal);
    expect(verdict).toMatchObject({ ok: false, firstBad: { problem: expect.stringMatching(/damaged|readable/) } });
  });
});

describe('OpenLedger for reading only', () => {
  it('reads without leaving a trace, beside a copied log too', async () => {
    const folder = makeFolder();
    const { ledger } = openForTest(join(folder, 'ledger.db'));
    for (let seq = 1; seq <= 20; seq += 1) await ledger.append(draft('x'));
    const copy = makeFolder();
    for (const name of ['ledger.db', 'ledger.db-wal']) cpSync(join(folder, name), join(copy, name));
    ledger.close();
    for (const place of [folder, copy]) {
      const before = look(place);
      const { ledger: reader } = openForTest(join(place, 'ledger.db'), { readOnly: true });
      expect(await reader.verify(signal)).toEqual({ ok: true, entries: 20 });
      await expect(reader.append(draft('x'))).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
      expect((await reader.checkpoint()).entries).toBe(20);
      reader.close();
      expect(look(place)).toEqual(before);
    }
  });

  it('faults on a missing file and makes none', () => {
    const folder = makeFolder();
    expect(() => openForTest(join(folder, 'ledger.db'), { readOnly: true })).toThrow(
      expect.objectContaining({ code: 'LEDGER_MISSING' }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('faults on a file that is no ledger', () => {
    const file = join(makeFolder(), 'ledger.db');
    writeFileSync(file, 'x'.repeat(5000));
    for (const readOnly of [true, false]) {
      expect(() => openForTest(file, { readOnly })).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
    }
  });
});

describe('OpenLedger for writing', () => {
  it('refuses a ledger whose tail is broken', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    for (let seq = 1; seq <= 5; seq += 1) await ledger.append(draft('x'));
    ledger.close();
    const db = new Database(file);
    db.exec(`DROP TRIGGER entry_is_final; ${edit('open', 'shut')}`);
    db.close();
    expect(() => openForTest(file)).toThrow(
      expect.objectContaining({ code: 'LEDGER_DAMAGED', message: 'Entry 5 was changed: it does not give its leaf.' }),
    );
  });

  it('refuses the ledger of another tenant', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    await ledger.append(draft('x'));
    ledger.close();
    expect(() => openForTest(file, { tenant: 'southway' })).toThrow(
      expect.objectContaining({ code: 'LEDGER_DAMAGED', message: "Entry 1 is of another tenant's ledger." }),
    );
  });

  it('refuses a ledger that lost entries of a checkpoint', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    for (let seq = 1; seq <= 5; seq += 1) await ledger.append(draft('x'));
    await ledger.checkpoint();
    ledger.close();
    const db = new Database(file);
    db.exec('DROP TRIGGER entry_stays; DELETE FROM entry WHERE seq > 3');
    db.close();
    expect(() => openForTest(file)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_DAMAGED',
        message: 'Entry 4 is missing: a checkpoint covers 5 entries.',
      }),
    );
  });

  it('keeps changes out by its own triggers', async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { ledger } = openForTest(file);
    await ledger.append(draft('x'));
    ledger.close();
    const db = new Database(file);
    expect(() => db.exec("UPDATE entry SET kind = 'alert'")).toThrow('entries are final');
    expect(() => db.exec('DELETE FROM entry')).toThrow('entries are final');
    db.close();
  });
});

function look(folder: string): string[] {
  return readdirSync(folder).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}
