/**
 * Every way to tamper with an export of 10,000 entries that can be counted, each judged by the verifier itself: a tampered
 * export is the same as the true one up to the first entry that is not, so each is judged from where the true one stands
 * there (`Walk` goes on where another stands) to the first trouble, or to the end.
 */
import { checkBodies } from '../../../src-cli/verifier/bodies.ts';
import { judgeSignature } from '../../../src-cli/verifier/judge.ts';
import { type Checkpoint, readCheckpoint, readKey } from '../../../src-cli/verifier/checkpoint.ts';
import { type Entry, readEntry } from '../../../src-cli/verifier/entry.ts';
import { Walk } from '../../../src-cli/verifier/walk.ts';
import { makeBody } from '../../../src-ledger/seal-body.ts';
import { sealEntry } from '../../../src-ledger/seal-entry.ts';
import { leafOf } from '../../../src-ledger/sha256.ts';
import { canonical } from '../../../src-shared/canonical.ts';
import { zeros } from '../../../src-shared/merkle/chain.ts';
import { checkpointBody } from '../../../src-shared/merkle/checkpoint.ts';
import { noteKeyText } from '../../../src-shared/merkle/note.ts';
import { emptyFrontier, grow, rootOf } from '../../../src-shared/merkle/tree.ts';
import type { EntryDraft } from '../../../src-shared/model/entry.ts';
import { CustomerId } from '../../../src-shared/model/ids.ts';
import { draft } from '../../ledger/fork-ledger.ts';
import { origin, publicKey, signNote } from '../../merkle/export-fixture.ts';
import { sha256 } from '../../merkle/leaves.ts';

export interface Ledger {
  /** As an export has them. */
  readonly lines: readonly string[];
  /** As a bundle has them: a line for each entry that commits to one. */
  readonly bodies: readonly string[];
  readonly note: string;
}

/** What one kind of tampering came to: how many of it there are, and those that were not caught. */
export interface Tally {
  readonly kind: string;
  count: number;
  readonly missed: string[];
}

/** A ledger of `size` entries, sealed by the writer: intents, outcomes, switches, with all members an entry can have. */
export function makeLedger(size: number): Ledger {
  const lines: string[] = [];
  const bodies: string[] = [];
  let prev = zeros;
  let frontier = emptyFrontier;
  for (let seq = 1; seq <= size; seq += 1) {
    const at = new Date(Date.UTC(2026, 10, 21) + seq * 1000).toISOString();
    const made = draftOf(seq);
    const body = made.body && makeBody(made.body.content, made.kind);
    const place = { seq, at, tenant: 'northway', device: 'laptop-1', prev };
    const { text, leaf } = sealEntry(made, place, body?.commitment);
    if (body) bodies.push(JSON.stringify({ seq, body: JSON.parse(body.text) as unknown }));
    lines.push(JSON.stringify({ ...(JSON.parse(text) as object), leaf }));
    frontier = grow(frontier, Buffer.from(leaf, 'hex'), sha256);
    prev = leaf;
  }
  return { lines, bodies, note: signNote(checkpointBody({ origin, size, root: rootOf(frontier, sha256) })) };
}

const meridian = CustomerId.parse('meridian');

function draftOf(seq: number): EntryDraft {
  const tool = `tool_${seq % 17}`;
  const sealed = (content: Record<string, unknown>) => ({ body: { under: meridian, content } });
  if (seq % 4 === 1)
    return draft(tool, sealed({ params: { customer: 'MERI-7', ids: [seq, 2], nested: { open: true, none: null } } }));
  if (seq % 4 === 3) return draft('', { kind: 'customer.bound', params: { epoch: seq, from: null } });
  return draft(tool, {
    kind: 'call.outcome',
    ref: seq - 1,
    ...sealed({ records: [{ id: seq, ticketId: 7 }], more: 2 }),
    decision: { policies: ['read-all'], approval: 'A-1' },
    result: { status: 'ok', records: seq % 7, dropped: 1, redacted: 0, flagged: 2, bytes: 812, ms: 14.5 },
  });
}

/** All of it, or of every `stride`th entry. */
export async function tamperWithAll(ledger: Ledger, stride = 1): Promise<Tally[]> {
  const bench = makeBench(ledger);
  return [
    changedMembers(bench, stride),
    deletions(bench),
    swapsAndRepeats(bench, stride),
    insertions(bench, stride),
    truncations(bench),
    rewrittenTails(bench, stride),
    changedCheckpoints(ledger),
    await changedBodies(ledger, stride),
    await misplacedBodies(ledger, stride),
  ];
}

interface Bench {
  readonly lines: readonly string[];
  readonly entries: readonly Entry[];
  readonly checkpoint: Checkpoint;
  /** The verifier where it stands before the entry at each index, the first to the end. */
  before(index: number): Walk;
}

/** The verifier goes forward only: asked for a place behind it, it starts anew. */
function makeBench({ lines, note }: Ledger): Bench {
  const entries = lines.map((line) => readEntry(line) as Entry);
  const checkpoint = readCheckpoint(note) as Checkpoint;
  const { size, root } = checkpoint;
  const claim = { tenant: 'northway', size, root, gaps: 'none', earlier: new Map() } as const;
  let walk = new Walk(claim);
  const before = (index: number): Walk => {
    if (walk.entries > index) walk = new Walk(claim);
    while (walk.entries < index)
      if (walk.add(entries[walk.entries]) !== undefined) throw new Error('not a true ledger');
    return walk;
  };
  if (before(entries.length).end() !== undefined) throw new Error('not a true ledger');
  return { lines, entries, checkpoint, before };
}

/** Whether the verifier objects to `put` at an index and what follows of the true entries from `rest` on. */
function isCaught(
  { entries, before }: Bench,
  index: number,
  put: readonly (Entry | undefined)[],
  rest: number,
): boolean {
  const walk = new Walk(before(index).claim, before(index));
  for (const entry of put) if (walk.add(entry) !== undefined) return true;
  for (let at = rest; at < entries.length; at += 1) if (walk.add(entries[at]) !== undefined) return true;
  return walk.end() !== undefined;
}

/** Every member at every depth: another value, or gone; one added; each with the old leaf, and with the one that fits. */
function changedMembers(bench: Bench, stride: number): Tally {
  const tally: Tally = { kind: 'a member changed, removed or added, without and with its leaf', count: 0, missed: [] };
  for (let index = 0; index < bench.lines.length; index += stride) {
    const entry = JSON.parse(bench.lines[index]!) as Members;
    for (const changed of changes(entry)) {
      const versions = [changed, ...(changed['leaf'] === entry['leaf'] ? [resealed(changed)] : [])];
      for (const version of versions) {
        tally.count += 1;
        const text = JSON.stringify(version);
        if (!isCaught(bench, index, [readEntry(text)], index + 1)) tally.missed.push(text);
      }
    }
    tally.count += 1;
    const twice = bench.lines[index]!.replace('{', '{"customer":"OTHER-1",');
    if (!isCaught(bench, index, [readEntry(twice)], index + 1)) tally.missed.push(twice);
  }
  return tally;
}

type Members = Record<string, unknown>;

function* changes(value: Members): Generator<Members> {
  yield { ...value, added: 1 };
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _, ...without } = value;
    yield without;
    for (const other of others(member)) yield { ...value, [name]: other };
  }
}

function* others(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [at, member] of value.entries()) {
      yield value.toSpliced(at, 1);
      for (const other of others(member)) yield value.with(at, other);
    }
    yield [...(value as unknown[]), 1];
  } else if (typeof value === 'object' && value !== null) yield* changes(value as Members);
  else if (typeof value === 'string') yield* [`${value}x`, value === '' ? 1 : value.slice(1), null];
  else if (typeof value === 'number') yield* [value + 1, String(value)];
  else if (typeof value === 'boolean') yield !value;
  else yield 'x';
}

function resealed(entry: Members): Members {
  const { leaf: _, ...hashed } = entry;
  return { ...hashed, leaf: leafOf(canonical(hashed)) };
}

function deletions(bench: Bench): Tally {
  const tally: Tally = { kind: 'an entry deleted', count: 0, missed: [] };
  for (let index = 0; index < bench.lines.length; index += 1) {
    tally.count += 1;
    if (!isCaught(bench, index, [], index + 1)) tally.missed.push(String(index));
  }
  return tally;
}

/**
 * Every entry in the place of every other: a swap of the two, a move, or one put in again. The first place of the two tells,
 * and the verifier stays where it stands when it objects.
 */
function swapsAndRepeats(bench: Bench, stride: number): Tally {
  const tally: Tally = { kind: 'two entries swapped, or one put in again elsewhere', count: 0, missed: [] };
  const { entries, before } = bench;
  for (let index = 0; index < entries.length; index += stride) {
    const walk = before(index);
    for (let other = 0; other < entries.length; other += 1) {
      if (other === index) continue;
      tally.count += 1;
      if (walk.add(entries[other]) === undefined) tally.missed.push(`${other} at ${index}`);
    }
  }
  return tally;
}

/** At every place and at the end: the entry there once more, and a new one that fits in all but what follows. */
function insertions(bench: Bench, stride: number): Tally {
  const tally: Tally = { kind: 'an entry put in that fits where it is', count: 0, missed: [] };
  const { entries, lines } = bench;
  const places = entries.keys().filter((index) => index % stride === 0 || index === entries.length - 1);
  for (const index of [...places, entries.length]) {
    const model = JSON.parse(lines[Math.max(0, index - 1)]!) as Members;
    const prev = entries[index - 1]?.leaf ?? zeros;
    const forged = JSON.stringify(resealed({ ...model, seq: index + 1, prev, tool: 'forged' }));
    for (const put of [entries[index] ?? entries.at(-1), readEntry(forged)]) {
      tally.count += 1;
      if (!isCaught(bench, index, [put], index)) tally.missed.push(`at ${index}`);
    }
  }
  return tally;
}

function truncations(bench: Bench): Tally {
  const tally: Tally = { kind: 'cut off after an entry', count: 0, missed: [] };
  for (let length = 0; length < bench.entries.length; length += 1) {
    tally.count += 1;
    if (bench.before(length).end() === undefined) tally.missed.push(String(length));
  }
  return tally;
}

/** From an entry on everything written anew, leaves and chain and all: only the checkpoint tells. Of every 500th entry. */
function rewrittenTails(bench: Bench, stride: number): Tally {
  const tally: Tally = { kind: 'all written anew from an entry on (every 500th, at least)', count: 0, missed: [] };
  for (let index = 0; index < bench.lines.length; index += Math.max(500, stride * 100)) {
    let prev = bench.entries[index - 1]?.leaf ?? zeros;
    const forged = bench.lines.slice(index).map((line) => {
      const entry = resealed({ ...(JSON.parse(line) as Members), prev, tool: 'forged' });
      prev = String(entry['leaf']);
      return readEntry(JSON.stringify(entry));
    });
    tally.count += 1;
    if (!isCaught(bench, index, forged, bench.lines.length)) tally.missed.push(String(index));
  }
  return tally;
}

/** Every character of the checkpoint replaced, removed or doubled. */
function changedCheckpoints({ note }: Ledger): Tally {
  const tally: Tally = { kind: 'a character of the checkpoint changed', count: 0, missed: [] };
  const key = readKey(noteKeyText({ name: origin, publicKey }, sha256));
  for (let at = 0; at < note.length; at += 1) {
    const letter = note[at]!;
    for (const other of ['', letter + letter, letter === '0' ? '1' : '0', '\n', ' ']) {
      if (other === letter) continue;
      tally.count += 1;
      const changed = readCheckpoint(note.slice(0, at) + other + note.slice(at + 1));
      if (changed && judgeSignature(changed, key).signature === 'valid')
        tally.missed.push(`${at} ${JSON.stringify(other)}`);
    }
  }
  return tally;
}

/** Every member of a body at every depth: another value, gone, or one added; and every other body in its place. */
async function changedBodies({ lines, bodies }: Ledger, stride: number): Promise<Tally> {
  const tally: Tally = { kind: 'a member of a body changed, removed or added', count: 0, missed: [] };
  for (let at = 0; at < bodies.length; at += stride) {
    const { seq, body } = JSON.parse(bodies[at]!) as { seq: number; body: Members };
    const entry = lines[seq - 1]!;
    for (const changed of changes(body)) {
      tally.count += 1;
      const text = JSON.stringify({ seq, body: changed });
      if (!(await isNamed([entry], [text]))) tally.missed.push(text);
    }
  }
  return tally;
}

/** Every body gone, there twice, or in the place of its neighbour, with and without that one's number. */
async function misplacedBodies({ lines, bodies }: Ledger, stride: number): Promise<Tally> {
  const tally: Tally = { kind: 'a body gone, there twice, or another in its place', count: 0, missed: [] };
  for (let at = 0; at + 1 < bodies.length; at += stride) {
    const pair = [bodies[at]!, bodies[at + 1]!] as const;
    const [one, other] = pair.map((text) => JSON.parse(text) as { seq: number; body: Members });
    const entries = [one, other].map((each) => lines[each!.seq - 1]!);
    const renumbered = JSON.stringify({ ...other, seq: one!.seq });
    const tampered = [
      [pair[0]],
      [pair[1]],
      [pair[0], ...pair],
      [...pair, pair[1]],
      [pair[1], pair[0]],
      [renumbered, pair[1]],
    ];
    for (const put of tampered) {
      tally.count += 1;
      if (!(await isNamed(entries, put))) tally.missed.push(put.join(' '));
    }
  }
  return tally;
}

async function isNamed(entries: readonly string[], bodies: readonly string[]): Promise<boolean> {
  const all = (lines: readonly string[]) =>
    async function* () {
      yield lines;
    };
  const { bad } = await checkBodies(all(entries), all(bodies));
  return bad !== undefined;
}
