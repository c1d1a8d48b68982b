/** Every word on screen comes from a language file through `t`; `en.ts` is the first one. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes.
});

export const t = i18next.t;

/** Words that a terminal shows as well: a command stands in quotes here, where backticks are no sign of anything. */
export const windowWords = (text: string): string => text.replaceAll(/`([^`]*)`/g, '“$1”');

const numbers = new Intl.NumberFormat('en');
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export const number = (value: number): string => numbers.format(value);
export const clock = (at: string): string => clockTime.format(new Date(at));

/** When an entry was recorded: by the clock of then, where its place in the ledger gave it a later time. */
export const timeOf = ({ at, clock: said }: { readonly at: string; readonly clock?: string | undefined }): string =>
  said ?? at;

/** The time of day today, day and time before that. */
export function moment(at: string, now = new Date()): string {
  const then = new Date(at);
  return then.toDateString() === now.toDateString() ? shortTime.format(then) : dayTime.format(then);
}

/** The day, with its year. */
export const day = (at: string): string => date.format(new Date(at));
/** Day and time, for where a list may go back for years: to the minute, and to the second. */
export const minute = (at: string): string => `${day(at)} ${shortTime.format(new Date(at))}`;
export const second = (at: string): string => `${day(at)} ${clock(at)}`;

/** How long ago, in the largest whole unit: "3 minutes ago", "yesterday". */
export function age(at: string, now = Date.now()): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  if (seconds > -45) return t('time.now');
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/** Milliseconds as the window writes them everywhere. */
export const took = (ms: number): string =>
  ms < 10 ? `${ms.toFixed(ms < 1 ? 2 : 1)} ms` : `${number(Math.round(ms))} ms`;
