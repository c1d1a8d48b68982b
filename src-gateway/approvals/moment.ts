/**
 * An instant by two clocks. `at`, the monotonic one, cannot be set; but it may stand still while the machine sleeps. `now`,
 * the wall clock (milliseconds since 1970), runs on; but anyone may set it. What ends by either has ended: no clock that
 * is set back, and no lid that is closed, keeps an approval alive.
 */
export interface Moment {
  readonly at: number;
  readonly now: number;
}

export const after = ({ at, now }: Moment, ms: number): Moment => ({ at: at + ms, now: now + ms });

export const isPast = (end: Moment, moment: Moment): boolean => !(moment.at < end.at && moment.now < end.now);

/** The end as a person reads it on the clock that is set now. */
export const shownEnd = (end: Moment, { at, now }: Moment): string =>
  new Date(Math.min(end.now, now + Math.max(0, end.at - at))).toISOString();
