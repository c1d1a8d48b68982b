// What was asked of the emulator, for tests to read. Never headers, bodies or bearer values: those are secrets.

export type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  /** Without the question mark; values of token-like parameters are masked. */
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

export type RequestLog = {
  /** Oldest first. */
  readonly requests: readonly LoggedRequest[];
  add(request: LoggedRequest): void;
  clear(): void;
};

/** A demo runs for days; the oldest half goes when this many are held. */
const most = 10_000;

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    add(request) {
      if (requests.length >= most) requests.splice(0, most / 2);
      requests.push({ ...request, query: masked(request.query) });
    },
    clear() {
      requests.length = 0;
    },
  };
}

function masked(query: string): string {
  return query.replace(/\b(token|signature|client_secret|access_token)=[^&]*/gi, '$1=***');
}
