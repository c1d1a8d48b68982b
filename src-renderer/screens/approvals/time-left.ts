/** How long a person has left, as a clock shows it and as one says it. */
import { useSyncExternalStore } from 'react';
import { t } from '../../words.ts';

/** Whole seconds until then, never less than none. */
export const secondsLeft = (until: string, now: number): number =>
  Math.max(0, Math.ceil((new Date(until).getTime() - now) / 1000));

/** "4:32", or "1:04:32" where it is hours. */
export function asClock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** "5 minutes". Rounded to the nearest, so that a fresh request says its whole time. */
export function asMinutes(seconds: number): string {
  return seconds < 60
    ? t('approvals.time.lastMinute')
    : t('approvals.time.minutes', { count: Math.round(seconds / 60) });
}

/** The time, told once a second to whoever shows it. One timer for all of them, and none while nobody does. */
export const useNow = (): number => useSyncExternalStore(listen, read);

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function read(): number {
  if (listeners.size === 0 && Date.now() - now > 1000) now = Date.now(); // It must not change within one drawing.
  return now;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
