/**
 * What a screen reader hears of calls that wait: at most one polite sentence in five seconds, whatever storm comes, and one
 * assertive one for what destroys. Each call is told of once.
 */
import type { Approval } from '../../src-shared/model/approval.ts';
import { asMinutes, secondsLeft } from '../screens/approvals/time-left.ts';
import { number, t } from '../words.ts';

export type Loudness = 'polite' | 'assertive';

export interface NewsPowers {
  readonly say: (loudness: Loudness, words: string) => void;
  readonly now: () => number;
  /** Runs it after `ms`, unless the returned function is called before. */
  readonly after: (ms: number, act: () => void) => () => void;
}

export interface News {
  /** All that wait now. */
  readonly hear: (pending: readonly Approval[]) => void;
  readonly close: () => void;
}

const quietMs = 5000;

export function approvalNews(powers: NewsPowers): News {
  const known = new Set<string>();
  let pending: readonly Approval[] = [];
  const polite = voice('polite');
  const assertive = voice('assertive');
  return {
    hear: (now) => {
      pending = now;
      for (const each of now) {
        if (known.has(each.id)) continue;
        known.add(each.id);
        (each.risk === 'destructive' ? assertive : polite).add(each);
      }
      polite.speak();
      assertive.speak();
    },
    close: () => {
      polite.close();
      assertive.close();
    },
  };

  function voice(loudness: Loudness) {
    let fresh: Approval[] = [];
    let quietUntil = 0;
    let cancel: (() => void) | null = null;
    const speak = (): void => {
      fresh = fresh.filter(({ id }) => pending.some((each) => each.id === id)); // What ended meanwhile is no news.
      if (fresh.length === 0 || cancel !== null) return;
      const wait = quietUntil - powers.now();
      if (wait > 0) {
        cancel = powers.after(wait, () => {
          cancel = null;
          speak();
        });
        return;
      }
      quietUntil = powers.now() + quietMs;
      powers.say(loudness, newsWords(loudness, { fresh, pending, now: powers.now() }));
      fresh = [];
    };
    return { add: (each: Approval) => void fresh.push(each), speak, close: () => cancel?.() };
  }
}

interface Told {
  readonly fresh: readonly Approval[];
  readonly pending: readonly Approval[];
  readonly now: number;
}

function newsWords(loudness: Loudness, { fresh, pending, now }: Told): string {
  const [only] = fresh;
  if (only !== undefined && fresh.length === 1) {
    const { title, customer, expiresAt } = only;
    return t(loudness === 'polite' ? 'approvals.news.one' : 'approvals.news.grave', {
      title,
      customer: customer.name,
      left: asMinutes(secondsLeft(expiresAt, now)),
    });
  }
  if (loudness === 'assertive')
    return t('approvals.news.graves', { count: fresh.length, pending: number(pending.length) });
  return t('approvals.news.many', {
    count: pending.length,
    pending: number(pending.length),
    fresh: number(fresh.length),
  });
}
