/** Counts admitted calls by who called what for whom. Looks at a bounded piece at a time, so that recording goes on meanwhile. */
import type { Tally } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Sqlite } from './database.ts';
import { clockColumn, knownTime, type Times } from './known-times.ts';
import { turn } from './turn.ts';

/** Intents looked at in one go: a few milliseconds. */
const piece = 2000;
const mostRows = 100_000;

/** From an instant on, as entries have it, and what it is now. */
export interface Since {
  readonly from: string;
  readonly now: string;
  readonly signal: AbortSignal;
}

interface Intent extends Omit<Tally, 'calls'>, Times {
  readonly seq: number;
}

/** Of a customer's call: whether it was admitted since the instant. Undefined: as the next one of which it is known, or as now. */
interface Admitted {
  readonly intent: Intent;
  readonly isSince: boolean | undefined;
}

type Calls = Map<string, Tally>;

/** How many calls of customers were admitted at or after an instant. */
export async function countIntents(db: Sqlite, since: Since): Promise<number> {
  const { from, now } = since;
  const hasLater = db.prepare<[string], number>("SELECT 1 FROM entry WHERE kind = 'call.intent' AND at > ? LIMIT 1");
  if (hasLater.get(now) === undefined) {
    const count = db.prepare<[string], number>(
      "SELECT count(*) FROM entry WHERE kind = 'call.intent' AND customer IS NOT NULL AND at >= ?",
    );
    return count.pluck().get(from) ?? 0;
  }
  let [calls, unknown] = [0, 0];
  for await (const { isSince } of intents(db, since)) {
    unknown += 1;
    if (isSince === undefined) continue;
    if (isSince) calls += unknown;
    unknown = 0;
  }
  return calls + unknown;
}

/** The same by who called what for whom. Faults: TOO_MANY. */
export async function tallyIntents(db: Sqlite, since: Since): Promise<Tally[]> {
  const tallies: Calls = new Map();
  const unknown: Calls = new Map();
  for await (const { intent, isSince } of intents(db, since)) {
    if (isSince === true) count({ ...intent, calls: 1 }, tallies);
    if (isSince === undefined) count({ ...intent, calls: 1 }, unknown);
    else settle(unknown, isSince ? tallies : undefined);
  }
  settle(unknown, tallies);
  return [...tallies.values()];
}

/**
 * The index over intents by time is walked from the instant on, so that the time it takes depends on how many calls there were
 * since, and not on how long the ledger is; unless the clock was ahead of now once.
 */
async function* intents(db: Sqlite, { from, now, signal }: Since): AsyncGenerator<Admitted> {
  const select = db.prepare<[string, string, number], Intent>(sql);
  let [at, seq, latest] = [from, 0, ''];
  for (;;) {
    const found = select.all(now, at, seq);
    for (const intent of found) {
      const time = knownTime(intent, now);
      if (time !== undefined && time > latest) latest = time;
      yield { intent, isSince: time === undefined ? undefined : latest >= from };
    }
    const last = found.at(-1);
    if (!last || found.length < piece) return;
    ({ at, seq } = last);
    await turn();
    signal.throwIfAborted();
  }
}

/** What a tampered file holds in the place of JSON counts under no name, and stops nobody from working. */
const member = (path: string): string => `coalesce(iif(json_valid(text), text ->> '${path}', ''), '')`;

const sql = `SELECT at, seq, ${clockColumn}, principal AS technician, customer, ${member('$.principal.client')} AS client, ${member('$.tool')} AS tool
  FROM entry WHERE kind = 'call.intent' AND customer IS NOT NULL AND (at, seq) > (?, ?) ORDER BY at, seq LIMIT ${piece}`;

function settle(unknown: Calls, into: Calls | undefined): void {
  if (into) for (const tally of unknown.values()) count(tally, into);
  unknown.clear();
}

function count({ technician, client, customer, tool, calls }: Tally, tallies: Calls): void {
  const key = JSON.stringify([technician, client, customer, tool]);
  const before = tallies.get(key)?.calls ?? 0;
  if (before === 0 && tallies.size >= mostRows)
    throw new Fault('TOO_MANY', 'There are too many different calls to tell them.');
  tallies.set(key, { technician, client, customer, tool, calls: before + calls });
}
