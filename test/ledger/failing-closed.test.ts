import { chmodSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import type { KeySource } from '../../src-ledger/body-keys.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { makeFolder } from './folder.ts';
import { draft, forkLedger } from './fork-ledger.ts';
import { keySource } from './key-source.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
const pageSize = 4096;

const under = CustomerId.parse('meridian');
const tombstone = draft('x', { kind: 'retention.tombstone' });
const before = '2026-12-01T00:00:00.000Z';

/** A closed ledger of `count` entries. With a source of keys half of them have bodies, of which the older half was dropped. */
async function writeLedger(file: string, count: number, source?: KeySource): Promise<void> {
  const start = Date.UTC(2026, 10, 21);
  let entries = 0;
  const { ledger } = openForTest(file, { now: () => start + (entries >= count / 2 ? 86_400_000 : 0) });
  ledger.sealWith(source);
  for (; entries < count; entries += 1) {
    const body = source && entries % 2 === 0 ? { body: { under, content: { at: entries } } } : {};
    await ledger.append(draft('x', body));
  }
  if (source) await ledger.dropBodies({ under, before: '2026-11-21T12:00:00.000Z', tombstone });
  await ledger.checkpoint();
  ledger.close();
}

describe('a ledger with a corrupt page', () => {
  it('is refused or named, whichever page it is: never taken for whole, never a crash', {
    timeout: 60_000,
  }, async () => {
    const file = join(makeFolder(), 'ledger.db');
    const { source } = await keySource();
    await writeLedger(file, 1300, source); // More than an opening looks at.
    const pages = Array.from({ length: statSync(file).size / pageSize }, (_, page) => page);
    const damaged = pages.filter((page) => page < 10 || page % 11 === 0);
    const bytes = readFileSync(file);
    const ends = { refused: 0, named: 0, harmless: 0 };
    for (const page of damaged) {
      const copy = join(makeFolder(), 'ledger.db');
      writeFileSync(copy, Buffer.from(bytes).fill(0xff, page * pageSize, (page + 1) * pageSize));
      try {
        const { ledger } = openForTest(copy);
        ledger.sealWith(source);
        const verdict = await ledger.verify(signal);
        const recorded = await ledger.append(draft('y')).catch((thrown: unknown) => thrown);
        const asked = await Promise.all([
          ledger.page({ limit: 100, filter: {} }, signal).catch((thrown: unknown) => thrown),
          ledger.countCalls('2026-01-01T00:00:00.000Z', signal).catch((thrown: unknown) => thrown),
          ledger.bodiesOf([1, 1299], signal).catch((thrown: unknown) => thrown),
          ledger.bodiesHeld(signal).catch((thrown: unknown) => thrown),
          ledger.dropBodies({ under, before, tombstone }).catch((thrown: unknown) => thrown),
        ]);
        const faults = [recorded, ...asked].filter((each) => each instanceof Error);
        expect(faults.filter((each) => !(each instanceof Fault))).toEqual([]);
        const codes = faults.map((each) => (each as Fault).code);
        expect(codes.filter((code) => code !== 'LEDGER_DAMAGED' && code !== 'LEDGER_UNWRITABLE')).toEqual([]);
        const isUnread = verdict.firstBad?.problem.startsWith('The file is damaged') === true;
        expect(verdict.isUnreadable).toBe(isUnread ? true : undefined);
        if (!verdict.ok) ends.named += 1;
        else if (codes.length > 0) ends.refused += 1;
        else ends.harmless += 1;
        ledger.close();
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'LEDGER_DAMAGED', remedy: expect.stringMatching(/audit verify/) });
        ends.refused += 1;
      }
    }
    expect(ends.harmless).toBe(0);
    expect(ends.refused).toBeGreaterThan(3);
    expect(ends.named).toBeGreaterThan(3);
  });

  it('is refused when it is opened, where the page is one of the keys that are to be swept', async () => {
    const file = join(makeFolder(), 'ledger.db');
    await writeLedger(file, 4);
    const db = new Database(file);
    const add = db.prepare('INSERT INTO body_key (id, under, wrapped) VALUES (?, ?, ?)');
    for (let id = 1; id <= 600; id += 1) add.run(id, 'meridian', 'w'.repeat(100));
    const page = db
      .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'body_key' AND pagetype = 'leaf' ORDER BY path")
      .pluck()
      .get();
    db.close();
    const bytes = readFileSync(file);
    const first = ((page ?? 0) - 1) * pageSize; // An opening reads the last one besides.
    writeFileSync(file, bytes.fill(0xff, first, first + pageSize));
    expect(() => openForTest(file)).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
  });
});

/** Root may write anywhere, so the ledger runs as somebody else where the tests are root. */
const uid = process.getuid?.() === 0 ? 65_534 : undefined;

describe.skipIf(process.platform === 'win32')('a ledger in a folder that may only be read', () => {
  async function forked(folder: string) {
    const ledger = await forkLedger(folder, { uid });
    onTestFinished(() => ledger.end('SIGKILL'));
    return ledger;
  }
  const refusal = { code: 'LEDGER_UNWRITABLE', remedy: expect.stringMatching(/permissions/) };

  it('is not made', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    const ledger = await forked(folder);
    await expect(ledger.open(join(folder, 'ledger.db'))).rejects.toMatchObject(refusal);
  });

  it('is refused, left as it is, and can still be verified', async () => {
    const folder = makeFolder();
    const file = join(folder, 'ledger.db');
    await writeLedger(file, 3);
    const before = readFileSync(file);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    const ledger = await forked(folder);
    await expect(ledger.open(file)).rejects.toMatchObject(refusal);
    await ledger.open(file, true);
    expect(await ledger.control.verify()).toEqual({ ok: true, entries: 3 });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a ledger that another program has locked', () => {
  it('is refused with what to do, and opens when it is free', async () => {
    const file = join(makeFolder(), 'ledger.db');
    await writeLedger(file, 2);
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(() => openForTest(file)).toThrow(
      expect.objectContaining({ code: 'LEDGER_LOCKED', remedy: expect.stringMatching(/stop it/) }),
    );
    other.close();
    expect(openForTest(file).ledger.entries).toBe(2);
  });
});

describe('a copy of a ledger', () => {
  it('is no second ledger to go on with unseen: both have a tree of the same name, and whoever kept a checkpoint sees it', async () => {
    const folder = makeFolder();
    const [file, copy] = [join(folder, 'ledger.db'), join(folder, 'copy.db')];
    await writeLedger(file, 2);
    copyFileSync(file, copy);
    const notes: string[] = [];
    for (const [path, tool] of [
      [file, 'true'],
      [copy, 'false'],
    ] as const) {
      const { ledger } = openForTest(path);
      await ledger.append(draft(tool));
      notes.push((await ledger.checkpoint()).note);
    }
    const [first, second] = notes.map((note) => note.split('\n'));
    expect(first?.slice(0, 2)).toEqual(second?.slice(0, 2));
    expect(first?.[2]).not.toBe(second?.[2]);
  });
});
