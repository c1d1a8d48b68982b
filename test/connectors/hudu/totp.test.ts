import { describe, expect, it } from 'vitest';
import { oneTimeCode } from '../../../src-connectors/hudu/totp.ts';
import { seed } from './hudu-data.ts';

describe('oneTimeCode', () => {
  // RFC 6238, appendix B, SHA-1, the last six of eight digits.
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 1],
    [1_111_111_111, '050471', 29],
    [1_234_567_890, '005924', 30],
    [2_000_000_000, '279037', 10],
    [20_000_000_000, '353130', 10],
  ])('is that of the standard after %i seconds', (at, code, seconds) => {
    expect(oneTimeCode(seed, at * 1000)).toEqual({ code, seconds });
  });

  it('takes a seed as people write it', () => {
    const spaced = seed.toLowerCase().replace(/(.{4})/g, '$1 ');
    expect(oneTimeCode(`${spaced}====`, 59_000)).toEqual({ code: '287082', seconds: 1 });
    expect(oneTimeCode(seed.replace(/(.{8})/g, '$1-'), 59_999)).toEqual({ code: '287082', seconds: 1 });
  });

  it.each([
    '',
    'short',
    'not base32, at all!',
    '0189ABCDEFGH',
    `otpauth://totp/x?secret=${seed}`,
    'A'.repeat(257),
    `${seed}${' '.repeat(1000)}`,
  ])('is none for %j', (text) => {
    expect(oneTimeCode(text, 59_000)).toBeUndefined();
  });
});
