// A program of the same user tries operator tokens and one-time addresses, over both ways in. No number of guesses finds 256
// bits; what is left to gain is a person who is kept out, or a ledger filled with the noise.
import { describe, expect, it } from 'vitest';
import { connectOperator } from '../flows/running-app.ts';
import { attackedApp, lastEntry } from './attacked-app.ts';
import { raw, request } from './raw-http.ts';

const attacked = attackedApp();
const port = () => Number(new URL(attacked.app.ready.windowUrl).port);

const byForm = async (token: string) => {
  const body = `token=${token}`;
  const lines = [
    `host: 127.0.0.1:${port()}`,
    `origin: http://127.0.0.1:${port()}`,
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${body.length}`,
  ];
  return (await raw(port(), request('POST', '/login', lines, body))).status;
};
const byAddress = async (path: string) =>
  (await raw(port(), request('GET', path, [`host: 127.0.0.1:${port()}`]))).status;
const bySocket = async (operatorToken: string) => {
  const socket = await connectOperator(attacked.app.home);
  return socket.authenticate({ operatorToken }).then(
    () => 'in',
    ({ code }: { code: string }) => code,
  );
};
const guess = (at: number): string => at.toString(16).padStart(64, '0');

describe('guessing', () => {
  it('is told to wait after five wrong tries a minute, however they are spread over the ways in', async () => {
    expect(await bySocket(guess(1))).toBe('OPERATOR_UNKNOWN');
    expect(await byForm(guess(2))).toBe(403);
    expect(await byAddress(`/login?t=${guess(3)}`)).toBe(403);
    expect(await bySocket(attacked.token)).toBe('OPERATOR_UNKNOWN');
    expect(await byForm(guess(5))).toBe(403);
    for (let at = 6; at < 16; at += 1) {
      expect([await bySocket(guess(at)), await byForm(guess(at)), await byAddress(`/login?t=${guess(at)}`)]).toEqual([
        'TOO_MANY_ATTEMPTS',
        429,
        429,
      ]);
    }
  });

  it('is one alert in the ledger, not one for each try', async () => {
    const alerts = (await attacked.since(0)).filter(({ kind }) => kind === 'alert');
    expect(alerts).toMatchObject([{ principal: { kind: 'system' }, params: { alert: 'log-in-attempts' } }]);
    const before = await lastEntry(attacked);
    for (let at = 20; at < 40; at += 1) await bySocket(guess(at));
    expect(await lastEntry(attacked)).toBe(before);
  });

  it('keeps nobody out: the right token and the right address are taken meanwhile', async () => {
    expect(await bySocket(attacked.app.operatorToken)).toBe('in');
    expect(await byForm(attacked.app.operatorToken)).toBe(303);
    const { url } = await attacked.app.operator.openWindow(undefined);
    const { pathname, search } = new URL(url ?? '');
    expect(await byAddress(pathname + search)).toBe(303);
    expect(await bySocket(guess(99))).toBe('TOO_MANY_ATTEMPTS');
  });
});
