// Entries are for anyone to read: every export holds the commitment to a body and its salt. What is asked of a tool is often one of
// a few things, so whoever has the entry could hash them all until one gives the commitment.
import { describe, expect, it } from 'vitest';
import { commitmentOf } from '../../src-ledger/seal-body.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { bodyLedger } from './body-ledger.ts';

describe('what was asked', () => {
  it('cannot be guessed from an entry, not even between two words', async () => {
    const words = [{ params: { status: 'open' } }, { params: { status: 'closed' } }];
    const ledger = await bodyLedger((seq) => words[seq % 2] ?? {});
    const guesses = words.flatMap((word) => [
      canonical(word),
      canonical({ ...word, blind: '' }),
      canonical({ ...word, blind: '0'.repeat(32) }),
    ]);
    for (const { body } of await ledger.entries()) {
      const { commitment, salt } = body ?? { commitment: '', salt: '' };
      expect(guesses.map((guess) => commitmentOf(salt, guess))).not.toContain(commitment);
      expect(words.map((word) => commitmentOf(salt, canonical({ ...word, blind: salt })))).not.toContain(commitment);
    }
  });

  it('shows nothing in common between two calls that asked the same', async () => {
    const ledger = await bodyLedger(() => ({ params: { status: 'open' } }));
    const entries = await ledger.entries();
    expect(new Set(entries.map(({ body }) => body?.commitment)).size).toBe(6);
    expect(new Set(entries.map(({ body }) => body?.salt)).size).toBe(6);
    const blinds = (await ledger.bodies()).map(({ body }) => body?.['blind']);
    expect(new Set(blinds).size).toBe(6);
  });
});
