// The vendor's rolling window (halopsa.md §4.8). One limit for the whole tenant, whoever calls.
import type { Answer } from './answer.ts';
import { textAnswer } from './answer.ts';
import type { HaloFaults } from './faults.ts';

/** A check that counts the call and answers 429 when the window is full; a refused call does not count. */
export function createRateLimit(faults: HaloFaults, now: () => number): () => Answer | null {
  let calls: number[] = [];
  return () => {
    const limit = faults.rateLimit;
    if (limit === null) return null;
    const since = now() - limit.windowSeconds * 1000;
    calls = calls.filter((at) => at > since);
    if (calls.length < limit.requests) {
      calls.push(now());
      return null;
    }
    const minutes = limit.windowSeconds / 60;
    const answer = textAnswer(
      429,
      `Rate Limit Reached - ${limit.requests} Requests per rolling ${minutes} minute window`,
    );
    if (limit.retryAfter === null) return answer;
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(limit.retryAfter) } };
  };
}
