// Whoever may edit a password record at the vendor chooses its seed. Reading it must stay cheap, whatever it is: the worker
// has one thread, and while that is busy no deadline fires and no other call of the customer is answered.
import { describe, expect, it } from 'vitest';
import { oneTimeCode } from '../../src-connectors/hudu/totp.ts';
import { fastest } from '../fastest.ts';

describe('a seed of one-time codes', () => {
  it.each([
    ['only padding', `${'='.repeat(200_000)}!`],
    ['only spaces', `${' '.repeat(200_000)}!`],
    ['far too long', 'A'.repeat(1_000_000)],
  ])('is judged in no time when it is %s', (_, seed) => {
    expect(fastest(() => expect(oneTimeCode(seed, 0)).toBeUndefined())).toBeLessThan(2000);
  });
});
