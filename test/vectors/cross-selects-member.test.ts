// An AI that works on several customers passes one code for them all. Nothing it sends picks one of them, adds one, or asks
// for one that is not a member.
import { beforeAll, describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';

const attacked = attackedApp({ demoAs: 'helen.strand' });
let code = '';
beforeAll(async () => {
  const customers = ['MERI-7', 'FERN-2'];
  const reason = 'Compare who has backups';
  ({ code } = await attacked.app.operator.openCross({ client: 'attacker', customers, reason, minutes: 30 }));
});
const contentOf = async (args: object) =>
  (await attacked.post(goodCall(args, 'ticket_list'))).message?.result?.['structuredContent'] as Record<
    string,
    unknown
  >;

describe('a call in a cross-customer scope', () => {
  it('is refused unless it names the scope’s own code, and reaches no vendor', async () => {
    await attacked.vendor();
    const before = await lastEntry(attacked);
    const given: unknown[] = [
      ...['MERI-7', 'FERN-2', 'DENH-4', 'CROSS-99', 'cross-1', 'CROSS-01', `${code} `, `${code},DENH-4`, '*', ''],
      ...[['MERI-7'], [code], { code }, { cross: code, customer: 'MERI-7' }, null, 1, true],
    ];
    for (const customer of given) {
      expect(await contentOf({ customer }), JSON.stringify(customer)).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
    }
    expect(await contentOf({})).toMatchObject({ code: 'CUSTOMER_MISMATCH' });
    expect(await attacked.vendor()).toEqual([]);
    const entries = await attacked.since(before);
    expect(entries.map(({ kind, customer }) => [kind, customer])).toEqual(
      Array.from({ length: given.length + 1 }, () => ['call.denied', null]),
    );
  });

  it('cannot pick or add a member by another argument', async () => {
    await attacked.vendor();
    for (const more of [
      { member: 'MERI-7' },
      { member: { cross: code, customer: 'denholm-construction', epoch: 1 } },
      { members: ['DENH-4'] },
      { customers: ['DENH-4'] },
      { cross: 'CROSS-99' },
      { epoch: 1 },
    ]) {
      expect(await contentOf({ customer: code, ...more }), JSON.stringify(more)).toMatchObject({
        code: 'INVALID_ARGUMENTS',
      });
    }
    expect(await attacked.vendor()).toEqual([]);
  });

  it('cannot pick one beside its arguments: every member is asked, and no other', async () => {
    await attacked.vendor();
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'ticket_list',
        arguments: { customer: code },
        member: { cross: code, customer: 'denholm-construction', epoch: 1 },
        _meta: { member: 'denholm-construction' },
      },
    });
    const { message } = await attacked.post(body, { 'x-customer': 'DENH-4', 'mcp-param-customer': 'DENH-4' });
    const content = message?.result?.['structuredContent'] as { records: { customer: string }[] };
    expect(new Set(content.records.map(({ customer }) => customer))).toEqual(new Set(['MERI-7', 'FERN-2']));
    const lists = (await attacked.vendor()).filter((line) => /^GET \/api\/tickets\?/i.test(line));
    expect(lists.length).toBeGreaterThan(1);
    expect(lists.every((line) => /client_id=(214|46)(&|$)/i.test(line))).toBe(true);
  });
});
