// Thousands of changes of real exports, drawn from one seed: of bytes, of lines, of a bundle's files, with a manifest that fits and
// without. What the verifier still accepts holds the evidence that was there.
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { readKey } from '../../../src-cli/verifier/checkpoint.ts';
import { fileNames } from '../../../src-cli/verifier/tar.ts';
import { verifyFile } from '../../../src-cli/verifier/verify-file.ts';
import { archiveOf, type Member, membersOf } from '../archive.ts';
import { type Evidence, fern, hex, key, makeEvidence } from '../evidence-fixture.ts';
import { numbers, type Random } from '../random.ts';

const words = ['changed', 'missing', 'reordered', 'inserted', 'truncated', 'forked', 'wrong key'];
const device = readKey(key);

let evidence: Evidence;
beforeEach(async () => {
  evidence = await makeEvidence();
  await evidence.recordCalls(3);
  await evidence.exportTo('first.jsonl');
  await evidence.record(3);
  await evidence.dropBodies(fern);
});

/** Whether it is accepted. One that is not is named, always, with one of the words. */
async function isAccepted(bytes: Buffer, seed: string): Promise<boolean> {
  const path = evidence.out('mutated');
  writeFileSync(path, bytes);
  const { ok, firstBad } = await verifyFile(path, { key: device, kept: undefined });
  if (ok) return true;
  expect(words, seed).toContain(firstBad?.what);
  expect(firstBad?.problem, seed).toMatch(/^[A-Z].*\.$/);
  expect(firstBad?.seq, seed).toBeGreaterThanOrEqual(0);
  return false;
}

type Change = (bytes: Buffer, random: Random) => Buffer;

const cut = (bytes: Buffer, from: number, to: number, put: readonly Buffer[] = []): Buffer =>
  Buffer.concat([bytes.subarray(0, from), ...put, bytes.subarray(to)]);

const ofBytes: readonly Change[] = [
  (bytes, random) => cut(bytes, ...at(bytes, random, 1), [Buffer.of(random(256))]),
  (bytes, random) => flipped(bytes, random),
  (bytes, random) => cut(bytes, ...at(bytes, random, 1 + random(60))),
  (bytes, random) => cut(bytes, ...at(bytes, random, 0), [bytes.subarray(...at(bytes, random, 1 + random(60)))]),
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, random) => Buffer.concat([bytes, Buffer.from([0x0a, 0x20, 0x7b, random(256)].slice(random(4)))]),
  (bytes, random) => {
    const tokens = ['null', '{}', '[]', '""', '-1', '1e999', '"\\ud800"', '\r\n', '\ufeff', '\0', '}', '{', '"', ','];
    return cut(bytes, ...at(bytes, random, random(3)), [Buffer.from(tokens[random(tokens.length)]!)]);
  },
];

const ofLines: readonly Change[] = [
  (bytes, random) => lined(bytes, (lines) => lines.toSpliced(random(lines.length), 1)),
  (bytes, random) => lined(bytes, (lines) => lines.toSpliced(random(lines.length), 0, lines[random(lines.length)]!)),
  (bytes, random) =>
    lined(bytes, (lines) => {
      const [one, other] = [random(lines.length), random(lines.length)];
      return lines.with(one, lines[other]!).with(other, lines[one]!);
    }),
  (bytes, random) => lined(bytes, (lines) => lines.slice(random(lines.length))),
  (bytes, random) => lined(bytes, (lines) => lines.slice(0, random(lines.length))),
  (bytes, random) =>
    lined(bytes, (lines) => lines.toSpliced(random(lines.length), 0, ['', '{}', 'null', '[]', '5'][random(5)]!)),
];

function at(bytes: Buffer, random: Random, length: number): [number, number] {
  const from = random(bytes.length);
  return [from, Math.min(bytes.length, from + length)];
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[random(copy.length)]! ^= 1 << random(8);
  return copy;
}

function lined(bytes: Buffer, change: (lines: string[]) => string[]): Buffer {
  const lines = bytes.toString().split('\n').slice(0, -1);
  if (lines.length === 0) return Buffer.from('{}\n');
  return Buffer.from(
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

const all = [...ofBytes, ...ofLines];
const changed = (bytes: Buffer, random: Random): Buffer => all[random(all.length)]!(bytes, random);

/** The value of a document, or those of lines, whatever their spaces and the order of their members; the text itself where they have none. */
function meaningOf(bytes: Buffer, isOne = false): unknown {
  try {
    const lines = bytes.toString().split('\n').slice(0, -1);
    return isOne ? (JSON.parse(bytes.toString()) as unknown) : lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return bytes.toString();
  }
}

describe('what the verifier accepts', () => {
  it('is an export that says what it said', { timeout: 60_000 }, async () => {
    await evidence.exportTo('all.jsonl');
    const bytes = readFileSync(evidence.out('all.jsonl'));
    expect(await isAccepted(bytes, 'as it is')).toBe(true);
    const random = numbers(1);
    for (let count = 0; count < 1200; count += 1) {
      const mutated = changed(bytes, random);
      if (await isAccepted(mutated, String(count))) expect(meaningOf(mutated), String(count)).toEqual(meaningOf(bytes));
    }
  });

  it.each(['whole', 'part'])('is a bundle that says what it said: %s', { timeout: 60_000 }, async (kind) => {
    const more = kind === 'part' ? ['--from', '2026-11-21T00:00:05Z'] : [];
    await evidence.exportTo('a.tar', '--format', 'bundle', '--bodies', ...more);
    const members = membersOf(evidence.out('a.tar'));
    expect(members.map(({ name }) => name).includes('proofs.jsonl')).toBe(kind === 'part');
    expect(await isAccepted(archiveOf(members), 'as it is')).toBe(true);
    const random = numbers(2);
    let accepted = 0;
    for (let count = 0; count < 800; count += 1) {
      const mutated = mutatedMembers(members, random);
      if (!(await isAccepted(archiveOf(mutated), String(count)))) continue;
      accepted += 1;
      expectSame(mutated, members, String(count));
    }
    expect(accepted).toBeLessThan(400);
  });

  it('is an archive of the same files', { timeout: 60_000 }, async () => {
    await evidence.exportTo('a.tar', '--format', 'bundle');
    const bytes = readFileSync(evidence.out('a.tar'));
    const random = numbers(3);
    for (let count = 0; count < 500; count += 1) {
      const mutated = ofBytes[random(ofBytes.length)]!(bytes, random);
      if (!(await isAccepted(mutated, String(count)))) continue;
      expectSame(membersOf(evidence.out('mutated')), membersOf(evidence.out('a.tar')), String(count));
    }
  });
});

/** One of its files changed, gone, there twice, named otherwise or exchanged; the manifest made to fit, or not. */
function mutatedMembers(members: readonly Member[], random: Random): Member[] {
  const which = random(members.length);
  const other = members[random(members.length)]!;
  const member = members[which]!;
  const ways: (() => Member[])[] = [
    ...Array.from({ length: 6 }, () => () => members.with(which, { ...member, bytes: changed(member.bytes, random) })),
    () => members.toSpliced(which, 1),
    () => members.toSpliced(random(members.length), 0, member),
    () => members.with(which, { ...member, bytes: other.bytes }),
    () => members.with(which, { ...member, name: changed(Buffer.from(member.name), random).subarray(0, 100) }),
    () => [...members, { name: ['bodies.jsonl', 'proofs.jsonl', 'Entries.jsonl'][random(3)]!, bytes: other.bytes }],
  ];
  const mutated = ways[random(ways.length)]!();
  return random(4) === 0 ? mutated : fitted(mutated);
}

/** The manifest names the files that are there, as they are. */
function fitted(members: readonly Member[]): Member[] {
  const files = members
    .filter(({ name }) => String(name) !== 'manifest.json')
    .map(({ name, bytes }) => ({ name: String(name), bytes: bytes.length, sha256: hex(bytes) }));
  return members.map((member) => {
    if (String(member.name) !== 'manifest.json') return member;
    try {
      const manifest = JSON.parse(member.bytes.toString()) as object;
      return { ...member, bytes: Buffer.from(JSON.stringify({ ...manifest, files })) };
    } catch {
      return member; // It was changed itself.
    }
  });
}

/**
 * The entries and the checkpoint, and of what else is there all that cannot be kept back or said otherwise. README.txt, the manifest
 * and keys.txt (beside a key from elsewhere) are nobody's word; a part may lack what consistency.jsonl and policies.jsonl hold.
 */
function expectSame(found: readonly Member[], members: readonly Member[], seed: string): void {
  const [now, before] = [found, members].map((all) => new Map(all.map(({ name, bytes }) => [String(name), bytes])));
  const isWhole = !before!.has('proofs.jsonl');
  const bodyOf = (files: typeof now): string | undefined => files!.get('checkpoint.txt')?.toString().split('\n\n')[0];
  expect(bodyOf(now), seed).toBe(bodyOf(before));
  const vouched = ['entries.jsonl', ...(isWhole ? [] : ['proofs.jsonl'])];
  const optional = ['bodies.jsonl', 'policy.json', ...(isWhole ? ['policies.jsonl'] : [])];
  for (const name of [...vouched, ...optional.filter((each) => now!.has(each))]) {
    const isOne = name.endsWith('.json');
    expect(meaningOf(now!.get(name)!, isOne), `${seed} ${name}`).toEqual(meaningOf(before!.get(name)!, isOne));
  }
  expect(
    found.filter(({ name }) => !fileNames.has(String(name))),
    seed,
  ).toEqual([]);
  expect(now!.size, seed).toBe(found.length);
}
