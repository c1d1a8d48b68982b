// The demo's calendar: 24 months that end at a fixed "now", so that the file never depends on the day it was made.

export const demoNow = Date.UTC(2026, 10, 20, 16, 0, 0);
export const demoStart = Date.UTC(2024, 10, 20, 8, 0, 0);

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The time as Halo writes it. */
export function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** Moves a time into working hours, Monday to Friday, 08:00 to 17:59, keeping the minutes. */
export function workingTime(at: number): number {
  const date = new Date(at);
  const weekday = date.getUTCDay();
  const shift = weekday === 6 ? -1 : weekday === 0 ? -2 : 0;
  const hourOfDay = 8 + (date.getUTCHours() % 10);
  return Date.UTC(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate() + shift,
    hourOfDay,
    date.getUTCMinutes(),
  );
}
