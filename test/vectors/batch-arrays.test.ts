// A JSON-RPC batch would carry many calls through checks that are made once a request.
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();

describe('a batch', () => {
  it('is refused whole, whatever it holds: nothing of it runs or is recorded', async () => {
    const before = await lastEntry(attacked);
    const initialize =
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}';
    for (const body of [
      ...[
        '[]',
        `[${goodCall()}]`,
        `[${goodCall()},${goodCall()}]`,
        `[[${goodCall()}]]`,
        `[${initialize},${goodCall()}]`,
      ],
      ...['"x"', '1', 'null', 'true', '', ' ', '[', `${goodCall()}${goodCall()}`, `${goodCall()}\n${goodCall()}`],
    ]) {
      for (const headers of [{}, { 'mcp-protocol-version': '2025-03-26' }]) {
        const { status, message } = await attacked.post(body, headers);
        expect([status, message?.error?.code], body.slice(0, 40)).toEqual([400, -32600]);
      }
    }
    expect([await lastEntry(attacked), await attacked.vendor()]).toEqual([before, []]);
  });
});
