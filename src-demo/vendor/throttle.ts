// Calls refused before anyone looks at them: the rolling rate limit, one for the whole account whoever calls, and the
// failures a test asks for. Each vendor puts it where the real one would: behind its credential check.
import type { Answer } from './answer.ts';
import type { CommonFaults } from './faults.ts';

/** Counts the call; an answer when it is refused. A call over the limit does not count. */
export type Throttle = () => Answer | null;

export type ThrottleOptions = {
  readonly faults: CommonFaults;
  readonly now: () => number;
  /** The 429 of this vendor, without its Retry-After. */
  readonly overLimit: (limit: NonNullable<CommonFaults['rateLimit']>) => Answer;
  /** A failure that is switched on. */
  readonly refuse: (status: number) => Answer;
};

export function createThrottle(options: ThrottleOptions): Throttle {
  const { faults, refuse } = options;
  let calls = 0;
  const overLimit = createRateLimit(options);
  return () => {
    const refused = overLimit();
    if (refused !== null) return refused;
    if (faults.failEvery === 0 && faults.failStatus === null) return null;
    calls += 1;
    if (faults.failEvery > 0 && calls % faults.failEvery !== 0) return null;
    return refuse(faults.failStatus ?? 500);
  };
}

function createRateLimit({ faults, now, overLimit }: ThrottleOptions): Throttle {
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
    const answer = overLimit(limit);
    if (limit.retryAfter === null) return answer;
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(limit.retryAfter) } };
  };
}
