// The vendor's error envelope (pax8.md §3). Trusts its callers.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';

/** `instance` is the path that was called; `details` are the further problems, one sentence each. */
export function refuse(instance: string, status: number, message: string, details: readonly string[] = []): Answer {
  const envelope = (text: string) => ({ type: typeOf(status), message: text, instance, status });
  return jsonAnswer(status, JSON.stringify({ ...envelope(message), details: details.map(envelope) }));
}

export function notFound(instance: string, what: string): Answer {
  return refuse(instance, 404, `${what} not found`);
}

export function invalid(instance: string, problems: readonly string[]): Answer {
  return refuse(instance, 422, problems[0] ?? 'Invalid', problems);
}

function typeOf(status: number): string {
  switch (status) {
    case 401:
      return 'UNAUTHORIZED';
    case 403:
      return 'FORBIDDEN';
    case 404:
      return 'NOT_FOUND';
    case 422:
      return 'INVALID_PARAM';
    default:
      return status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
  }
}
