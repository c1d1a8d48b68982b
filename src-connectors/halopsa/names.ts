// What Halo's numbers are called: status 2 is "In Progress". Reference data of the MSP, no customer's (halopsa.md §5.11),
// so it is kept for a while in this worker. A record without names is better than no record: failing here is silent.
import { canonicalId, isRow, textOf } from '../row.ts';
import type { Names, Powers, ToolCall } from '../vendor.ts';

/** Reads a bare array of the API. */
export type ReadArray = (path: string, call: ToolCall) => Promise<readonly unknown[]>;

export function haloNames(read: ReadArray, now: Powers['now']): (call: ToolCall) => Promise<Names> {
  let known: Promise<Names> | undefined;
  let goodUntil = 0;
  return (call) => {
    if (known !== undefined && now() < goodUntil) return known;
    goodUntil = now() + keptMs;
    known = readAll(read, call).then((names) => {
      if (Object.values(names).some(({ size }) => size === 0)) goodUntil = now() + retryMs;
      return names;
    });
    return known;
  };
}

async function readAll(read: ReadArray, call: ToolCall): Promise<Names> {
  const [status, priority, type] = await Promise.all([
    named(read('/Status', call), 'id'),
    named(read('/Priority', call), 'priorityid'), // `id` is a GUID there, tickets refer to this (§4.5).
    named(read('/TicketType', call), 'id'),
  ]);
  return { status, priority, type };
}

async function named(reading: ReturnType<ReadArray>, id: string): Promise<ReadonlyMap<string, string>> {
  try {
    const rows = (await reading).filter(isRow);
    const pairs = rows.map((row): [string | undefined, string | undefined] => [
      canonicalId(row[id]),
      textOf(row, 'name', 80),
    ]);
    return new Map(pairs.filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined));
  } catch {
    return new Map(); // Numbers without names until the next reading; the call itself finds out what is wrong.
  }
}

const keptMs = 10 * 60_000;
const retryMs = 30_000;
