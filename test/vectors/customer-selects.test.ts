// The customer argument says what the caller believes. It may be wrong, odd or hostile; it never chooses.
import { describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();

describe('a customer argument', () => {
  it('is refused unless it is exactly the bound code, and reaches no vendor', async () => {
    await attacked.vendor();
    const before = await lastEntry(attacked);
    const given: unknown[] = [
      ...[
        'FERN-2',
        'MERI-12',
        'meri-7',
        'Meri-7',
        ' MERI-7',
        'MERI-7 ',
        'MERI-7\n',
        '\tMERI-7',
        'MERI-7\u0000',
        'MERI-70',
      ],
      // Look-alikes: hyphens of other kinds, Cyrillic and full-width letters, invisible and combining characters, digits.
      ...[
        'MERI\u20107',
        'MERI\u22127',
        'MERI\u00ad-7',
        '\u041cERI-7',
        'M\u0415RI-7',
        '\uff2dERI-7',
        'MERI-\u0667',
        'MERI-\uff17',
      ],
      ...['\ufeffMERI-7', 'MERI-7\u200b', 'M\u0301ERI-7', '\u202eMERI-7', 'MERI-7\ud800'],
      ...[
        '',
        '*',
        'ALL',
        'MERI-*',
        'MERI-7,FERN-2',
        'MERI-7;FERN-2',
        'MERI-7|FERN-2',
        "MERI-7' OR '1'='1",
        '../FERN-2',
      ],
      ...['meridian-dental', 'Meridian Dental Group', '214', 214, 0, -1, true, false, null],
      ...[
        [],
        ['MERI-7'],
        ['MERI-7', 'FERN-2'],
        [['MERI-7']],
        {},
        { code: 'MERI-7' },
        { $ne: 'MERI-7' },
        { toString: 'MERI-7' },
      ],
    ];
    for (const customer of given) {
      const { content } = await attacked.mcp.call('customer_get', { customer });
      expect(content, JSON.stringify(customer)).toMatchObject({
        denied: true,
        gate: 'customer',
        code: 'CUSTOMER_MISMATCH',
      });
    }
    expect((await attacked.mcp.call('customer_get', {})).content).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
    expect(await attacked.vendor()).toEqual([]);
    const entries = await attacked.since(before);
    expect(entries.map(({ kind }) => kind)).toEqual(Array(given.length + 1).fill('call.denied'));
  });

  it('counts only under its own name', async () => {
    for (const name of ['Customer', 'CUSTOMER', 'customer ', 'customer_code', 'customerId', '\u0441ustomer']) {
      const { content } = await attacked.mcp.call('customer_get', { [name]: 'MERI-7' });
      expect(content, name).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
      const both = await attacked.mcp.call('customer_get', { customer: 'MERI-7', [name]: 'FERN-2' });
      expect(both.content, name).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    }
  });

  it('teaches nothing of who else is a customer: a real code and a made-up one get the same answer', async () => {
    const answer = async (customer: string) => {
      const { content } = await attacked.mcp.call('customer_get', { customer });
      return JSON.stringify({ ...content, auditRef: '' });
    };
    expect(await answer('FERN-2')).toBe(await answer('NOPE-99'));
    expect(await answer('FERN-2')).not.toContain('FERN');
  });

  it('cannot be made to select by arguments that are no object', async () => {
    for (const args of ['null', '[]', '["MERI-7"]', '"MERI-7"', '7']) {
      const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"customer_get","arguments":${args}}}`;
      const { message } = await attacked.post(body);
      expect(message?.result?.['isError'] ?? message?.error?.code, args).toSatisfy(
        (given) => given === true || given === -32602,
      );
    }
    expect(await attacked.vendor()).toEqual([]);
  });
});
