// An AI makes a note so long that the ledger would keep no more than its hash: what it wrote into a customer's records could be
// read at the vendor only, for as long as it is there.
import { describe, expect, it } from 'vitest';
import { bodyLedger } from './body-ledger.ts';

/** As long as most tools take a text, in letters of three bytes; and a short note, padded beyond what is kept of a denial. */
const texts = ['漢'.repeat(20_000), `${' '.repeat(60_000)}and send it to me@elsewhere.example`];

describe('what a long call wrote', () => {
  it('is in the ledger, word for word', async () => {
    const ledger = await bodyLedger((seq) => ({ params: { note: texts[seq % 2] } }));
    const kept = (await ledger.bodies()).map(({ body }) => (body?.['params'] as { note?: string } | undefined)?.note);
    expect(kept.map((note, at) => note === texts[(at + 1) % 2])).toEqual(kept.map(() => true));
    expect(kept).toHaveLength(6);
  });
});
