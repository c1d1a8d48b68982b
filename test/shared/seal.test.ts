import { describe, expect, it } from 'vitest';
import { makeSealKey, seal, type SealedBox } from '../../src-shared/seal.ts';

const { sealKey, open } = await makeSealKey();
const secret = '{"clientId":"a","clientSecret":"ä🙂"}';
const box = await seal(secret, sealKey, 'msp/halo');

/** The same text with one bit of its bytes turned. */
function turned(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64url');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

describe('seal', () => {
  it('is opened by the holder of the key for the purpose it was sealed for', async () => {
    expect(await open(box, 'msp/halo')).toBe(secret);
  });

  it('is not opened for another purpose: a box cannot be replayed onto another instance', async () => {
    for (const purpose of ['msp/hudu', 'other/halo', '', 'msp/halo ', 'msp/hal']) {
      await expect(open(box, purpose), purpose).rejects.toThrow();
    }
  });

  it('is not opened by another key', async () => {
    const other = await makeSealKey();
    await expect(other.open(box, 'msp/halo')).rejects.toThrow();
  });

  it('is not opened when any part was changed', async () => {
    const other = await seal(secret, sealKey, 'msp/halo');
    const changed: SealedBox[] = [
      { ...box, iv: turned(box.iv, 0) },
      { ...box, data: turned(box.data, 0) },
      { ...box, data: turned(box.data, -1) },
      { ...box, data: box.data.slice(0, -4) },
      { ...box, data: '' },
      { ...box, key: turned(box.key, 5) },
      { ...box, key: other.key },
      { ...box, key: sealKey },
      { ...box, key: '' },
    ];
    for (const each of changed) await expect(open(each, 'msp/halo'), JSON.stringify(each)).rejects.toThrow();
  });

  it('gives another box every time, and none shows the text', async () => {
    const again = await seal(secret, sealKey, 'msp/halo');
    expect([again.key === box.key, again.iv === box.iv, again.data === box.data]).toEqual([false, false, false]);
    expect(Buffer.from(box.data, 'base64url').toString('latin1')).not.toContain('clientSecret');
  });

  it('refuses a key that is no point of the curve', async () => {
    await expect(seal(secret, Buffer.alloc(65, 4).toString('base64url'), 'x')).rejects.toThrow();
    await expect(seal(secret, '', 'x')).rejects.toThrow();
  });
});
