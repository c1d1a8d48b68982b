/** Counts admitted calls by who called what for whom. Looks at a bounded piece at a time, so that recording goes on meanwhile. */
import type { Tally } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Sqlite } from './database.ts';
import { turn } from './turn.ts';

/** Intents looked at in one go: a few milliseconds. */
const piece = 2000;
const mostRows = 100_000;

interface Intent extends Omit<Tally, 'calls'> {
  readonly at: string;
  readonly seq: number;
}

/**
 * Calls of customers admitted at or after an instant (RFC 3339). The index over intents by time is walked from there, so that
 * the time it takes depends on how many calls there were since, and not on how long the ledger is. Faults: TOO_MANY.
 */
export async function tallyIntents(db: Sqlite, from: string, signal: AbortSignal): Promise<Tally[]> {
  const select = db.prepare<[string, number], Intent>(sql);
  const tallies = new Map<string, Tally>();
  let [at, seq] = [new Date(from).toISOString(), 0];
  for (;;) {
    const found = select.all(at, seq);
    for (const intent of found) count(intent, tallies);
    const last = found.at(-1);
    if (!last || found.length < piece) return [...tallies.values()];
    ({ at, seq } = last);
    await turn();
    signal.throwIfAborted();
  }
}

/** What a tampered file holds in the place of JSON counts under no name, and stops nobody from working. */
const member = (path: string): string => `coalesce(iif(json_valid(text), text ->> '${path}', ''), '')`;

const sql = `SELECT at, seq, principal AS technician, customer, ${member('$.principal.client')} AS client, ${member('$.tool')} AS tool
  FROM entry WHERE kind = 'call.intent' AND customer IS NOT NULL AND (at, seq) > (?, ?) ORDER BY at, seq LIMIT ${piece}`;

function count({ technician, client, customer, tool }: Intent, tallies: Map<string, Tally>): void {
  const key = JSON.stringify([technician, client, customer, tool]);
  const calls = (tallies.get(key)?.calls ?? 0) + 1;
  if (calls === 1 && tallies.size >= mostRows)
    throw new Fault('TOO_MANY', 'There are too many different calls to tell them.');
  tallies.set(key, { technician, client, customer, tool, calls });
}
