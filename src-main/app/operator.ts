import { sameText } from '../../src-shared/same-text.ts';
import type { Host } from '../host.ts';

/** Wrong tokens and one-time addresses a minute before whoever brings them is told to wait, and it is recorded. */
const wrongPerMinute = 5;
const minute = 60_000;

/**
 * The operator token of this start: what tells a person at the machine from an AI tool with a shell. Kept as a hash;
 * the token itself is handed out once, to whoever started the app.
 *
 * Only what is wrong is counted, over all ways in together, and a right token is always taken: it has 256 bits, which no
 * number of guesses finds, and a limit that also refused the right one would let any program lock the person out.
 */
export interface Operator {
  isOperator(token: string): boolean;
  /** Counts a log-in that was wrong. True when the last minute had more than its share: the answer says so then. */
  failed(): boolean;
}

export interface OperatorPowers {
  readonly host: Pick<Host, 'now' | 'randomHex' | 'sha256Hex'>;
  /** Told at most once a minute, when there were more than enough. */
  readonly onManyWrong: () => void;
}

export function makeOperator({ host, onManyWrong }: OperatorPowers): { operator: Operator; token: string } {
  const token = host.randomHex(32);
  const hash = host.sha256Hex(token);
  let wrong: number[] = [];
  let toldAt = -Infinity;

  function failed(): boolean {
    const now = host.now();
    wrong = wrong.filter((at) => at <= now && now - at < minute);
    if (wrong.length < wrongPerMinute) {
      wrong.push(now);
      return false;
    }
    if (now < toldAt || now - toldAt >= minute) {
      toldAt = now;
      onManyWrong();
    }
    return true;
  }

  return { token, operator: { isOperator: (given) => sameText(host.sha256Hex(given), hash), failed } };
}
