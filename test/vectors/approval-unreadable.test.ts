// An AI asks for more than the ledger keeps of one call. What a person approved could then be accounted for by a hash only, so
// nobody is asked about it.
import { describe, expect, it } from 'vitest';
import { makeBody } from '../../src-ledger/seal-body.ts';
import { attackedDesk } from './approval-world.ts';

const bytesOf = (letter: string): number => Buffer.byteLength(JSON.stringify(letter)) - 2;
const sizes = [500, 8000, 8500, 40_000, 65_000, 65_600, 70_000, 73_000];

describe('the entry of a long call that waits for a person', () => {
  it.each(['x', 'é', '漢', '\u0001', '"'])('has all of it on the disk, or is refused (%j)', async (letter) => {
    const asked: number[] = [];
    for (const bytes of sizes) {
      const desk = await attackedDesk();
      const note = letter.repeat(Math.floor(bytes / bytesOf(letter)));
      const answer = await desk.call({ note });
      const [waiting] = desk.waiting();
      const draft = desk.world.entries.find(({ kind }) => kind === 'approval.asked');
      if (!waiting || !draft) {
        expect([waiting, draft, answer]).toMatchObject([undefined, undefined, { code: 'INVALID_ARGUMENTS' }]);
        continue;
      }
      asked.push(bytes);
      const { id, fingerprint } = waiting;
      expect(draft.params).toMatchObject({ approval: id, fingerprint, needed: 1 });
      expect(JSON.parse(makeBody(draft.body?.content ?? {}, draft.kind).text)).toMatchObject({ arguments: { note } });
    }
    expect(asked).toEqual([500, 8000, 8500, 40_000, 65_000]);
  });
});
