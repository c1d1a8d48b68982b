/** What a ledger answers to the window, over entries that the fixture has or makes up: pages, outlines, proofs, checkpoints. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { LedgerFilter, Outline, Progress } from '../../src-shared/contract/ledger.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { checkpointBody, originOf } from '../../src-shared/merkle/checkpoint.ts';
import { signedNote, toBase64 } from '../../src-shared/merkle/note.ts';
import { inclusionProof, split, type Subtree } from '../../src-shared/merkle/proof.ts';
import { leafHash, nodeHash } from '../../src-shared/merkle/tree.ts';
import type { Entry } from '../../src-shared/model/entry.ts';

/** What can be searched of an entry. */
export interface Facts {
  readonly kind: Entry['kind'];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly customer: string | null;
  readonly cross: string | undefined;
  readonly technician: string;
  readonly client: string;
  readonly tool: string | undefined;
  readonly isDenied: boolean;
}

export interface FixtureLedger {
  readonly count: number;
  entry(seq: number): Entry;
  facts(seq: number): Facts;
  /** Hashes of the tree of the first `size` entries. */
  readonly subtree: Subtree;
}

export interface Where {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
  readonly filter: LedgerFilter;
}

export const sha256 = (bytes: Uint8Array | string): Uint8Array => createHash('sha256').update(bytes).digest();

export const device = 'test';
const keys = generateKeyPairSync('ed25519');
const publicKey = keys.publicKey.export({ format: 'jwk' }).x ?? '';
export const deviceKey = { name: originOf('northway', device), publicKey };

/** A policy as a company signs it: a compact JWS. Of what it says only the version and the tenant are looked at here. */
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signedPart = `${part({ alg: 'EdDSA', typ: 'bulkhead-bundle+jwt' })}.${part({ version: 41, tenant: { id: 'northway' } })}`;
export const signedPolicy = {
  version: 41,
  bundle: `${signedPart}.${sign(null, Buffer.from(signedPart), keys.privateKey).toString('base64url')}`,
  tenantKey: publicKey,
};

/** The leaf of an entry, as docs/audit-format.md says. */
export const leafOf = (entry: Omit<Entry, 'leaf'>): Uint8Array =>
  leafHash(new TextEncoder().encode(canonical(entry)), sha256);

export function pageOf(ledger: FixtureLedger, { after, before, limit, filter }: Where) {
  const isBackward = before !== undefined && after === undefined;
  const low = after ?? 0;
  const high = Math.min(before ?? ledger.count + 1, ledger.count + 1);
  const found: number[] = [];
  const look = (seq: number): boolean => {
    if (fits(ledger.facts(seq), filter)) found.push(seq);
    return found.length <= limit;
  };
  if (isBackward) for (let seq = high - 1; seq > low && look(seq); seq--);
  else for (let seq = low + 1; seq < high && look(seq); seq++);
  const seqs = found.slice(0, limit);
  if (isBackward) seqs.reverse();
  return { entries: seqs.map((seq) => ledger.entry(seq)), isEnd: found.length <= limit };
}

/** Walks all entries, tells how far it is now and then, and stops when it is told to. */
export async function outlineOf(
  ledger: FixtureLedger,
  { filter, spans: wanted }: { filter: LedgerFilter; spans: number },
  { signal, tell }: { signal: AbortSignal; tell: (progress: Progress) => void },
): Promise<Outline> {
  const every = 500;
  if (Object.keys(filter).length === 0) return wholeOutline(ledger, wanted, every);
  const marks: number[] = [];
  const times: number[] = [];
  const denied: number[] = [];
  for (let seq = 1; seq <= ledger.count; seq++) {
    if (seq % 50_000 === 0) {
      tell({ entries: seq, of: ledger.count });
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
    }
    const facts = ledger.facts(seq);
    if (!fits(facts, filter)) continue;
    if (times.length % every === 0) marks.push(seq);
    if (facts.isDenied) denied.push(facts.at);
    times.push(facts.at);
  }
  return { entries: times.length, upTo: ledger.count, every, marks, spans: spansOf(times, denied, wanted) };
}

/** Of a ledger without a filter: of a long one every so many entries are looked at, and stand for those around them. */
function wholeOutline(ledger: FixtureLedger, wanted: number, every: number): Outline {
  const { count } = ledger;
  const step = Math.max(1, Math.floor(count / 20_000));
  const looked = Array.from({ length: Math.ceil(count / step) }, (_, place) => ledger.facts(1 + place * step));
  const denied = looked.filter(({ isDenied }) => isDenied).map(({ at }) => at);
  const spans = spansOf(
    looked.map(({ at }) => at),
    denied,
    wanted,
  ).map((span) => ({ ...span, entries: span.entries * step, denied: span.denied * step }));
  const marks = Array.from({ length: Math.ceil(count / every) }, (_, mark) => 1 + mark * every);
  return { entries: count, upTo: count, every, marks, spans };
}

/** The signed tree head of all entries. */
export function checkpointOf(ledger: FixtureLedger): { entries: number; note: string; isSigned: boolean } {
  const size = ledger.count;
  const body = checkpointBody({ origin: deviceKey.name, size, root: ledger.subtree(0, size) });
  const key = { name: deviceKey.name, publicKey: Buffer.from(publicKey, 'base64url') };
  const note = signedNote(body, key, sign(null, Buffer.from(body), keys.privateKey), sha256);
  return { entries: size, note, isSigned: true };
}

export const pathsOf = (ledger: FixtureLedger, { size, seqs }: { size: number; seqs: readonly number[] }): string[][] =>
  seqs.map((seq) => inclusionProof({ index: seq - 1, size }, ledger.subtree).map(toBase64));

/** Entries that are there one and all, as the made-up MSP records them. */
export function recordedLedger(entries: readonly Entry[]): FixtureLedger {
  const known = new Map<string, Uint8Array>();
  const subtree: Subtree = (from, to) => {
    const name = `${from}-${to}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const middle = from + split(to - from);
    const node =
      to - from === 1
        ? Buffer.from(at(from + 1).leaf, 'hex')
        : nodeHash(subtree(from, middle), subtree(middle, to), sha256);
    known.set(name, node);
    return node;
  };
  const at = (seq: number): Entry => {
    const entry = entries[seq - 1];
    if (entry === undefined) throw new Error(`no entry ${seq}`);
    return entry;
  };
  return {
    get count() {
      return entries.length;
    },
    entry: at,
    facts: (seq) => factsOf(at(seq)),
    subtree,
  };
}

function factsOf({ kind, at, customer, cross, principal, tool, gates }: Entry): Facts {
  const isDenied = kind === 'call.denied' || gates?.some(({ ok }) => !ok) === true;
  return {
    kind,
    at: Date.parse(at),
    customer,
    cross,
    technician: principal.name,
    client: principal.client,
    tool,
    isDenied,
  };
}

function fits(
  facts: Facts,
  { kinds, customer, cross, technician, from, to, tool, client, denied }: LedgerFilter,
): boolean {
  return (
    (kinds === undefined || kinds.includes(facts.kind)) &&
    (customer === undefined || facts.customer === customer) &&
    (cross === undefined || facts.cross === cross) &&
    (technician === undefined || facts.technician === technician) &&
    (tool === undefined || facts.tool === tool) &&
    (client === undefined || facts.client === client) &&
    (denied === undefined || facts.isDenied) &&
    (from === undefined || facts.at >= Date.parse(from)) &&
    (to === undefined || facts.at <= Date.parse(to))
  );
}

function spansOf(times: readonly number[], denied: readonly number[], wanted: number): Outline['spans'] {
  if (times.length === 0) return [];
  // Entries of the made-up MSP are not all in order of their time.
  const first = times.reduce((least, at) => Math.min(least, at));
  const last = times.reduce((most, at) => Math.max(most, at));
  const width = Math.max(1, Math.ceil((last - first + 1) / wanted));
  const count = Math.ceil((last - first + 1) / width);
  const spans = Array.from({ length: count }, (_, place) => ({
    from: new Date(first + place * width).toISOString(),
    entries: 0,
    denied: 0,
  }));
  const span = (at: number) => spans[Math.floor((at - first) / width)];
  for (const at of times) {
    const found = span(at);
    if (found !== undefined) found.entries += 1;
  }
  for (const at of denied) {
    const found = span(at);
    if (found !== undefined) found.denied += 1;
  }
  return spans;
}
