import { describe, expect, it } from 'vitest';
import { faultWords } from '../../src-renderer/api/fault-words.ts';
import { Fault } from '../../src-shared/fault.ts';

describe('faultWords', () => {
  it('writes a command as a window does, not as a terminal', () => {
    const fault = new Fault('UNKNOWN_CUSTOMER', 'There is no `x`.', 'See `bulkhead customer list`, or `status`.');
    expect(faultWords(fault)).toEqual({
      message: 'There is no “x”.',
      remedy: 'See “bulkhead customer list”, or “status”.',
    });
  });
});
