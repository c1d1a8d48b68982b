/**
 * Checks the texts of the policies that were in force before the one at the end: a line for each text that an entry of policies.jsonl
 * names, in the order in which they came, and in it that text, or a word for why it is not there. That word is the device's;
 * nothing proves it.
 */
import { appliedBy } from './applied-policy.ts';
import { readJson } from './canonical.ts';
import { entryOf } from './entry.ts';
import { changed } from './manifest.ts';
import { type Policy, policyOf } from './policy.ts';
import type { Bad, EvidenceVerdict } from './verdict.ts';
import { eachLine, type EntryLines } from './verify-entries.ts';

const name = 'earlier-policies.jsonl';
/** A hash of each is held. No company signs a policy every hour for ten years. */
const mostTexts = 100_000;

interface Texts {
  /** The lines of policies.jsonl, which were found to be in order. */
  readonly applied: EntryLines;
  /** The lines of earlier-policies.jsonl; undefined where it is not there, as in bundles of before. */
  readonly texts: EntryLines | undefined;
  /** That of policy.json: no line repeats it. */
  readonly last: Policy | undefined;
  readonly tenant: string;
}

export interface CheckedTexts {
  readonly policies?: NonNullable<EvidenceVerdict['policies']>;
  readonly bad?: Bad;
}

export async function checkEarlierPolicies({ applied, texts, last, tenant }: Texts): Promise<CheckedTexts> {
  const seen = new Set<string>(); // A hash each, however long the texts are.
  const lines = texts && eachLine(texts);
  let withText = 0;
  for await (const { seq, version, sha256 } of namedIn(applied)) {
    const text = sha256 ?? `version ${version}`;
    if (seen.has(text)) continue;
    seen.add(text);
    if (seen.size > mostTexts) return { bad: { seq, what: 'inserted', problem: tooMany } };
    if (sha256 === undefined) continue;
    const isLast = sha256 === last?.sha256;
    if (isLast) withText += 1;
    if (isLast || !texts || !lines) continue;

    const next = await lines.next();
    if (next.done) return { bad: missing(seq) };
    const line = readLine(next.value);
    if (line && line.sha256 !== sha256) {
      const isKnown = seen.has(line.sha256) || line.sha256 === last?.sha256;
      return { bad: await misplaced({ seq, sha256, found: line.sha256, isKnown, applied, texts }) };
    }
    const why = wrong(line, version, tenant);
    if (why !== undefined) return { bad: changed(name, `the policy of entry ${seq} ${why}`, seq) };
    if (line?.bundle !== undefined) withText += 1;
  }
  if (lines && !(await lines.next()).done) return { bad: inserted(0) };
  return seen.size > 0 ? { policies: { inForce: seen.size, withText } } : {};
}

interface Named {
  readonly seq: number;
  readonly version: number;
  /** Undefined in entries of before. */
  readonly sha256: string | undefined;
}

/** What the entries put in force, one after the other. */
async function* namedIn(applied: EntryLines): AsyncGenerator<Named> {
  for await (const line of eachLine(applied)) {
    const entry = entryOf((readJson(line) as { entry?: unknown } | null | undefined)?.entry);
    const { version, sha256 } = (entry && appliedBy(entry)) ?? {};
    if (entry && version !== undefined) yield { seq: entry.seq, version, sha256: isHash(sha256) ? sha256 : undefined };
  }
}

interface Line {
  readonly version: unknown;
  readonly sha256: string;
  /** Undefined where the line only says that it is not kept. */
  readonly bundle?: unknown;
  readonly tenantKey?: unknown;
}

/** What a line holds; undefined for any other. */
function readLine(line: string): Line | undefined {
  const value = readJson(line);
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, sha256, why, bundle, tenantKey } = value as Readonly<Record<string, unknown>>;
  if (!isHash(sha256)) return undefined;
  const names = Object.keys(value).sort().join(' ');
  if (names === 'sha256 version why') return why === 'not kept' ? { version, sha256 } : undefined;
  const isText = names === 'bundle sha256 tenantKey version' && typeof bundle === 'string';
  return isText ? { version, sha256, bundle, tenantKey } : undefined;
}

/** What is wrong with the line of a policy, if anything is; undefined is a line that is none. */
function wrong(line: Line | undefined, version: number, tenant: string): string | undefined {
  if (!line) return 'is not there: something else is';
  if (line.version !== version) return 'is said to be of another version than the ledger says';
  if (line.bundle === undefined) return undefined;
  const policy = policyOf(line, tenant);
  if (!policy) return "is not signed by the company's key it names";
  return policy.sha256 === line.sha256 ? undefined : 'is not the text that the ledger says was put in force';
}

interface Misplaced {
  /** The entry that named the text whose place this is. */
  readonly seq: number;
  readonly sha256: string;
  /** What is there. */
  readonly found: string;
  /** It was there before, or is in policy.json. */
  readonly isKnown: boolean;
  readonly applied: EntryLines;
  readonly texts: EntryLines;
}

/** In the place of one policy is the line of another: is it one too many, or is the one elsewhere or gone? */
async function misplaced({ seq, sha256, found, isKnown, applied, texts }: Misplaced): Promise<Bad> {
  if (isKnown || !(await isNamed(found, applied))) return inserted(seq);
  for await (const line of eachLine(texts)) {
    if (readLine(line)?.sha256 !== sha256) continue;
    const problem = `In ${name} the policy of entry ${seq} is behind a later one.`;
    return { seq, what: 'reordered', problem };
  }
  return missing(seq);
}

async function isNamed(sha256: string, applied: EntryLines): Promise<boolean> {
  for await (const named of namedIn(applied)) if (named.sha256 === sha256) return true;
  return false;
}

const missing = (seq: number): Bad => ({
  seq,
  what: 'missing',
  problem: `Entry ${seq} put a policy in force, and nothing is said of it in ${name}.`,
});

const inserted = (seq: number): Bad => ({
  seq,
  what: 'inserted',
  problem: `There is a policy in ${name} that no entry asks for${seq === 0 ? '' : `, in the place of that of entry ${seq}`}.`,
});

const tooMany = `There are more than ${mostTexts} policies: no company had as many in force.`;

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
