// A ledger is opened for writing only as what the broker remembers to have signed, whatever its file says of itself.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import type { OpenLedger } from '../../src-ledger/open-ledger.ts';
import { parseCheckpoint } from '../../src-shared/merkle/checkpoint.ts';
import { toBase64 } from '../../src-shared/merkle/note.ts';
import type { LastSigned } from '../../src-shared/model/last-signed.ts';
import { publicKey, signNote } from '../merkle/export-fixture.ts';
import { makeFolder } from './folder.ts';
import { forge, tamper } from './forge.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
const deviceKey = publicKey.toString('base64url');

/** A ledger's file, and a broker that remembers what it signed before it answers, or dies between the two. */
function device(file = join(makeFolder(), 'ledger.db')) {
  let signed: LastSigned | null = null;
  const remember = (body: string): void => {
    const { size, root } = parseCheckpoint(body) ?? expect.unreachable();
    signed = { size, root: toBase64(root), isGivenUp: false };
  };
  const sign = async (body: string): Promise<string> => {
    remember(body);
    return signNote(body);
  };
  const signAndDie = async (body: string): Promise<string> => {
    remember(body);
    throw new Error('killed');
  };
  const open = (more: Partial<LastSigned> | null = {}) =>
    openForTest(file, { deviceKey, signed: signed && more && { ...signed, ...more } }).ledger;
  return { file, open, sign, signAndDie };
}

async function append(ledger: OpenLedger, entries: number, tool = 'x'): Promise<void> {
  for (let at = 0; at < entries; at += 1) await ledger.append(draft(tool));
}

/** A closed ledger of `signed` entries under a stored, signed checkpoint, and `more` after it. */
async function written(signed: number, more = 0) {
  const made = device();
  const ledger = made.open();
  await append(ledger, signed);
  ledger.signWith(made.sign);
  await ledger.checkpoint();
  ledger.signWith(undefined);
  await append(ledger, more);
  ledger.close();
  return made;
}

const changed = expect.objectContaining({
  code: 'LEDGER_DAMAGED',
  message: 'Entries that this device signed were changed.',
  remedy: expect.stringMatching(/Keep the file as evidence/),
});

describe('a ledger that is what its device signed', () => {
  it('is gone on with: signed to its end, or entries after that', async () => {
    for (const more of [0, 3]) {
      const { open } = await written(5, more);
      const ledger = open();
      expect([ledger.isCut, ledger.entries]).toEqual([false, 5 + more]);
      await append(ledger, 1);
      await ledger.checkpoint();
      expect(await ledger.verify(signal)).toEqual({ ok: true, entries: 6 + more });
    }
  });

  it('is gone on with where the last checkpoint was signed and not stored any more', async () => {
    const { open, sign, signAndDie } = await written(3);
    const ledger = open();
    await append(ledger, 2);
    ledger.signWith(signAndDie);
    expect(await ledger.checkpoint()).toMatchObject({ entries: 5, isSigned: false });
    await append(ledger, 2);
    ledger.close();
    const again = open();
    expect(again.isCut).toBe(false);
    again.signWith(sign);
    expect(await again.checkpoint()).toMatchObject({ entries: 7, isSigned: true });
    expect(await again.verify(signal)).toEqual({ ok: true, entries: 7 });
  });

  it('is gone on with where frontiers are stored that nobody signed, are gone or wrong', async () => {
    for (const change of [
      '',
      'DELETE FROM tree_head',
      'UPDATE tree_head SET frontier = zeroblob(length(frontier))',
      "UPDATE tree_head SET frontier = x'00'",
    ]) {
      const { file, open, sign } = await written(5);
      const ledger = open();
      await append(ledger, 6);
      await ledger.checkpoint(); // Unsigned.
      ledger.close();
      if (change !== '') tamper(file, change);
      const again = open();
      await append(again, 1);
      again.signWith(sign);
      await again.checkpoint();
      expect(await again.verify(signal)).toEqual({ ok: true, entries: 12 });
      again.close();
    }
  });

  it('is believed as it is where the broker remembers nothing: a new vault, or one of before', async () => {
    const { open } = await written(5, 2);
    const ledger = open(null);
    expect([ledger.isCut, ledger.entries]).toEqual([false, 7]);
  });

  /** What may happen, in any order: the process ends between any two of them. */
  const step = fc.oneof(
    fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
    fc.constantFrom('sign', 'sign and die', 'no signer', 'end'),
  );
  it('is never damaged nor cut, whoever dies when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const { file, open, sign, signAndDie } = device();
        let [ledger, entries] = [open(), 0];
        const end = (): void => {
          ledger.close();
          ledger = open();
          expect([ledger.isCut, ledger.entries]).toEqual([false, entries]);
        };
        for (const each of steps) {
          if (each === 'end') end();
          else if (typeof each === 'object') {
            await append(ledger, each.append);
            entries += each.append;
          } else {
            ledger.signWith({ sign, 'sign and die': signAndDie, 'no signer': undefined }[each]);
            await ledger.checkpoint();
          }
        }
        end();
        expect(await ledger.verify(signal)).toEqual({ ok: true, entries });
        ledger.close();
        rmSync(file);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a ledger that was written anew', () => {
  it.each([1, 3, 5])('is damaged, from whichever signed entry on (%i)', async (at) => {
    const { file, open } = await written(5, 2);
    forge(file, at);
    expect(() => open()).toThrow(changed);
    expect(() => open(null).close()).not.toThrow(); // So nothing but what the broker remembers tells.
  });

  it('is damaged with frontiers in it that fit, also one at the size that was signed', async () => {
    for (const more of [0, 2]) {
      const { file, open } = await written(5, more);
      forge(file, 2);
      const forged = open(null);
      await forged.checkpoint();
      forged.close();
      expect(() => open()).toThrow(changed);
    }
  });

  it('is damaged where it has as many entries, and others', async () => {
    const { file, open } = await written(5);
    rmSync(file);
    const other = open(null);
    await append(other, 5, 'y');
    other.close();
    expect(() => open()).toThrow(changed);
  });

  it('is what it is after the last signed entry: nothing covers that', async () => {
    const { file, open } = await written(5, 2);
    forge(file, 6);
    expect(open().isCut).toBe(false);
  });

  it('is damaged where an entry is missing further back than a tail', async () => {
    const made = device();
    const ledger = made.open();
    await Promise.all(Array.from({ length: 1200 }, () => ledger.append(draft('x'))));
    ledger.signWith(made.sign);
    await ledger.checkpoint();
    ledger.close();
    tamper(made.file, 'DELETE FROM tree_head; DELETE FROM entry WHERE seq = 100');
    expect(() => made.open()).toThrow(
      expect.objectContaining({ code: 'LEDGER_DAMAGED', message: 'Entry 100 is missing.' }),
    );
  });
});

describe('a ledger with fewer entries than were signed', () => {
  it('opens and says so: moved away, an older copy, or cut off', async () => {
    const gone = await written(5);
    rmSync(gone.file);
    const older = await written(3);
    copyFileSync(older.file, `${older.file}.older`);
    const ledger = older.open();
    await append(ledger, 4);
    ledger.signWith(older.sign);
    await ledger.checkpoint();
    ledger.close();
    copyFileSync(`${older.file}.older`, older.file);
    const cut = await written(5);
    tamper(
      cut.file,
      `DELETE FROM tree_head; DELETE FROM checkpoint;
       DELETE FROM entry WHERE seq > 2; DELETE FROM open_intent WHERE seq > 2`,
    );
    for (const [{ open }, entries] of [
      [gone, 0],
      [older, 3],
      [cut, 2],
    ] as const) {
      const opened = open();
      expect([opened.isCut, opened.entries]).toEqual([true, entries]);
      opened.close();
    }
  });

  it('says so until a checkpoint of what it is now was signed, however many entries it has by then', async () => {
    const { file, open, sign } = await written(5);
    rmSync(file);
    const givenUp = { isGivenUp: true };
    for (const more of [0, 4, 4]) {
      const ledger = open(givenUp);
      expect(ledger.isCut).toBe(true);
      await append(ledger, more, 'y');
      ledger.close();
    }
    const ledger = open(givenUp);
    expect([ledger.isCut, ledger.entries]).toEqual([true, 8]);
    ledger.signWith(sign);
    await ledger.checkpoint();
    ledger.close();
    const again = open();
    expect(again.isCut).toBe(false);
    expect(await again.verify(signal)).toEqual({ ok: true, entries: 8 });
  });

  it('says nothing of entries that were given up and are all there', async () => {
    const { open } = await written(5, 1);
    expect(open({ isGivenUp: true }).isCut).toBe(false);
  });
});

describe('the checkpoints in the file', () => {
  it('are missed entries of, also where only the list of all of them tells', async () => {
    const { file, open } = await written(5);
    tamper(file, 'DELETE FROM tree_head; DELETE FROM entry WHERE seq > 3');
    expect(() => open(null)).toThrow(
      expect.objectContaining({
        code: 'LEDGER_DAMAGED',
        message: 'Entry 4 is missing: a checkpoint covers 5 entries.',
      }),
    );
  });

  it('are not replaced by another of as many entries', async () => {
    const { file, open, sign } = await written(5);
    tamper(file, "DELETE FROM tree_head; UPDATE checkpoint SET note = 'kept'");
    const ledger = open();
    ledger.signWith(sign);
    expect(await ledger.checkpoint()).toMatchObject({ isSigned: true });
    ledger.close();
    const db = new Database(file);
    expect(db.prepare('SELECT size, note FROM checkpoint').all()).toEqual([{ size: 5, note: 'kept' }]);
    db.close();
  });
});
