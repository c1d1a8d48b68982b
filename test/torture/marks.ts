// What one call asks for that no other call asks for: a number, in words or as the id of a record that is not there. It is seen
// in the vendor's requests and in the ledger, so that both can be matched without trusting anything in between.

/** In range of every vendor's ids, and nobody's. */
const nobodys = 1_000_000_000;

export const markText = (mark: number): string => `torturemark${mark}end`;
export const markId = (mark: number): number => nobodys + mark;

/** The mark in what a vendor was asked: its path, its query, its body. */
export function markAsked(path: string, query: string, body: string): number | null {
  const text = /torturemark(\d+)end/.exec(`${query} ${body}`)?.[1];
  if (text !== undefined) return Number(text);
  const id = /\/(1\d{9})(?:\/|$)/.exec(path)?.[1] ?? /(?:^|&)\w*id=(1\d{9})(?:&|$)/.exec(query)?.[1];
  return id === undefined ? null : Number(id) - nobodys;
}

/** The mark in the arguments of a call, as the ledger keeps them. */
export function markRecorded(args: unknown): number | null {
  const text = /torturemark(\d+)end/.exec(JSON.stringify(args) ?? '')?.[1];
  if (text !== undefined) return Number(text);
  const id = typeof args === 'object' && args !== null && 'id' in args ? Number(args.id) : 0;
  return id > nobodys ? id - nobodys : null;
}
