// What the emulator sends back, before it is written to a socket. Trusts its callers.
import type { ErrorShape, HaloFaults } from './faults.ts';

export type Answer = {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

/** Text that is JSON already: rows are cached as text, so answers are joined, not serialised again. */
export function jsonAnswer(status: number, body: string): Answer {
  return { status, body, headers: { 'content-type': 'application/json; charset=utf-8' } };
}

export function bytesAnswer(body: Buffer): Answer {
  return { status: 200, body, headers: { 'content-type': 'application/octet-stream' } };
}

export function emptyAnswer(status: number): Answer {
  return { status, body: '', headers: {} };
}

export function textAnswer(status: number, body: string): Answer {
  return { status, body, headers: { 'content-type': 'text/plain; charset=utf-8' } };
}

/** An error in the shape that is switched on (halopsa.md §4.7). */
export function refuse(faults: HaloFaults, status: number, message: string): Answer {
  if (faults.errorShape === 'empty') return emptyAnswer(status);
  if (faults.errorShape === 'text') return textAnswer(status, message);
  return jsonAnswer(status, JSON.stringify(errorBody(faults.errorShape, status, message)));
}

export function notFound(faults: HaloFaults): Answer {
  return refuse(faults, 404, 'The record could not be found');
}

function errorBody(shape: Exclude<ErrorShape, 'empty' | 'text'>, status: number, message: string): object {
  switch (shape) {
    case 'dotnet':
      return { ClassName: 'System.Exception', Message: message };
    case 'message':
      return { Message: message };
    case 'error':
      return { error: message };
    case 'result':
      return { resultCode: String(status), errorMessage: message };
  }
}
