// Someone who can write the ledger's file takes away what a call asked, and leaves the entry: as if retention had dropped it.
import { describe, expect, it } from 'vitest';
import { askedOf, bodyLedger } from './body-ledger.ts';

const gone = (seq: number) => ({
  ok: false,
  entries: 6,
  firstBad: { seq, problem: `The body of entry ${seq} is gone and no tombstone says why.` },
});

describe('a body that was deleted', () => {
  it('is damage, with its row, its key or the whole table', async () => {
    const row = await bodyLedger();
    row.tamper('DELETE FROM body WHERE seq = 2');
    expect(askedOf(await row.bodies())).toEqual([1, 'damaged', 3, 4, 5, 6]);
    expect(await row.verify()).toEqual(gone(2));

    const key = await bodyLedger();
    key.tamper('DELETE FROM body_key WHERE id = 1');
    expect(askedOf(await key.bodies())).toEqual(['damaged', 'damaged', 'damaged', 4, 5, 6]);

    const table = await bodyLedger();
    table.tamper('DROP TABLE body');
    expect(new Set(askedOf(await table.bodies()))).toEqual(new Set(['damaged']));
    expect(await table.verify()).toEqual(gone(1));
  });

  it('is damage also to whoever says in the entry that there was none: the leaf tells', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(`DROP TRIGGER entry_is_final; DELETE FROM body WHERE seq = 2;
      UPDATE entry SET text = json_remove(text, '$.body') WHERE seq = 2`);
    expect(await ledger.verify()).toMatchObject({ ok: false, firstBad: { seq: 2 } });
  });
});
