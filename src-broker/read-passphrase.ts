/**
 * Reads a passphrase from the broker's own standard input: the terminal, unseen, or one line of a pipe.
 * The text comes from the person at the machine and goes nowhere but into the keystore's key.
 */
import { Fault } from '../src-shared/fault.ts';
import type { ReadPassphrase } from './keystore/file-keystore.ts';

/** The part of `process.stdin` used here. `setRawMode` is there only when it is a terminal. */
export interface Input {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(name: 'data', listener: (chunk: Buffer) => void): unknown;
  on(name: 'end' | 'error', listener: () => void): unknown;
  off(name: 'data', listener: (chunk: Buffer) => void): unknown;
  off(name: 'end' | 'error', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Characters a passphrase may have, and milliseconds a person may take for it. */
const longest = 1024;
const patience = 5 * 60_000;
const interrupt = '\u0003';
const endOfInput = '\u0004';
const backspaces = ['\b', '\u007f'];

/** `input` is opened at first use; `prompt` writes for the person, only when there is one. */
export function passphraseReader(
  input: () => Input,
  prompt: (text: string) => void,
  deadline = patience,
): ReadPassphrase {
  let rest = ''; // What a pipe delivered beyond the first line, for the next question.

  async function ask(question: string): Promise<string> {
    const source = input();
    if (!source.isTTY)
      return readLine(source, rest, deadline, (more) => {
        rest = more;
      });
    prompt(question);
    source.setRawMode?.(true);
    try {
      return await readLine(source, '', deadline, () => {});
    } finally {
      source.setRawMode?.(false);
      prompt('\n');
    }
  }

  return async (isNew) => {
    if (!isNew || !input().isTTY) return ask('Keystore passphrase: ');
    const first = await ask('New keystore passphrase: ');
    if ((await ask('The same again: ')) !== first) throw refused('The two passphrases differ.');
    return first;
  };
}

function readLine(source: Input, early: string, deadline: number, keep: (rest: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = '';
    const timer = setTimeout(() => finish(() => reject(refused('Nobody gave a passphrase in time.'))), deadline);
    const fail = (): void => finish(() => reject(refused('No passphrase was given.')));
    const decoder = new TextDecoder();
    const onData = (chunk: Buffer): void => void hear(decoder.decode(chunk, { stream: true }));

    function finish(settle: () => void): void {
      clearTimeout(timer);
      source.off('data', onData);
      source.off('end', fail);
      source.off('error', fail);
      source.pause();
      settle();
    }
    /** True when the line is complete or given up. */
    function hear(text: string): boolean {
      for (const [index, letter] of [...text].entries()) {
        if (letter === '\n' || letter === '\r') {
          keep(
            [...text]
              .slice(index + 1)
              .join('')
              .replace(/^\n/, ''),
          );
          finish(() => resolve(line));
          return true;
        }
        if (source.isTTY && backspaces.includes(letter)) line = [...line].slice(0, -1).join('');
        else line += letter;
        const isGivenUp = source.isTTY === true && (letter === interrupt || letter === endOfInput);
        if (!isGivenUp && line.length <= longest) continue;
        fail();
        return true;
      }
      return false;
    }

    keep('');
    if (hear(early)) return;
    source.on('data', onData);
    source.on('end', fail);
    source.on('error', fail);
    source.resume();
  });
}

const refused = (message: string): Fault =>
  new Fault('KEYSTORE_PASSPHRASE', message, 'Start Bulkhead from a terminal, or pipe the passphrase as one line.');
