import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { aboutBody, makeBody, openText, sealText } from '../../src-ledger/seal-body.ts';
import { createSecretKey, randomBytes } from 'node:crypto';
import { makeFolder } from './folder.ts';
import { draft } from './fork-ledger.ts';
import { keySource } from './key-source.ts';
import { openForTest } from './open-for-test.ts';

const signal = new AbortController().signal;
/** What JSON can hold, keys and texts of any letters. */
const content = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 });
const under = fc.constantFrom(null, CustomerId.parse('meridian'), CustomerId.parse('harbor'));

describe('whatever is appended', () => {
  it('is opened equal, before and after a restart', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(under, content), { minLength: 1, maxLength: 8 }), async (all) => {
        const { source } = await keySource();
        const file = join(makeFolder(), 'ledger.db');
        const first = openForTest(file).ledger;
        first.sealWith(source);
        const made = all.map(([customer, each]) => ({ under: customer, content: each }));
        const recorded = await Promise.all(made.map((body) => first.append(draft('x', { body }))));
        const seqs = recorded.map(({ seq }) => seq);
        const before = await first.bodiesOf(seqs, signal);
        first.close();
        const again = openForTest(file).ledger;
        again.sealWith(source);
        expect(await again.bodiesOf(seqs, signal)).toEqual(before);
        expect(await again.verify(signal)).toEqual({ ok: true, entries: all.length });
        again.close();
        for (const [at, { body }] of before.entries()) {
          const { blind, ...rest } = body ?? {};
          const sent: unknown = JSON.parse(JSON.stringify({ ...made[at]?.content, blind }));
          expect({ ...rest, blind }).toEqual(sent);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a flipped bit', () => {
  it('of what is sealed, wherever it is, is damage', () => {
    const key = createSecretKey(randomBytes(32));
    const about = aboutBody('northway', { under: null, seq: 1, key: 1 });
    fc.assert(
      fc.property(content, fc.nat(), (each, at) => {
        const { text } = makeBody(each, 'call.intent');
        const sealed = sealText(key, text, about);
        expect(openText(key, sealed, about)).toBe(text);
        const bit = at % (sealed.length * 8);
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(openText(key, sealed, about)).toBe(undefined);
        for (const end of [0, 1, 12, 27, sealed.length - 1]) {
          expect(openText(key, sealed.subarray(0, end), about)).toBe(undefined);
        }
      }),
    );
  });

  it.each(['commitment', 'salt'])('of the %s in the entry is damage', async (member) => {
    const file = join(makeFolder(), 'ledger.db');
    const { source } = await keySource();
    const { ledger } = openForTest(file);
    ledger.sealWith(source);
    await ledger.append(draft('x', { body: { under: null, content: { asked: 1 } } }));
    ledger.close();
    const withFile = <T>(use: (db: Database.Database) => T): T => {
      const db = new Database(file);
      try {
        return use(db);
      } finally {
        db.close();
      }
    };
    const text = withFile((db) => {
      db.exec('DROP TRIGGER entry_is_final');
      return db.prepare<[], string>('SELECT text FROM entry').pluck().get() ?? '';
    });
    const value = (JSON.parse(text) as { body: Record<string, string> }).body[member] ?? '';
    for (let at = 0; at < value.length; at += 1) {
      const other = value[at] === '0' ? '1' : '0';
      const changed = text.replace(value, value.slice(0, at) + other + value.slice(at + 1));
      withFile((db) => db.prepare('UPDATE entry SET text = ?').run(changed));
      const { ledger: reader } = openForTest(file, { readOnly: true });
      reader.sealWith(source);
      expect((await reader.bodiesOf([1], signal))[0]).toEqual({ seq: 1, body: null, why: 'damaged' });
      expect((await reader.verify(signal)).firstBad?.seq).toBe(1);
      reader.close();
    }
  });
});
