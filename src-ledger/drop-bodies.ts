/**
 * How bodies end: dropped by age, or shut for good with their keys. Either is done in the transaction of the tombstone that
 * records it; what was shut is swept out of the file afterwards. Entries stay as they are, so that everything is still proven.
 */
import type { z } from 'zod';
import type { ledgerControl } from '../src-shared/contract/ledger.ts';
import type { EntryDraft } from '../src-shared/model/entry.ts';
import type { Sqlite } from './database.ts';
import type { Deed } from './log.ts';

/**
 * Bodies dropped in one transaction, and the bytes it may put into the write-ahead log: some twenty milliseconds in which
 * nothing is recorded. Callers choose how long a body is. Each is overwritten where it lies, which may be a page of its own.
 */
const mostDropped = 2000;
const mostBytes = 8 * 1024 * 1024;
const pageSize = 4096;

type DropBodies = z.output<typeof ledgerControl.dropBodies.input>;
type DropKeys = z.output<typeof ledgerControl.dropKeys.input>;

/**
 * Drops bodies of entries before `end`, and with the last body of a key that key; `onDropped` hears how many, and whether those
 * were all. Keys from `firstInUse` on stay: there may be more to seal with them.
 */
export function dropBodies(
  { db, firstInUse, end }: { db: Sqlite; firstInUse: number; end: number },
  { under, tombstone }: DropBodies,
  onDropped: (bodies: number, isDone: boolean) => void,
): Deed {
  const keys = db.prepare<[string | null], number>('SELECT id FROM body_key WHERE under IS ? ORDER BY id').pluck();
  const bodies = db.prepare<[number, number, number], Kept & { customer: string | null }>(
    `SELECT body.seq, length(sealed) AS bytes, customer FROM body INDEXED BY body_of_key JOIN entry ON entry.seq = body.seq
     WHERE key = ? AND body.seq < ? ORDER BY body.seq LIMIT ?`,
  );
  const drop = db.prepare<[number]>('DELETE FROM body WHERE seq = ?');
  const dropEmpty = db.prepare<[string | null, number]>(
    'DELETE FROM body_key WHERE under IS ? AND id < ? AND NOT EXISTS (SELECT 1 FROM body WHERE key = id)',
  );
  return () => {
    const found: (Kept & { customer: string | null })[] = [];
    for (const key of keys.all(under)) {
      if (found.length > mostDropped) break;
      found.push(...bodies.all(key, end, mostDropped + 1 - found.length));
    }
    const dropped = onePiece(found);
    for (const { seq } of dropped) drop.run(seq);
    dropEmpty.run(under, firstInUse);
    onDropped(dropped.length, found.length === dropped.length);
    return dropped.length === 0
      ? undefined
      : explained(tombstone, {
          bodies: dropped.length,
          upTo: Math.max(...dropped.map(({ seq }) => seq)),
          customers: dropped.map(({ customer }) => customer),
        });
  };
}

/** Forgets a customer's keys, and with them what is in the bodies: no one can open them from now on. `sweepDead` takes them away. */
export function dropKeys(db: Sqlite, { under, tombstone }: DropKeys): Deed {
  const keys = db.prepare<[string], number>('SELECT id FROM body_key WHERE under = ? AND wrapped IS NOT NULL').pluck();
  const codes = db.prepare<[number], { bodies: number; last: number; customer: string | null }>(
    `SELECT count(*) AS bodies, max(body.seq) AS last, customer
     FROM body INDEXED BY body_of_key JOIN entry ON entry.seq = body.seq WHERE key = ? GROUP BY customer`,
  );
  const forget = db.prepare<[string]>('UPDATE body_key SET wrapped = NULL WHERE under = ?');
  return () => {
    const found = keys.all(under).flatMap((key) => codes.all(key));
    forget.run(under);
    return explained(tombstone, {
      bodies: found.reduce((sum, { bodies }) => sum + bodies, 0),
      upTo: Math.max(0, ...found.map(({ last }) => last)),
      customers: found.map(({ customer }) => customer),
    });
  };
}

/** Takes away bodies that were shut for good, and with the last the keys: the tombstone of that explains it. */
export function sweepDead(db: Sqlite): { isNeeded(): boolean; readonly piece: Deed } {
  const anyDead = db.prepare<[], number>('SELECT 1 FROM body_key WHERE wrapped IS NULL LIMIT 1').pluck();
  const dead = db.prepare<[number], Kept>(
    `SELECT seq, length(sealed) AS bytes FROM body_key JOIN body INDEXED BY body_of_key ON key = id
     WHERE wrapped IS NULL LIMIT ?`,
  );
  const drop = db.prepare<[number]>('DELETE FROM body WHERE seq = ?');
  return {
    isNeeded: () => anyDead.get() !== undefined,
    piece: () => {
      const found = dead.all(mostDropped + 1);
      const dropped = onePiece(found);
      for (const { seq } of dropped) drop.run(seq);
      if (dropped.length === found.length) db.exec('DELETE FROM body_key WHERE wrapped IS NULL');
      return undefined;
    },
  };
}

interface Kept {
  readonly seq: number;
  /** Of what is sealed. */
  readonly bytes: number;
}

/** As many of the first as one transaction may drop: one at least. */
function onePiece<T extends Kept>(found: readonly T[]): readonly T[] {
  let bytes = 0;
  const end = found.findIndex((each) => (bytes += each.bytes + pageSize) > mostBytes);
  return found.slice(0, end < 0 ? mostDropped : Math.max(1, end));
}

/** A tombstone that says what it explains: bodies of entries of these customers, up to an entry. */
function explained(
  tombstone: EntryDraft,
  { customers, ...what }: { bodies: number; upTo: number; customers: readonly (string | null)[] },
): EntryDraft {
  const codes = [...new Set(customers)].sort((one, other) => ((one ?? '') < (other ?? '') ? -1 : 1));
  return { ...tombstone, params: { ...tombstone.params, ...what, customers: codes } };
}
