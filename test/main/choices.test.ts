import { describe, expect, it } from 'vitest';
import { inTurn } from '../../src-main/app/in-turn.ts';
import { chooseKeystore } from '../../src-main/app/keystore.ts';
import { openLog } from '../../src-main/app/log.ts';
import { makeOperator } from '../../src-main/app/operator.ts';
import { diskFull, fakeHost } from './fake-host.ts';

describe('chooseKeystore', () => {
  it('takes the keychain unless it is told otherwise', () => {
    for (const wanted of [null, '', 'os']) expect(chooseKeystore(wanted, false)).toEqual({ kind: 'os' });
    expect(chooseKeystore('file:/x/keys', false)).toEqual({ kind: 'file', path: '/x/keys' });
  });

  it('forgets credentials at the end only for the demo', () => {
    expect(chooseKeystore('memory', true)).toEqual({ kind: 'memory' });
    expect(() => chooseKeystore('memory', false)).toThrow(
      expect.objectContaining({ code: 'KEYSTORE_MEMORY' }) as Error,
    );
  });

  it('never guesses', () => {
    for (const wanted of ['OS', 'file', 'file:', 'plain', ' os', 'none']) {
      expect(() => chooseKeystore(wanted, true), wanted).toThrow(
        expect.objectContaining({ code: 'KEYSTORE_UNKNOWN' }) as Error,
      );
    }
  });
});

describe('makeOperator', () => {
  it('knows its own token of 256 bits and nothing near it', () => {
    const { operator, token } = makeOperator({ host: fakeHost(), onManyWrong: () => {} });
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(operator.isOperator(token)).toBe(true);
    for (const near of [
      '',
      token.slice(1),
      `${token} `,
      token.toUpperCase() + '0',
      token.replace(/.$/, 'f'),
      fakeHost().sha256Hex(token),
    ]) {
      expect(operator.isOperator(near), near).toBe(false);
    }
  });

  it('makes another at every start', () => {
    const powers = { host: fakeHost(), onManyWrong: () => {} };
    expect(makeOperator(powers).token).not.toBe(makeOperator(powers).token);
  });

  it('counts five wrong log-ins a minute, then says so, and tells it once a minute', () => {
    const clock = { now: 0 };
    let told = 0;
    const { operator } = makeOperator({
      host: { ...fakeHost(), now: () => clock.now },
      onManyWrong: () => (told += 1),
    });
    const failed = (times: number): boolean[] => Array.from({ length: times }, () => operator.failed());
    expect([failed(7), told]).toEqual([[false, false, false, false, false, true, true], 1]);
    clock.now = 59_999;
    expect([failed(1), told]).toEqual([[true], 1]);
    clock.now = 60_000;
    expect([failed(6), told]).toEqual([[false, false, false, false, false, true], 2]);
    clock.now = -3_600_000; // Set back: what was counted then says nothing of now.
    expect([failed(6), told]).toEqual([[false, false, false, false, false, true], 3]);
  });
});

describe('inTurn', () => {
  it('runs one after the other in the order given, whatever becomes of each', async () => {
    const turn = inTurn();
    const heard: string[] = [];
    const deed = (name: string, ms: number) => async () => {
      heard.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, ms));
      heard.push(`${name} ends`);
      if (name === 'two') throw new Error('two');
      return name;
    };
    const all = await Promise.allSettled([turn(deed('one', 5)), turn(deed('two', 1)), turn(deed('three', 0))]);
    expect(heard).toEqual(['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('openLog', () => {
  it('writes what is asked for and worse, one JSON object a line', () => {
    const host = fakeHost();
    const log = openLog(host, 'warn');
    log('error', 'one', { code: 1 });
    log('info', 'two');
    log('warn', 'three');
    expect(
      host.files.texts
        .get('logs/bulkhead.log')
        ?.trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { at: '2026-11-21T12:00:00.000Z', level: 'error', event: 'one', code: 1 },
      { at: '2026-11-21T12:00:00.000Z', level: 'warn', event: 'three' },
    ]);
  });

  it('takes a level it does not know as warn, and a full disk as no reason to stop', () => {
    const host = fakeHost();
    openLog(host, 'everything')('info', 'x');
    expect(host.files.texts.size).toBe(0);
    Object.assign(host.files, { append: diskFull });
    openLog(host, null)('error', 'x');
  });
});
