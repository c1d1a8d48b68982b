// Whoever wrote a file chose how long it is, and each line of it. The verifier holds a part of it at a time, and never more.
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readCheckpoint } from '../../../src-cli/verifier/checkpoint.ts';
import { checkEarlierPolicies } from '../../../src-cli/verifier/earlier-policies.ts';
import { type Entry, readEntry } from '../../../src-cli/verifier/entry.ts';
import { readFilter } from '../../../src-cli/verifier/filter.ts';
import { PolicyEntries } from '../../../src-cli/verifier/policies.ts';
import { verifyProven } from '../../../src-cli/verifier/proofs.ts';
import type { EntryLines } from '../../../src-cli/verifier/verify-entries.ts';
import { verifyFile } from '../../../src-cli/verifier/verify-file.ts';
import { makeFolder } from '../../ledger/folder.ts';
import { exportOf } from '../../merkle/export-fixture.ts';
import { archiveOf, membersOf } from '../archive.ts';
import { type Evidence, makeEvidence } from '../evidence-fixture.ts';

const mega = 1024 * 1024;

/** Lines one by one, counted as they are asked for. */
function counted(all: Iterable<string>) {
  const found = { asked: 0, lines: undefined as unknown as EntryLines };
  found.lines = async function* () {
    for (const line of all) {
      found.asked += 1;
      yield [line];
    }
  };
  return found;
}

/** How many bytes of files are read until it is done. */
async function bytesRead(work: () => Promise<unknown>): Promise<number> {
  const file = await open(import.meta.filename);
  const all = Object.getPrototypeOf(file) as typeof file;
  await file.close();
  const read = vi.spyOn(all, 'read');
  onTestFinished(() => read.mockRestore());
  await work();
  const results = await Promise.all(read.mock.results.map(({ value }) => value as Promise<{ bytesRead: number }>));
  return results.reduce((sum, each) => sum + each.bytesRead, 0);
}

const verify = (path: string) => verifyFile(path, { key: undefined, kept: undefined });

describe('of a bundle of a part', () => {
  let evidence: Evidence;
  beforeEach(async () => {
    evidence = await makeEvidence();
    await evidence.record(20);
    await evidence.exportTo('first.jsonl');
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
  });
  const linesIn = (name: string): string[] => evidence.textOf('part.tar', name).trimEnd().split('\n');

  it('reads no proof before the entry it is for', async () => {
    const long = Buffer.alloc(4 * mega, 0).fill('\n', 4 * mega - 1);
    const members = membersOf(evidence.out('part.tar')).map((member) => {
      if (member.name === 'entries.jsonl') return { ...member, bytes: Buffer.alloc(5000, '\n') };
      return member.name === 'proofs.jsonl' ? { ...member, bytes: Buffer.concat([long, long, long, long]) } : member;
    });
    writeFileSync(evidence.out('long.tar'), archiveOf(members));
    const read = await bytesRead(async () =>
      expect(await verify(evidence.out('long.tar'))).toMatchObject({ firstBad: { seq: 1, what: 'changed' } }),
    );
    expect(read).toBeLessThan(mega);
  });

  it('reads as many proofs as it has read entries', async () => {
    const all = linesIn('entries.jsonl');
    const entries = counted(all);
    const proofs = counted(linesIn('proofs.jsonl'));
    const checkpoint = readCheckpoint(evidence.textOf('part.tar', 'checkpoint.txt'))!;
    const filter = readFilter({ customer: 'FERN-2' })!;
    const ahead: number[] = [];
    const walked = await verifyProven(entries.lines, proofs.lines, {
      claim: { ...checkpoint, tenant: 'northway', gaps: 'anywhere', earlier: new Map() },
      checkpoint,
      filter,
      policies: { add: async () => void ahead.push(proofs.asked - entries.asked) },
    });
    expect(walked).toMatchObject({ entries: all.length });
    expect(walked.firstBad).toBeUndefined();
    expect([ahead.length, Math.max(...ahead), Math.min(...ahead)]).toEqual([all.length, 0, 0]);
  });

  it.each([
    ['proofs.jsonl', 'missing'],
    ['consistency.jsonl', 'forked'],
  ])('takes a line of %s no longer than what a proof can be', async (part, what) => {
    const padded = (bytes: number) => (text: string) =>
      text.replace(/^.*/, (line) => line.replace('{', `{${' '.repeat(bytes - line.length)}`));
    const withLine = (bytes: number) => evidence.out(evidence.tampered('part.tar', part, padded(bytes), true));
    expect(await verify(withLine(16_384))).toMatchObject({ ok: true });
    expect(await verify(withLine(16_385))).toMatchObject({ ok: false, firstBad: { what } });
    expect(await verify(withLine(300_000))).toMatchObject({ ok: false, firstBad: { what } });
  });

  it('takes no more earlier checkpoints than an export proves', async () => {
    const withLines = (count: number) =>
      evidence.out(evidence.tampered('part.tar', 'consistency.jsonl', (text) => text.repeat(count), true));
    expect(await verify(withLines(500))).toMatchObject({ ok: true });
    expect(await verify(withLines(501))).toMatchObject({ ok: false, firstBad: { what: 'inserted' } });
  });
});

const applied = (seq: number): string =>
  JSON.stringify({
    ...{ seq, at: '2026-11-21T09:00:00.000Z', tenant: 'northway', prev: '', leaf: '', kind: 'policy.applied' },
    ...{ customer: null, params: { version: seq, sha256: seq.toString(16).padStart(64, '0') } },
  });
const listed = (line: string): string => `{"entry":${line},"inclusion":[]}`;

describe('of the policies that were in force', () => {
  const seqs = Array.from({ length: 50 }, (_, at) => at + 1);
  const entry = (seq: number): Entry => readEntry(applied(seq))!;

  it('reads as many as it has read entries that put one in force', async () => {
    for (const areAll of [true, false]) {
      const list = counted(seqs.map((seq) => listed(applied(seq))));
      const policies = new PolicyEntries(areAll, list.lines);
      for (const seq of seqs) {
        await policies.add(entry(seq));
        expect(list.asked).toBe(seq);
      }
      expect(await policies.areListed()).toBe(true);
    }
  });

  it.each([
    ['all', seqs, seqs, true, true],
    ['one more listed', [1, 3], [1, 2, 3], false, true],
    ['one more listed at the end', [1, 2], [1, 2, 3], false, true],
    ['one less listed', [1, 2, 3], [1, 3], false, false],
    ['one less listed at the end', [1, 2, 3], [1, 2], false, false],
    ['another listed', [1, 2], [1, 3], false, false],
    ['none', [], [], true, true],
    ['none listed', [1], [], false, false],
    ['only listed', [], [1], false, true],
  ])('tells whether the entries are listed: %s', async (_, there, list, isAll, isPart) => {
    for (const [areAll, are] of [
      [true, isAll],
      [false, isPart],
    ] as const) {
      const policies = new PolicyEntries(areAll, counted(list.map((seq) => listed(applied(seq)))).lines);
      for (const seq of there) await policies.add(entry(seq));
      expect([areAll, await policies.areListed()]).toEqual([areAll, are]);
    }
  });

  it('counts a hundred thousand texts and no more', { timeout: 60_000 }, async () => {
    function* lines() {
      for (let seq = 1; seq <= 100_001; seq += 1) yield listed(applied(seq));
    }
    const texts = { applied: counted(lines()).lines, texts: undefined, last: undefined, tenant: 'northway' };
    expect(await checkEarlierPolicies(texts)).toMatchObject({ bad: { seq: 100_001, what: 'inserted' } });
  });
});

describe('of what is asked of each entry', () => {
  it('reads a filter once, however long it is', () => {
    let looks = 0;
    const kinds = new Proxy(['call.intent', ...Array.from({ length: 99 }, () => 'alert')], {
      get: (all, name) => {
        looks += 1;
        return Reflect.get(all, name) as unknown;
      },
    });
    const { unasked } = readFilter({ kinds })!;
    const [line = ''] = exportOf(1).lines;
    looks = 0;
    expect(unasked(readEntry(line)!)).toBeUndefined();
    expect(looks).toBe(0);
  });

  it('takes no more signatures of a checkpoint than other readers do', async () => {
    const { lines, note } = exportOf(2);
    const [body = '', signature = ''] = note().split('\n\n');
    const judged = (count: number) => {
      const path = join(makeFolder(), 'export.jsonl');
      const end = JSON.stringify({ checkpoint: `${body}\n\n${signature.repeat(count)}` });
      writeFileSync(path, [...lines, end].map((line) => `${line}\n`).join(''));
      return verify(path);
    };
    expect(await judged(100)).toMatchObject({ ok: true });
    expect(await judged(101)).toMatchObject({ ok: false, firstBad: { seq: 3, what: 'truncated' } });
  });
});
