// One text with two meanings: a checker that reads the first of two equal keys and a worker that reads the last.
import { describe, expect, it } from 'vitest';
import { attackedApp, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();
const call = (args: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"customer_get","arguments":${args}}}`;

describe('a repeated key', () => {
  it('makes the request no request, wherever it is and however it is spelled', async () => {
    const before = await lastEntry(attacked);
    for (const body of [
      call('{"customer":"MERI-7","customer":"MERI-7"}'),
      call('{"customer":"MERI-7","customer":"FERN-2"}'),
      call('{"customer":"FERN-2","customer":"MERI-7"}'),
      call('{"customer":"MERI-7","\\u0063ustomer":"FERN-2"}'),
      call('{"\\u0063\\u0075stomer":"FERN-2","customer":"MERI-7"}'),
      call('{"customer":"MERI-7","x":{"a":1,"a":2}}'),
      call('{"customer":"MERI-7"},"arguments":{"customer":"FERN-2"}'),
      call('{"customer":"MERI-7"}').replace('"id":1', '"id":1,"method":"tools/list"'),
      call('{"customer":"MERI-7"}').replace(
        '"name":"customer_get"',
        '"name":"customer_get","n\\u0061me":"ticket_list"',
      ),
      call('{"customer":"MERI-7","__proto__":{"customer":"FERN-2"}}'),
      call('{"customer":"MERI-7","\\u005f_proto__":{"customer":"FERN-2"}}'),
      call('{"__proto__":{"customer":"MERI-7"}}'),
      call('{"customer":"MERI-7"}').replace('"id":1', '"id":1,"__proto__":{"method":"tools/call"}'),
    ]) {
      const { status, message, text } = await attacked.post(body);
      expect([status, message?.error?.code], body).toEqual([400, -32600]);
      expect(text).not.toMatch(/MERI|FERN/);
    }
    expect([await lastEntry(attacked), await attacked.vendor()]).toEqual([before, []]);
  });

  it('is not one when it is in another object, or only looks like one', async () => {
    const { message } = await attacked.post(call('{"customer":"MERI-7"}').replace('"id":1', '"id":"\\"customer\\":1"'));
    expect(message?.result?.['structuredContent']).toMatchObject({ customer: 'MERI-7' });
  });
});
