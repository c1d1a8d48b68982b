/**
 * Checks the bodies of a bundle: a line for each entry that commits to one, in order, and in it what was committed to, or a
 * word for why it is not there. That word is the device's; nothing proves it.
 */
import { hash } from 'node:crypto';
import { canonicalText, readJson } from './canonical.ts';
import { type Entry, readEntry } from './entry.ts';
import type { Bad, EvidenceVerdict } from './verdict.ts';
import { eachLine, type EntryLines } from './verify-entries.ts';

export interface CheckedBodies {
  readonly bodies: NonNullable<EvidenceVerdict['bodies']>;
  readonly bad?: Bad;
}

/** `entries` are known to be in order. */
export async function checkBodies(entries: EntryLines, bodies: EntryLines): Promise<CheckedBodies> {
  let opened = 0;
  let absent = 0;
  const found = (bad?: Bad): CheckedBodies => ({ bodies: { opened, absent }, ...(bad ? { bad } : {}) });
  const lines = eachLine(bodies);
  for await (const line of eachLine(entries)) {
    const entry = readEntry(line);
    if (!entry?.body) continue;
    const next = await lines.next();
    const read = next.done ? 'missing' : readBody(next.value);
    const bad = isMissing(entry, read) ? missing(entry) : wrong(entry, read as Body | undefined);
    if (bad) return found(bad);
    if ((read as Body).body === undefined) absent += 1;
    else opened += 1;
  }
  const more = await lines.next();
  if (more.done) return found();
  const seq = readBody(more.value)?.seq ?? 0;
  return found({ seq, what: 'inserted', problem: `There is a body that no entry commits to (${seq}).` });
}

interface Body {
  readonly seq: number;
  readonly body?: unknown;
}

const reasons: readonly unknown[] = ['dropped', 'destroyed', 'lost', 'locked', 'damaged'];

/** The body a line holds, or only its place when it says why there is none; undefined for any other line. */
function readBody(line: string): Body | undefined {
  const value = readJson(line) as Record<string, unknown> | null | undefined;
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return undefined;
  const { seq, body, why } = value;
  if (!Number.isSafeInteger(seq)) return undefined;
  if (reasons.includes(why)) return { seq: seq as number };
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? { seq: seq as number, body } : undefined;
}

const isMissing = ({ seq }: Entry, read: Body | 'missing' | undefined): boolean =>
  read === 'missing' || (read !== undefined && read.seq > seq);

function wrong({ seq, body: committed }: Entry, read: Body | undefined): Bad | undefined {
  if (!read) return { seq, what: 'changed', problem: `In the place of the body of entry ${seq} is something else.` };
  if (read.seq !== seq)
    return { seq: read.seq, what: 'inserted', problem: `The body of entry ${read.seq} does not belong there.` };
  if (read.body === undefined || isCommittedTo(read.body, committed)) return undefined;
  return {
    seq,
    what: 'changed',
    problem: `The body of entry ${seq} was changed: it is not what the entry commits to.`,
  };
}

/** Whether lower-case hex of SHA-256 over salt and canonical body is the commitment. */
function isCommittedTo(body: unknown, { commitment, salt }: Partial<NonNullable<Entry['body']>> = {}): boolean {
  if (typeof salt !== 'string' || typeof commitment !== 'string') return false;
  try {
    return hash('sha256', `${salt}${canonicalText(body)}`, 'hex') === commitment;
  } catch {
    return false; // Half a surrogate pair: no such body was recorded.
  }
}

const missing = ({ seq }: Entry): Bad => ({
  seq,
  what: 'missing',
  problem: `Entry ${seq} commits to a body, and nothing is said of it.`,
});
