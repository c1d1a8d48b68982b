/** Where an instant falls in the week of one place: weekday 1 (Monday) to 7, and the minute of its day. */
export interface LocalTime {
  readonly weekday: number;
  readonly minute: number;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Reads instants (milliseconds since 1970) in an IANA time zone.
 * @throws RangeError when there is no such time zone
 */
export function localTimeIn(timeZone: string): (now: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  // Calls come many to a minute, and the calendar is slower to ask than the policy.
  let latest: { readonly at: number; readonly time: LocalTime } | undefined;
  return (now) => {
    const at = Math.floor(now / 60_000);
    if (latest?.at !== at) latest = { at, time: read(format, now) };
    return latest.time;
  };
}

function read(format: Intl.DateTimeFormat, now: number): LocalTime {
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const weekday = weekdays.findIndex((day) => day === parts.get('weekday')) + 1;
  return { weekday, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}
