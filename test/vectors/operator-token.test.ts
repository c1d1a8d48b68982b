// An AI tool with a shell runs as the same OS user and finds the control socket. Without the operator token it can look,
// and take rights away, and nothing more.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectOperator } from '../flows/running-app.ts';
import { attackedApp, lastEntry } from './attacked-app.ts';
import { answerOf } from './raw-http.ts';

const attacked = attackedApp();
const box = { key: 'x', iv: 'x', data: 'x' };

describe('the control socket', () => {
  it('widens nothing without the operator token', async () => {
    const stranger = await connectOperator(attacked.app.home);
    const before = await lastEntry(attacked);
    for (const attempt of [
      () => stranger.bindCustomer({ customer: 'FERN-2' }),
      () => stranger.addClient({ name: 'mine', pin: null }),
      () => stranger.addClient({ name: 'mine', pin: 'FERN-2' }),
      () => stranger.armClient({ name: 'attacker', customer: null }),
      () => stranger.callTool({ tool: 'customer_get', arguments: {} }),
      () => stranger.setCredential({ instance: 'northway-halo', box }),
      () => stranger.openWindow(undefined),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
    }
    const state = await stranger.state(undefined);
    expect([state.binding?.customer.code, state.clients.map(({ name }) => name)]).toEqual(['MERI-7', ['attacker']]);
    expect([await lastEntry(attacked), await attacked.vendor()]).toEqual([before, []]);
  });

  it('takes no other token for it: not a client app’s, not a near one, not its hash', async () => {
    const { home, operatorToken } = attacked.app;
    const stranger = await connectOperator(home);
    for (const guess of [
      attacked.token,
      operatorToken.slice(1),
      `${operatorToken}0`,
      operatorToken.toUpperCase() + ' ',
      '',
      '0'.repeat(64),
    ]) {
      await expect(stranger.authenticate({ operatorToken: guess })).rejects.toMatchObject({
        code: expect.stringMatching(/^(OPERATOR_UNKNOWN|TOO_MANY_ATTEMPTS)$/) as string,
      });
    }
    await expect(stranger.bindCustomer({ customer: 'FERN-2' })).rejects.toMatchObject({ code: 'OPERATOR_ONLY' });
  });

  it('takes the token for one connection, not for whoever connects next', async () => {
    const { home, operatorToken } = attacked.app;
    await connectOperator(home, operatorToken);
    const stranger = await connectOperator(home);
    await expect(stranger.armClient({ name: 'attacker', customer: null })).rejects.toMatchObject({
      code: 'OPERATOR_ONLY',
    });
  });

  it('closes on what is no message of ours, and serves the next', async () => {
    const { control } = JSON.parse(readFileSync(join(attacked.app.home, 'run/app.json'), 'utf8')) as {
      control: string;
    };
    for (const bytes of [
      'GET / HTTP/1.1\r\n\r\n',
      '{"type":"please"}\n',
      '[]\n',
      '{"type":"request","id":1,"name":"state","as":"operator"}\n',
    ]) {
      const socket = connect(control);
      socket.write(bytes);
      expect((await answerOf(socket)).body).toBe('');
    }
    expect((await (await connectOperator(attacked.app.home)).state(undefined)).binding?.customer.code).toBe('MERI-7');
  });

  it('is not a way in for the operator token over MCP, nor for a client app’s token elsewhere', async () => {
    const answer = await attacked.raw([
      `host: 127.0.0.1:${attacked.port}`,
      `authorization: Bearer ${attacked.app.operatorToken}`,
    ]);
    expect(answer.status).toBe(401);
  });
});

describe.skipIf(process.platform === 'win32')('the home', () => {
  it('is readable by its owner alone: every folder 0700, every file and socket 0600', () => {
    const modes: Record<string, string> = {};
    const walk = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        const stats = lstatSync(path);
        const wanted = stats.isDirectory() ? 0o700 : 0o600;
        if ((stats.mode & 0o777) !== wanted)
          modes[path.slice(attacked.app.home.length)] = (stats.mode & 0o777).toString(8);
        if (stats.isDirectory()) walk(path);
      }
    };
    walk(attacked.app.home);
    expect(modes).toEqual({});
  });

  it('holds neither the operator token nor a client app’s, but for the file that was asked for', () => {
    const { home, operatorToken } = attacked.app;
    const found: string[] = [];
    for (const name of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
      if (!lstatSync(join(home, name)).isFile()) continue;
      const text = readFileSync(join(home, name), 'latin1');
      if (text.includes(operatorToken) || text.includes(attacked.token)) found.push(name);
    }
    expect(found).toEqual(['operator-token']);
  });
});
