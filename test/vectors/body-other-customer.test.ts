// Someone who can write the ledger's file gives one customer's body, or its key, to another customer: to read it with that
// customer's rights, or to keep it readable when the first one's key is destroyed.
import { describe, expect, it } from 'vitest';
import { askedOf, bodyLedger, harbor, meridian } from './body-ledger.ts';

describe('a body moved to another customer', () => {
  it('does not open under that customer, whether the row, its key or its owner is changed', async () => {
    for (const sql of [
      'UPDATE body SET sealed = (SELECT sealed FROM body WHERE seq = 1) WHERE seq = 4',
      'UPDATE body SET (sealed, key) = (SELECT sealed, key FROM body WHERE seq = 1) WHERE seq = 4',
      'UPDATE body SET key = (SELECT key FROM body WHERE seq = 1) WHERE seq = 4',
    ]) {
      const ledger = await bodyLedger();
      ledger.tamper(sql);
      expect(askedOf(await ledger.bodies()), sql).toEqual([1, 2, 3, 'damaged', 5, 6]);
    }
  });

  it('does not open when its key is said to be that customer’s, though the key of that customer is whole', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(`UPDATE body_key SET under = '${harbor}' WHERE under = '${meridian}'`);
    expect(askedOf(await ledger.bodies())).toEqual(['lost', 'lost', 'lost', 4, 5, 6]);
    ledger.tamper(`UPDATE body_key SET under = NULL WHERE id = 1`);
    expect(askedOf(await ledger.bodies())).toEqual(['lost', 'lost', 'lost', 4, 5, 6]);
    ledger.tamper(`UPDATE body_key SET under = '../x' WHERE id = 1`);
    expect(askedOf(await ledger.bodies())).toEqual(['damaged', 'damaged', 'damaged', 4, 5, 6]);
  });

  it('is gone with the first customer’s key, wherever it was moved', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(`UPDATE body_key SET under = '${harbor}' WHERE under = '${meridian}'`);
    ledger.vault.destroyCustomer(meridian);
    expect(askedOf(await ledger.bodies())).toEqual(['lost', 'lost', 'lost', 4, 5, 6]);
  });
});
