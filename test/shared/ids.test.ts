import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { ClientId, CustomerCode, CustomerId, InstanceId, TenantId, ToolName } from '../../src-shared/model/ids.ts';

const folders = { TenantId, CustomerId, InstanceId };

describe.each(Object.entries(folders))('%s', (_, Id) => {
  it('takes plain names', () => {
    for (const name of ['a', '0', 'acme', 'acme-ltd', 'a--b', 'x'.repeat(63)]) expect(Id.parse(name)).toBe(name);
  });

  it('takes nothing that could lead out of its folder, or fold into another name', () => {
    for (const name of [
      ...['', '.', '..', '../x', 'a/../b', 'a/b', '/a', 'a\\b', '..\\x', 'a.b', 'a.db', '-a', '~', 'a b', 'a\n', '\na'],
      ...['Acme', 'ACME', 'é', 'ａcme', 'a\u0000', 'a%2f', 'a:b', 'c:', 'a|b', 'a*', '$HOME', 'x'.repeat(64)],
    ]) {
      expect(Id.safeParse(name).success, JSON.stringify(name)).toBe(false);
    }
  });

  it('takes no two texts that a file system could hold for one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        if (!Id.safeParse(name).success) return;
        expect(name.toLowerCase().normalize('NFKC')).toBe(name);
        expect(name).not.toMatch(/[./\\:\s]/);
      }),
    );
  });

  it('takes nothing but text', () => {
    for (const value of [1, null, undefined, ['acme'], { toString: () => 'acme' }]) {
      expect(Id.safeParse(value).success).toBe(false);
    }
  });
});

describe('the other names', () => {
  it.each([
    [
      'CustomerCode',
      CustomerCode,
      ['MERI-7', 'AB-0', 'ABCDEFGH-12345'],
      ['meri-7', 'M-7', 'MERI-', 'MERI7', 'MERI-7\n', 'МERI-7', 'MERI-123456'],
    ],
    ['ClientId', ClientId, ['client-0123456789abcdef'], ['client-0123456789ABCDEF', 'client-0', '0123456789abcdef']],
    [
      'ToolName',
      ToolName,
      ['ticket_list'],
      ['tl', 'Ticket_list', 'ticket-list', '_ticket', 'ticket list', '__proto__'],
    ],
  ] as const)('%s takes its own form only', (_, Id, good, bad) => {
    for (const name of good) expect(Id.safeParse(name).success, name).toBe(true);
    for (const name of bad) expect(Id.safeParse(name).success, name).toBe(false);
  });
});
