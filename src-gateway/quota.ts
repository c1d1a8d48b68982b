import type { Tally } from '../src-shared/contract/ledger.ts';
import type { Bundle, CallLimit } from '../src-shared/model/bundle.ts';
import { err, ok, type Result } from '../src-shared/result.ts';
import { dayOf, periodOf, Recent, Since, subjectOf } from './call-counts.ts';
import type { Counted, Exhausted } from './proofs.ts';

/** What the ledger counted when the tenant was enrolled, and of which month and day (UTC) it is. */
export interface Usage {
  readonly period: string;
  readonly calls: number;
  readonly day: string;
  readonly ofPeriod: readonly Tally[];
  readonly ofDay: readonly Tally[];
  readonly ofMinute: readonly Tally[];
}

/**
 * Two clocks: `now` is the wall clock, milliseconds since 1970, for days and months; `clock` counts milliseconds from any
 * point and is never set, for what slides.
 */
export interface Instant {
  readonly now: number;
  readonly clock: number;
}

type Rule = Bundle['quota'];

/**
 * The calls of one tenant: of its billing period (a calendar month, UTC), and for each technician, client app, customer
 * and tool of the month, the day and the last minute. Seeded from the ledger, so a restart loses none. Everybody's calls
 * count, the operator's too. A clock set back opens nothing anew: only a later month, or day, starts at zero.
 */
export class Quota {
  readonly #rule: Rule;
  readonly #counts: Counts;

  /** `before` is the quota this one replaces: what it counted goes on counting. */
  constructor(rule: Rule, usage: Usage, before?: Quota) {
    this.#rule = rule;
    this.#counts = before ? before.#counts : countsFrom(usage);
    const { all, period, day } = this.#counts;
    all.seed(usage.period, new Map([['', usage.calls]]));
    period.seed(usage.period, bySubject(usage.ofPeriod));
    day.seed(usage.day, bySubject(usage.ofDay));
  }

  /** Why this call would not be let through now, or undefined. Takes nothing. */
  exhausted(call: Counted, at: Instant): Exhausted | undefined {
    this.#move(at);
    const found = this.#rule.limits
      .filter((limit) => isOn(limit, call) && this.#count(limit, call) >= limit.calls)
      .map((limit): Exhausted => ({ limit, wait: this.#wait(limit, call, at.now) }));
    const { includedCalls, overage } = this.#rule;
    if (overage === 'block' && this.#counts.all.count('') >= includedCalls) {
      found.push({ limit: 'included', wait: includedCalls === 0 ? null : this.#counts.all.until(at.now, nextPeriod) });
    }
    // The one that lasts longest: who waits for a shorter one would only meet this next.
    const wait = (each: Exhausted | undefined): number => (each ? (each.wait ?? Infinity) : -1);
    return found.reduce<Exhausted | undefined>((one, other) => (wait(other) > wait(one) ? other : one), undefined);
  }

  /** Takes one call of everything that counts it, and returns what gives it back; or says why there is none. All or nothing. */
  take(call: Counted, at: Instant): Result<() => void, Exhausted> {
    const exhausted = this.exhausted(call, at);
    if (exhausted) return err(exhausted);
    const subjects = pers.map((per) => subjectOf(per, call[per]));
    const { all, period, day, minute } = this.#counts;
    const givenBack = [all.add(['']), period.add(subjects), day.add(subjects), minute.add(subjects)];
    let isReleased = false;
    return ok(() => {
      if (isReleased) return;
      isReleased = true;
      for (const giveBack of givenBack) giveBack();
    });
  }

  usage(): { period: string; calls: number; included: number; overage: 'allow' | 'block' } {
    const { all } = this.#counts;
    return { period: all.name, calls: all.count(''), included: this.#rule.includedCalls, overage: this.#rule.overage };
  }

  #move({ now, clock }: Instant): void {
    const { all, period, day, minute } = this.#counts;
    all.move(periodOf(now));
    period.move(periodOf(now));
    day.move(dayOf(now));
    minute.move(clock);
  }

  #count({ per, window }: CallLimit, call: Counted): number {
    return this.#counts[window].count(subjectOf(per, call[per]));
  }

  #wait({ per, window, calls }: CallLimit, call: Counted, now: number): number | null {
    if (calls === 0) return null;
    const { minute, day, period } = this.#counts;
    if (window === 'minute') return minute.untilBelow(calls, subjectOf(per, call[per]));
    return window === 'day' ? day.until(now, nextDay) : period.until(now, nextPeriod);
  }
}

interface Counts {
  /** Every call of the month, whoever made it. */
  readonly all: Since;
  readonly period: Since;
  readonly day: Since;
  readonly minute: Recent;
}

function countsFrom({ ofMinute }: Usage): Counts {
  const minute = new Recent();
  minute.seed(bySubject(ofMinute));
  return { all: new Since(), period: new Since(), day: new Since(), minute };
}

const pers = ['technician', 'client', 'customer', 'tool'] as const satisfies readonly CallLimit['per'][];

const isOn = ({ per, of }: CallLimit, call: Counted): boolean => of === null || of === call[per];

function bySubject(tallies: readonly Tally[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tally of tallies) {
    for (const per of pers) {
      const subject = subjectOf(per, tally[per]);
      counts.set(subject, (counts.get(subject) ?? 0) + tally.calls);
    }
  }
  return counts;
}

const nextDay = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) + 24 * 60 * 60 * 1000;

function nextPeriod(period: string): number {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return Date.UTC(year, month, 1); // Months count from 0 there, so this is the one after.
}
