// Times as the vendor writes them: seconds and a Z, no milliseconds (pax8.md §3).

export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** When a term (`1-Year`, `3-Year`, `Monthly`) that begins then ends. */
export function endOfTerm(start: number, term: string): number {
  const date = new Date(start);
  const years = /^(\d)-Year$/.exec(term)?.[1];
  if (years === undefined) return date.setUTCMonth(date.getUTCMonth() + 1);
  return date.setUTCFullYear(date.getUTCFullYear() + Number(years));
}
