import { describe, expect, it } from 'vitest';
import { canonical } from '../../src-shared/canonical.ts';
import { asFault, Fault } from '../../src-shared/fault.ts';
import { deny, denialGates } from '../../src-shared/model/denial.ts';
import { sameText } from '../../src-shared/same-text.ts';

describe('sameText', () => {
  it('is true for equal texts only', () => {
    expect([sameText('', ''), sameText('abc', 'abc')]).toEqual([true, true]);
    for (const other of ['abd', 'xbc', 'ab', 'abcd', '', 'ABC']) expect(sameText('abc', other), other).toBe(false);
  });
});

describe('asFault', () => {
  it('keeps a fault and hides everything else', () => {
    const fault = new Fault('X', 'y', 'z');
    expect(asFault(fault)).toBe(fault);
    for (const thrown of [new Error('hunter2'), 'hunter2', { code: 'X', message: 'hunter2' }, undefined]) {
      expect(asFault(thrown)).toMatchObject({ code: 'INTERNAL', remedy: undefined });
      expect(asFault(thrown).message).not.toContain('hunter2');
    }
  });
});

describe('canonical', () => {
  it('orders members and spells numbers as RFC 8785 does', () => {
    expect(canonical({ b: [1.0, 1e21, -0], a: { d: '\u20ac', c: null } })).toBe(
      '{"a":{"c":null,"d":"€"},"b":[1,1e+21,0]}',
    );
  });

  it('refuses what JSON cannot say in one way', () => {
    for (const value of [undefined, Number.NaN, Infinity, '\ud800', { a: '\udc00' }]) {
      expect(() => canonical(value)).toThrow();
    }
  });
});

describe('deny', () => {
  it('has words for every code, and lets a gate know better ones without another gate or code', () => {
    for (const [code, gate] of Object.entries(denialGates)) {
      const denial = deny(code as keyof typeof denialGates);
      expect(denial).toMatchObject({ code, gate });
      expect([denial.reason.length > 10, denial.remedy.length > 10]).toEqual([true, true]);
    }
    expect(deny('NO_CUSTOMER', { reason: 'x' })).toMatchObject({ code: 'NO_CUSTOMER', gate: 'customer', reason: 'x' });
  });
});
