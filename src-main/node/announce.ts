import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import { Fault } from '../../src-shared/fault.ts';
import { whyRefused } from '../../src-shared/node/why-refused.ts';
import type { RunningApp } from '../host.ts';

export interface Announcement {
  readonly app: RunningApp;
  readonly isTerminal: boolean;
  readonly operatorTokenOut: string | null;
  print(line: string): void;
  /** For people, where it does not disturb a program that reads the ready line. */
  tell(line: string): void;
}

/**
 * Says once that everything serves. The operator token is for a person: it goes to a file that was asked for, else to a
 * terminal, else nowhere, because an AI tool may be reading a pipe.
 */
export function announce({ app, isTerminal, operatorTokenOut, print, tell }: Announcement): void {
  const isShown = isTerminal && operatorTokenOut === null;
  const isForPerson = isTerminal || operatorTokenOut !== null;
  if (operatorTokenOut !== null) writeToken(operatorTokenOut, app.operatorToken);
  for (const note of app.notes) tell(note);
  // Who reads the operator token may also open the window: then its address logs in, once and within ten minutes.
  const windowUrl = (isForPerson ? app.window.mintUrl() : null) ?? app.ready.windowUrl;
  print(
    `ready ${JSON.stringify({ ...app.ready, windowUrl, ...(isShown ? { operatorToken: app.operatorToken } : {}) })}`,
  );
  if (isTerminal) tell(`The window is at ${windowUrl}`);
}

/** A new file, never one that was there: it could be open to others, or be another's to read. */
function writeToken(path: string, token: string): void {
  try {
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there?.isFile() === false)
      throw new Fault('TOKEN_FILE', 'The place for the operator token is not a plain file.');
    rmSync(path, { force: true });
    writeFileSync(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { why, remedy } = whyRefused(error);
    throw new Fault('TOKEN_FILE', `The file for the operator token cannot be written: ${why}.`, remedy);
  }
}
