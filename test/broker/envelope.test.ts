import { randomBytes } from 'node:crypto';
import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, keyFrom } from '../../src-broker/envelope.ts';
import { codeOf } from './keys.ts';

const key = keyFrom(randomBytes(32));

describe('encrypt and decrypt', () => {
  it('round trip any bytes about anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), fc.string(), (plain, about) => {
        expect(decrypt(key, encrypt(key, plain, about), about)).toEqual(Buffer.from(plain));
      }),
      { numRuns: 200 },
    );
  });

  it('never give the same text twice', () => {
    const seals = Array.from({ length: 1000 }, () => encrypt(key, Buffer.from('same'), 'a'));
    expect(new Set(seals).size).toBe(1000);
  });

  it('refuse another meaning, another key, a changed byte and a cut tag', async () => {
    const sealed = encrypt(key, Buffer.from('value'), 'a|b');
    expect(await codeOf(() => decrypt(key, sealed, 'a|c'))).toBe('VAULT_UNREADABLE');
    expect(await codeOf(() => decrypt(keyFrom(randomBytes(32)), sealed, 'a|b'))).toBe('VAULT_UNREADABLE');
    const bytes = Buffer.from(sealed, 'base64');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(await codeOf(() => decrypt(key, changed.toString('base64'), 'a|b'))).toBe('VAULT_UNREADABLE');
    }
    for (const end of [0, 12, 27, bytes.length - 1, bytes.length - 12]) {
      const cut = bytes.subarray(0, end).toString('base64');
      expect(await codeOf(() => decrypt(key, cut, 'a|b'))).toBe('VAULT_UNREADABLE');
    }
  });
});

describe('keyFrom', () => {
  it('clears the bytes it takes over', () => {
    const bytes = randomBytes(32);
    keyFrom(bytes);
    expect(bytes).toEqual(Buffer.alloc(32));
  });
});
