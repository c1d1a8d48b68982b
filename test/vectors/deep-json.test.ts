// Ten thousand brackets take a recursive reader's stack; a few dozen can already make one slow.
import { describe, expect, it } from 'vitest';
import { attackedApp } from './attacked-app.ts';

const attacked = attackedApp();
const nested = (depth: number, open: string, close: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"customer_get","arguments":{"customer":"MERI-7","x":${open.repeat(depth)}1${close.repeat(depth)}}}}`;

describe('deeply nested JSON', () => {
  it('is refused at once, and the gateway goes on', async () => {
    const from = performance.now();
    // The envelope and `arguments` are three levels, the edge takes 32.
    for (const [levels, status] of [
      [28, 200],
      [29, 200],
      [30, 400],
      [100, 400],
      [10_000, 400],
      [150_000, 400],
    ] as const) {
      for (const [open, close] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        expect((await attacked.post(nested(levels, open, close))).status, `${levels} ${open}`).toBe(status);
      }
    }
    expect((await attacked.post(nested(75_000, '[{"a":', '}]'))).status).toBe(400);
    expect(performance.now() - from).toBeLessThan(20_000);
    expect((await attacked.mcp.call('customer_get', { customer: 'MERI-7' })).isError).toBe(false);
  });

  it('is refused as arguments even where it is shallow enough to be read', async () => {
    const { content } = await attacked.mcp.call('customer_get', { customer: 'MERI-7', x: [[[[1]]]] });
    expect(content).toMatchObject({ denied: true, code: 'INVALID_ARGUMENTS' });
  });

  it('holds up nobody as a wide array either', async () => {
    const wide = (length: number) =>
      attacked.mcp.request('tools/call', {
        name: 'customer_get',
        arguments: { customer: 'MERI-7', x: Array(length).fill(0) },
      });
    const { message } = await wide(4000);
    expect(message?.result?.['structuredContent']).toMatchObject({ denied: true, code: 'INVALID_ARGUMENTS' });
    expect((await wide(300_000)).status).toBe(400);
  });
});
