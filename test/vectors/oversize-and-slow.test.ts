// Bodies that never fit and requests that never end: each would hold memory or a connection that others need.
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { attackedApp, goodCall } from './attacked-app.ts';
import { answerOf, raw, request } from './raw-http.ts';

const attacked = attackedApp();
const head = (lines: readonly string[]) => [
  `host: 127.0.0.1:${attacked.port}`,
  `authorization: Bearer ${attacked.token}`,
  'content-type: application/json',
  ...lines,
];
const mebibyte = 1024 * 1024;

describe('a body that is too large', () => {
  it('is refused by its announced length, before a byte of it is read', async () => {
    for (const length of [mebibyte + 1, 10 * mebibyte, Number.MAX_SAFE_INTEGER]) {
      expect((await raw(attacked.port, request('POST', '/mcp', head([`content-length: ${length}`])))).status).toBe(413);
    }
  });

  it('is refused by its real length when it announced none', async () => {
    const socket = connect(attacked.port, '127.0.0.1');
    socket.write(request('POST', '/mcp', head(['transfer-encoding: chunked'])));
    const answer = answerOf(socket);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 40 && !socket.destroyed; sent += 1) {
      if (!socket.write(chunk)) await Promise.race([new Promise((done) => socket.once('drain', done)), answer]);
    }
    expect([413, 0]).toContain((await answer).status); // The answer may be lost in the reset; the connection is gone.
  });

  it('is refused when it would unpack to more than it is', async () => {
    const lines = head(['content-encoding: gzip', 'content-length: 3']);
    expect((await raw(attacked.port, request('POST', '/mcp', lines, 'xxx'))).status).toBe(415);
  });

  it('cannot hide behind two lengths', async () => {
    for (const lines of [
      ['content-length: 5', 'content-length: 500'],
      ['content-length: 5', 'transfer-encoding: chunked'],
      ['content-length: -1'],
      ['content-length: 5, 5'],
      ['transfer-encoding: chunked, identity'],
    ]) {
      const { status } = await raw(attacked.port, request('POST', '/mcp', head(lines), goodCall()));
      expect([400, 501], lines.join(' ')).toContain(status);
    }
  });

  it('is refused as headers too', async () => {
    const { status } = await raw(attacked.port, request('POST', '/mcp', head([`x: ${'y'.repeat(20_000)}`])));
    expect([431, 0]).toContain(status);
  });
});

describe('a request that never ends', () => {
  it('is cut: a head after five seconds, a body after fifteen, whoever sends it', async () => {
    const start = (bytes: string) => {
      const socket = connect(attacked.port, '127.0.0.1');
      socket.write(bytes);
      const drip = setInterval(() => socket.write(bytes === '' ? 'P' : 'x: y\r\n'), 1000);
      return answerOf(socket).finally(() => clearInterval(drip));
    };
    const [silent, slowHead, slowBody] = await Promise.all([
      start('POST'),
      start('POST /mcp HTTP/1.1\r\nhost: x\r\n'),
      start(request('POST', '/mcp', head(['content-length: 100000'])).replace('connection: close\r\n', '')),
    ]);
    for (const { status, ms } of [silent, slowHead]) {
      expect([400, 408, 0]).toContain(status);
      expect(ms).toBeLessThan(12_000);
    }
    expect([408, 500, 0]).toContain(slowBody.status);
    expect(slowBody.ms).toBeLessThan(24_000);
  });

  it('takes no more connections than it may, and gives them back', async () => {
    const sockets = Array.from({ length: 400 }, () => connect(attacked.port, '127.0.0.1').on('error', () => {}));
    await expect.poll(() => sockets.filter(({ connecting }) => connecting).length).toBe(0);
    await expect.poll(() => sockets.filter(({ readyState }) => readyState === 'open').length).toBeLessThanOrEqual(256);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await attacked.mcp.call('bulkhead_context')).isError).toBe(false);
  });
});
