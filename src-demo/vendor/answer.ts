// What an emulator sends back, before it is written to a socket. Trusts its callers.

export type Answer = {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

const json = 'application/json; charset=utf-8';

/** Text that is JSON already: rows are cached as text, so answers are joined, not serialised again. */
export function jsonAnswer(status: number, body: string): Answer {
  return { status, body, headers: { 'content-type': json } };
}

export function isJson(answer: Answer): boolean {
  return answer.headers['content-type'] === json;
}

export function bytesAnswer(body: Buffer, type = 'application/octet-stream'): Answer {
  return { status: 200, body, headers: { 'content-type': type } };
}

export function emptyAnswer(status: number): Answer {
  return { status, body: '', headers: {} };
}

export function textAnswer(status: number, body: string): Answer {
  return { status, body, headers: { 'content-type': 'text/plain; charset=utf-8' } };
}
