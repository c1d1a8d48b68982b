import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { passphraseReader } from '../../src-broker/read-passphrase.ts';
import { codeOf } from './keys.ts';

function terminal(isTTY: boolean) {
  const raw: boolean[] = [];
  const input = Object.assign(
    new PassThrough(),
    isTTY ? { isTTY, setRawMode: (isRaw: boolean) => raw.push(isRaw) } : {},
  );
  let prompts = '';
  const read = passphraseReader(
    () => input,
    (text) => (prompts += text),
    200,
  );
  return { input, raw, read, prompts: () => prompts };
}

describe('passphraseReader', () => {
  it('reads one line of a pipe at a time, and prompts nobody', async () => {
    const { input, read, prompts } = terminal(false);
    input.write('first li');
    input.write('ne\r\nsecond\nthi');
    expect(await read(true)).toBe('first line');
    expect(await read(false)).toBe('second');
    const third = read(false);
    input.write('rd\n');
    expect(await third).toBe('third');
    expect(prompts()).toBe('');
  });

  it('does not echo on a terminal, and leaves it as it was', async () => {
    const { input, raw, read, prompts } = terminal(true);
    const answer = read(false);
    input.write('pässx\u007f\r');
    expect(await answer).toBe('päss');
    expect(raw).toEqual([true, false]);
    expect(prompts()).toBe('Keystore passphrase: \n');
  });

  it('asks twice on a terminal for a new one', async () => {
    const { input, read } = terminal(true);
    const answer = codeOf(() => read(true));
    input.write('one passphrase\r');
    setTimeout(() => input.write('another\r'), 20);
    expect(await answer).toBe('KEYSTORE_PASSPHRASE');
  });

  it.each([
    ['an interrupt', true, 'abc\u0003'],
    ['a line without end', false, 'a'.repeat(2000)],
    ['silence', true, 'abc'],
  ])('gives up on %s, and restores the terminal', async (_, isTTY, text) => {
    const { input, raw, read } = terminal(isTTY);
    const answer = codeOf(() => read(false));
    input.write(text);
    expect(await answer).toBe('KEYSTORE_PASSPHRASE');
    expect(raw).toEqual(isTTY ? [true, false] : []);
  });

  it('gives up when the input ends, also when it ended before', async () => {
    const { input, read } = terminal(false);
    input.end();
    expect(await codeOf(() => read(false))).toBe('KEYSTORE_PASSPHRASE');
    expect(await codeOf(() => read(false))).toBe('KEYSTORE_PASSPHRASE');
  });
});
