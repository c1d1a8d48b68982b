import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newSha256 } from '../../../src-shared/export/sha256.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const hashOf = (...pieces: Uint8Array[]): string => {
  const sha256 = newSha256();
  for (const piece of pieces) sha256.update(piece);
  return hex(sha256.digest());
};

describe('newSha256', () => {
  // FIPS 180-4, as NIST gives them by example.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('gives the digest that the standard gives (%#)', (text, digest) => {
    expect(hashOf(Buffer.from(text))).toBe(digest);
  });

  it('does not care how the bytes are cut, of any length about a block', () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 131 + length) % 256);
      const expected = createHash('sha256').update(bytes).digest('hex');
      for (const cut of [0, 1, 55, 56, 63, 64, 65, 127, 128])
        expect(hashOf(bytes.subarray(0, cut), bytes.subarray(cut)), `${length} cut at ${cut}`).toBe(expected);
    }
  });
});
