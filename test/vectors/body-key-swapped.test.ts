// Someone who can write the ledger's file exchanges the sealed keys of two customers, or keeps one aside and puts it back after the
// customer's key was destroyed.
import { describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { askedOf, bodyLedger, harbor, meridian } from './body-ledger.ts';

describe('a sealed key in the place of another', () => {
  it('opens nothing of either customer', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(
      `CREATE TEMP TABLE before AS SELECT under, wrapped FROM body_key;
       UPDATE body_key SET wrapped = (SELECT wrapped FROM before WHERE before.under <> body_key.under)`,
    );
    expect(new Set(askedOf(await ledger.bodies()))).toEqual(new Set(['lost']));
  });

  it('opens nothing with both key and owner exchanged: the bodies are bound to their customer', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(`UPDATE body_key SET id = 9 WHERE under = '${meridian}'; UPDATE body_key SET id = 1 WHERE under = '${harbor}';
      UPDATE body_key SET id = 2 WHERE id = 9`);
    expect(new Set(askedOf(await ledger.bodies()))).toEqual(new Set(['damaged']));
  });

  it('opens nothing when it is put back after its customer’s key was destroyed', async () => {
    const ledger = await bodyLedger();
    const db = new Database(ledger.file);
    const kept = db.prepare('SELECT wrapped FROM body_key WHERE under = ?').pluck().get(meridian);
    db.close();
    ledger.vault.destroyCustomer(meridian);
    ledger.vault.makeBodyKey(meridian); // The customer goes on, under a new key.
    ledger.tamper(`UPDATE body_key SET wrapped = '${String(kept)}' WHERE under = '${meridian}'`);
    expect(askedOf(await ledger.bodies())).toEqual(['lost', 'lost', 'lost', 4, 5, 6]);
  });

  it('is damaged, and not said to be destroyed, when a bit of it was changed', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(
      `UPDATE body_key SET wrapped = substr(wrapped, 1, 40) || 'AAAA' || substr(wrapped, 45) WHERE under = '${meridian}'`,
    );
    expect(askedOf(await ledger.bodies())).toEqual(['damaged', 'damaged', 'damaged', 4, 5, 6]);
  });
});
