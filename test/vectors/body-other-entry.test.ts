// Someone who can write the ledger's file puts what one call asked in the place of what another did: under the same key, of the
// same customer, whole and unchanged. Who reads it would take the one for the other.
import { describe, expect, it } from 'vitest';
import { askedOf, bodyLedger } from './body-ledger.ts';

describe('a body moved to another entry', () => {
  it('does not open there, copied or exchanged, and what was left alone does', async () => {
    const copied = await bodyLedger();
    expect(askedOf(await copied.bodies())).toEqual([1, 2, 3, 4, 5, 6]);
    copied.tamper('UPDATE body SET sealed = (SELECT sealed FROM body WHERE seq = 1) WHERE seq = 2');
    expect(askedOf(await copied.bodies())).toEqual([1, 'damaged', 3, 4, 5, 6]);

    const exchanged = await bodyLedger();
    exchanged.tamper(
      'UPDATE body SET seq = 9 WHERE seq = 1; UPDATE body SET seq = 1 WHERE seq = 2; UPDATE body SET seq = 2 WHERE seq = 9',
    );
    expect(askedOf(await exchanged.bodies())).toEqual(['damaged', 'damaged', 3, 4, 5, 6]);
  });

  it('does not open there with the entry rewritten to commit to it, and verify names the entry', async () => {
    const ledger = await bodyLedger();
    ledger.tamper(`DROP TRIGGER entry_is_final; UPDATE body SET sealed = (SELECT sealed FROM body WHERE seq = 1) WHERE seq = 2;
      UPDATE entry SET text = json_set(text, '$.body', json((SELECT text -> '$.body' FROM entry WHERE seq = 1))) WHERE seq = 2`);
    expect(askedOf(await ledger.bodies())[1]).toBe('damaged');
    expect((await ledger.verify()).firstBad?.seq).toBe(2);
  });
});
