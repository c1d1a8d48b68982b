// A query string read the lenient way the emulated vendors read theirs: names in any case, the first value of a name
// counts, and a number that is not one is no number. The caller controls every byte of it.

export type Query = {
  has(name: string): boolean;
  /** '' when absent. */
  text(name: string): string;
  /** A positive whole number, else 0. Filters treat 0 as "no filter": that is how the real ones fail open. */
  whole(name: string): number;
  /** The positive whole numbers of a comma-separated list. */
  wholes(name: string): readonly number[];
  flag(name: string): boolean;
};

export function parseQuery(search: string): Query {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, value);
  }
  const text = (name: string) => values.get(name.toLowerCase()) ?? '';
  return {
    has: (name) => text(name) !== '',
    text,
    whole: (name) => toWhole(text(name)),
    wholes: (name) =>
      text(name)
        .split(',')
        .map(toWhole)
        .filter((value) => value > 0),
    flag: (name) => text(name).toLowerCase() === 'true',
  };
}

function toWhole(text: string): number {
  return /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0;
}
