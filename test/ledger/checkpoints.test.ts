import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { OpenLedger } from '../../src-ledger/open-ledger.ts';
import { signedNote } from '../../src-shared/merkle/note.ts';
import { Risk } from '../../src-shared/model/risk.ts';
import { origin, publicKey } from '../merkle/export-fixture.ts';
import { sha256 } from '../merkle/leaves.ts';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { openForTest } from './open-for-test.ts';

const noteOf = (body: string): string => signedNote(body, { name: origin, publicKey }, new Uint8Array(64), sha256);
const signer = async (body: string): Promise<string> => noteOf(body);
const outcome = (risk: Risk) => draft('credential_reveal', { kind: 'call.outcome', risk });

function open(more: Parameters<typeof openForTest>[1] = {}) {
  const file = join(makeFolder(), 'ledger.db');
  return { file, ...openForTest(file, more) };
}

async function soon(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < 10_000; waited += 5) await pause(5);
}

/** The sizes of all signed checkpoints in a ledger, which is closed for it. */
function storedSizes(ledger: OpenLedger, file: string): unknown[] {
  ledger.close();
  const db = new Database(file);
  const sizes = db.prepare('SELECT size FROM checkpoint ORDER BY size').pluck().all();
  db.close();
  return sizes;
}

describe('a checkpoint', () => {
  it.each(Risk.options)(
    'is signed and stored before the answer to a %s call, if only a person may allow that',
    async (risk) => {
      const { ledger, told } = open();
      let signed = 0;
      ledger.signWith(async (body) => {
        await pause(20);
        signed += 1;
        return noteOf(body);
      });
      await ledger.append(draft('x', { risk }));
      expect([signed, told.covered]).toEqual([0, []]);
      await ledger.append(outcome(risk));
      const isSealed = ['credential', 'external', 'spend', 'destructive'].includes(risk);
      expect([signed, told.covered]).toEqual(isSealed ? [1, [[2, true]]] : [0, []]);
    },
  );

  it('is one for all answers that wait at the same time', async () => {
    const { ledger, told } = open();
    ledger.signWith(signer);
    await Promise.all(Array.from({ length: 200 }, () => ledger.append(outcome('spend'))));
    expect(told.covered).toEqual([[200, true]]);
  });

  it('covers what was recorded while another was being signed before that is answered', async () => {
    const { ledger, told } = open();
    const isAsked = Promise.withResolvers<void>();
    ledger.signWith(async (body) => {
      isAsked.resolve();
      await pause(20);
      return noteOf(body);
    });
    const first = ledger.append(outcome('spend'));
    await isAsked.promise;
    const second = ledger.append(outcome('spend'));
    await first;
    expect(told.covered).toEqual([[1, true]]);
    await second;
    expect(told.covered).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it('is made every while, only if something was recorded, and at every switch', async () => {
    const { file, ledger, told } = open({ every: 20 });
    ledger.signWith(signer);
    await ledger.append(draft('x'));
    await soon(() => told.covered.length > 0);
    await pause(80);
    expect(told.covered).toEqual([[1, true]]);
    ledger.close();

    const { ledger: again, told: later } = openForTest(file);
    again.signWith(signer);
    await again.append(draft('x', { kind: 'customer.released' }));
    await soon(() => later.covered.length > 0);
    await again.append(draft('x', { kind: 'customer.bound' }));
    await soon(() => later.covered.length > 1);
    expect(later.covered).toEqual([
      [2, true],
      [3, true],
    ]);
    expect(storedSizes(again, file)).toEqual([1, 2, 3]);
  });

  it('is made every thousand entries', async () => {
    const { ledger, told } = open();
    ledger.signWith(signer);
    for (let at = 0; at < 999; at += 1) void ledger.append(draft('x'));
    await ledger.append(draft('x', { kind: 'alert' }));
    await soon(() => told.covered.length > 0);
    expect(told.covered).toEqual([[1000, true]]);
    for (let at = 0; at < 998; at += 1) void ledger.append(draft('x'));
    await ledger.append(draft('x'));
    await pause(20);
    expect(told.covered.length).toBe(1);
  });

  it('goes without a signature when nobody signs, delays no answer then, and says so', async () => {
    const { ledger, told } = open();
    await ledger.append(outcome('destructive'));
    await soon(() => told.covered.length > 0);
    expect(told.covered).toEqual([[1, false]]);
  });

  it('holds an answer for a signer that hangs once, and not again until one signs', async () => {
    const { file, ledger, told } = open();
    let giveUp = (): void => {};
    ledger.signWith(() => new Promise((_, reject) => (giveUp = () => reject(new Error('too late')))));
    const times: number[] = [];
    for (let at = 0; at < 5; at += 1) {
      const from = performance.now();
      await ledger.append(outcome('spend'));
      times.push(performance.now() - from);
      giveUp();
      await soon(() => told.covered.length === at + 1);
    }
    expect(times[0]).toBeGreaterThan(190);
    expect(Math.min(...times.slice(1))).toBeLessThan(190);
    expect(told.covered).toEqual([1, 2, 3, 4, 5].map((size) => [size, false]));
    ledger.signWith(signer); // What was left unsigned is signed as soon as there is somebody.
    await soon(() => told.covered.length > 5);
    expect(told.covered.at(-1)).toEqual([5, true]);
    expect(storedSizes(ledger, file)).toEqual([5]);
  });

  it('does not try again with every commit while nobody signs', async () => {
    const { ledger, told } = open();
    for (let round = 0; round < 5; round += 1)
      await Promise.all(Array.from({ length: 400 }, () => ledger.append(draft('x'))));
    await soon(() => told.covered.length > 0);
    await pause(20);
    expect(told.covered).toEqual([[1200, false]]);
  });
});
