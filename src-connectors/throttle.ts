// Keeps this worker within a vendor's rate limit: requests beyond it wait in turn instead of failing, and a pause the
// vendor asks for (`Retry-After`) holds everyone. Other workers on the same account have their own; 429 tells of those.
import { Fault } from '../src-shared/fault.ts';
import type { Powers, ToolCall } from './vendor.ts';

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface Throttle {
  /** Resolves when a request may go. Faults: VENDOR_BUSY at once when that would be past the call's end, CANCELLED. */
  turn(call: Pick<ToolCall, 'signal' | 'endsAt'>): Promise<void>;
  /** The vendor asked everyone to wait. */
  pause(milliseconds: number): void;
}

export function createThrottle(
  { requests, windowMs }: RateLimit,
  { now, after }: Pick<Powers, 'now' | 'after'>,
): Throttle {
  const gone: number[] = [];
  let pausedUntil = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** When the next request may go, in milliseconds since 1970. */
  const next = (at: number): number => {
    while (gone.length > 0 && (gone[0] ?? 0) <= at - windowMs) gone.shift();
    const freed = gone.length < requests ? at : (gone[gone.length - requests] ?? at) + windowMs;
    return Math.max(freed, pausedUntil);
  };

  async function take({ signal, endsAt }: Pick<ToolCall, 'signal' | 'endsAt'>): Promise<void> {
    for (;;) {
      if (signal.aborted) throw new Fault('CANCELLED', 'The call was cancelled.');
      const at = now();
      const free = next(at);
      if (free <= at) break;
      if (free >= endsAt) throw tooBusy(free - at);
      await waited(free - at, signal, after);
    }
    gone.push(now());
  }

  return {
    turn(call) {
      if (next(now()) <= now() && gone.length < requests) {
        gone.push(now());
        return call.signal.aborted
          ? Promise.reject(new Fault('CANCELLED', 'The call was cancelled.'))
          : Promise.resolve();
      }
      const turn = last.then(() => take(call));
      last = turn.catch(() => {}); // Who gave up or failed is out of the queue; the next one goes on.
      return turn;
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, now() + milliseconds);
    },
  };
}

function waited(milliseconds: number, signal: AbortSignal, after: Powers['after']): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = after(milliseconds, resolve);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(stop);
}

const tooBusy = (milliseconds: number): Fault =>
  new Fault(
    'VENDOR_BUSY',
    `The rate limit of the vendor is reached. Wait ${Math.ceil(milliseconds / 1000)} seconds before the next call.`,
  );

/** The limit an administrator set for the account, or else what the vendor documents. Fault: BINDING_INVALID. */
export function limitOf(settings: Readonly<Record<string, string>>, documented: RateLimit): RateLimit {
  const text = settings['requestsPerMinute'];
  if (text === undefined || text === '') return documented;
  if (/^[1-9][0-9]{0,5}$/.test(text)) return { requests: Number(text), windowMs: 60_000 };
  throw new Fault('BINDING_INVALID', 'The setting requestsPerMinute is not a number.', 'Correct it in Connectors.');
}
