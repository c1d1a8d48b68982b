// Which records a call answered, for its entry in the ledger: their ids, and nothing of what they say. A name or a subject is
// a person's words, and of a credential the secret itself; an id leads whoever may look to the record.
import type { JsonObject } from '../src-shared/model/json-object.ts';
import type { z } from 'zod';

/** `records` in the order they were answered, each with its ids alone; `more` counts those for which there was no room. */
export interface RecordSummary {
  readonly records: readonly Readonly<Record<string, string | number>>[];
  readonly more?: number;
}

const mostRecords = 100;
/** Bytes of JSON, below what the ledger keeps of a body. */
const mostBytes = 6000;
const mostIds = 8;

/** The records are a vendor's, as they left to the caller: how many there are, and how long an id is, is theirs to choose. */
export function summarise(records: readonly z.infer<typeof JsonObject>[]): RecordSummary {
  const kept: Record<string, string | number>[] = [];
  let bytes = 0;
  for (const record of records.slice(0, mostRecords)) {
    const ids = idsOf(record);
    bytes += Buffer.byteLength(JSON.stringify(ids)) + 1;
    if (bytes > mostBytes) break;
    kept.push(ids);
  }
  const more = records.length - kept.length;
  return { records: kept, ...(more === 0 ? {} : { more }) };
}

/**
 * Its `id`, with its `kind` where a vendor counts the ids of each kind from one; of a record that has none, such as a reply
 * to a ticket, what it names by id. One without either is an empty object: it still counts.
 */
function idsOf(record: z.infer<typeof JsonObject>): Record<string, string | number> {
  const isWanted = isId(record['id']) ? isOwnId : isIdName;
  return Object.fromEntries(
    Object.entries(record)
      .flatMap(([name, value]): [string, string | number][] => (isWanted(name) && isId(value) ? [[name, value]] : []))
      .slice(0, mostIds),
  );
}

const isOwnId = (name: string): boolean => name === 'id' || name === 'kind';
const isIdName = (name: string): boolean => name === 'kind' || /^[a-z][a-zA-Z0-9]{0,30}Id$/.test(name);

/** A number, or one word: no id has room for a sentence. */
const isId = (value: unknown): value is string | number =>
  typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value);
