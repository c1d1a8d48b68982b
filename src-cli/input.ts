import { Fault } from '../src-shared/fault.ts';
import type { Input } from './world.ts';

/** A credential is far shorter; whoever writes to the pipe chooses the length. */
const maxLength = 64 * 1024;

/** The part of `process.stdin` that is used here. */
export interface Terminal extends AsyncIterable<unknown> {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(name: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(name: 'end', listener: () => void): unknown;
  removeAllListeners(name: 'data' | 'end'): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Standard input. What is typed to a hidden question is never shown, logged or kept. */
export function makeInput(stdin: Terminal, ask: (text: string) => void): Input {
  let rest = ''; // Typed or pasted beyond the line that was asked for: the start of the next answer.

  return { isTerminal: stdin.isTTY === true, readAll, askHidden };

  async function readAll(): Promise<string> {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of stdin) {
      const bytes = Buffer.from(piece as Buffer | string);
      length += bytes.length;
      if (length > maxLength) throw tooLong();
      pieces.push(bytes);
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  async function askHidden(question: string): Promise<string> {
    ask(question);
    stdin.setRawMode?.(true);
    try {
      return await new Promise<string>((resolve, reject) => {
        let typed = '';
        const take = (text: string): void => {
          for (const [at, letter] of [...text].entries()) {
            if (letter === '\r' || letter === '\n') {
              rest = [...text].slice(at + 1).join('');
              return resolve(typed);
            }
            if (letter === '\u0003') return reject(new Fault('INTERRUPTED', 'Nothing was done.'));
            if (letter === '\u0004') return resolve(typed);
            if (letter === '\u0015') typed = '';
            else if (letter === '\u007f' || letter === '\b') typed = typed.slice(0, -1);
            else if (letter >= ' ') typed += letter;
            if (typed.length > maxLength) return reject(tooLong());
          }
        };
        stdin.on('data', (chunk) => take(chunk.toString()));
        stdin.on('end', () => resolve(typed));
        const early = rest;
        rest = '';
        stdin.resume();
        take(early);
      });
    } finally {
      stdin.removeAllListeners('data');
      stdin.removeAllListeners('end');
      stdin.setRawMode?.(false);
      stdin.pause();
      ask('\n');
    }
  }
}

const tooLong = (): Fault => new Fault('INPUT_TOO_LONG', 'What came in on the standard input is too long.');
