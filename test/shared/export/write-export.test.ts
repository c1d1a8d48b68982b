import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKey } from '../../../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../../../src-cli/verifier/verify-file.ts';
import { newSha256 } from '../../../src-shared/export/sha256.ts';
import type { ExportApi, Piece } from '../../../src-shared/export/source.ts';
import { exportName, type Wanted, writeExport } from '../../../src-shared/export/write-export.ts';
import { Fault } from '../../../src-shared/fault.ts';
import { noteKeyText, toBase64 } from '../../../src-shared/merkle/note.ts';
import { inclusionProof } from '../../../src-shared/merkle/proof.ts';
import { Entry } from '../../../src-shared/model/entry.ts';
import type { CallOptions } from '../../../src-shared/wire/contract.ts';
import { policyText } from '../../cli/policy-text.ts';
import { makeFolder } from '../../ledger/folder.ts';
import { exportOf, origin, publicKey } from '../../merkle/export-fixture.ts';
import { rootOfLeaves, sha256 } from '../../merkle/leaves.ts';

const key = readKey(noteKeyText({ name: origin, publicKey }, sha256));

/** The ui of an app with so many entries, every call noted. A call whose signal has aborted is refused, as a client's is. */
function appOf(count: number) {
  const { lines, note } = exportOf(count, { kind: 'policy.applied', customer: null, params: { version: 4 } });
  const entries = lines.map((line) => Entry.parse(JSON.parse(line)));
  const leaves = entries.map(({ leaf }) => Buffer.from(leaf, 'hex'));
  const roots = new Map<string, Uint8Array>();
  const subtree = (from: number, to: number): Uint8Array => {
    const root = roots.get(`${from}-${to}`) ?? rootOfLeaves(leaves.slice(from, to));
    roots.set(`${from}-${to}`, root);
    return root;
  };
  const calls: string[] = [];
  const call =
    <I, O>(name: string, answer: (input: I) => O) =>
    async (input: I, options?: CallOptions): Promise<O> => {
      if (options?.signal?.aborted) throw new Fault('CANCELLED', 'The call was cancelled.');
      calls.push(name);
      return answer(input);
    };
  const api = {
    beginExport: call('beginExport', () => ({ entries: count, note: note(), isSigned: true, recorded: count + 1 })),
    entries: call('entries', ({ after, before, limit, filter }: Parameters<ExportApi['entries']>[0]) => {
      const isWanted = ({ seq, kind, tool }: Entry): boolean =>
        seq > (after ?? 0) &&
        seq < (before ?? Infinity) &&
        (filter.kinds?.includes(kind) ?? true) &&
        (filter.tool ?? tool) === tool;
      const found = entries.filter(isWanted);
      return { entries: found.slice(0, limit), isEnd: found.length <= limit };
    }),
    prove: call('prove', ({ seqs, size }: Parameters<ExportApi['prove']>[0]) => ({
      inclusion: seqs.map((seq) => inclusionProof({ index: seq - 1, size }, subtree).map(toBase64)),
      consistency: [],
    })),
    deviceKey: call('deviceKey', () => ({ name: origin, publicKey: publicKey.toString('base64url') })),
    policy: call('policy', () => policyText(4)),
    bodiesOf: call('bodiesOf', ({ seqs }: { seqs: number[] }) =>
      seqs.map((seq) => ({ seq, body: null, why: 'locked' as const })),
    ),
  } as unknown as ExportApi;
  return { api, calls };
}

async function write(api: ExportApi, more: Partial<Wanted> = {}, signal = new AbortController().signal) {
  const pieces: Piece[] = [];
  const progress: (readonly [number, number])[] = [];
  const wanted: Wanted = { format: 'bundle', filter: {}, bodies: false, now: Date.UTC(2026, 10, 21), ...more };
  const written = await writeExport(wanted, {
    api,
    signal,
    newSha256,
    write: (piece) => void pieces.push(piece),
    onProgress: (done, of) => progress.push([done, of]),
  });
  return { written, pieces, progress, inOrder: pieces.toSorted((one, other) => one.at - other.at) };
}

describe('writeExport', () => {
  it.each([
    ['jsonl', {}],
    ['jsonl', { tool: 'ticket_list' }],
    ['bundle', {}],
    ['bundle', { tool: 'ticket_list' }],
  ] as const)(
    'hands on pieces of a %s that leave no gap, do not overlap, and verify together (%#)',
    async (format, filter) => {
      const { api } = appOf(1203);
      const { written, inOrder } = await write(api, { format, filter });
      expect(written).toEqual({ entries: 1203, checkpoint: 1203, isSigned: true, recorded: 1204 });
      let end = 0;
      for (const { at, bytes } of inOrder) {
        expect(at).toBe(end);
        end += bytes.length;
      }
      const file = join(makeFolder(), 'export');
      writeFileSync(file, Buffer.concat(inOrder.map(({ bytes }) => bytes)));
      expect(await verifyFile(file, { key, kept: undefined })).toMatchObject({ ok: true, entries: 1203 });
    },
  );

  it('makes pieces of a size that does not depend on how many entries there are', async () => {
    const largest = async (count: number): Promise<number> => {
      const { pieces } = await write(appOf(count).api);
      return Math.max(...pieces.map(({ bytes }) => bytes.length));
    };
    expect(await largest(3000)).toBeLessThan((await largest(500)) * 1.05);
  });

  it('holds one text of an earlier policy at a time, and asks for each once', async () => {
    const { api } = appOf(1203);
    const hashOf = (seq: number): string => (seq % 600).toString(16).padStart(64, '0');
    const text = policyText(1).bundle.padEnd(100_000, '.');
    const events: string[] = [];
    const many = {
      ...api,
      entries: async (asked: Parameters<ExportApi['entries']>[0], options: CallOptions) => {
        const page = await api.entries({ ...asked, filter: {} }, options);
        const named = page.entries.map((each) => ({
          ...each,
          customer: null,
          params: { version: 1, sha256: hashOf(each.seq) },
        }));
        return { ...page, entries: named };
      },
      earlierPolicy: async ({ sha256 }: { sha256: string }) => {
        events.push(sha256);
        return sha256 === hashOf(7) ? null : { ...policyText(1), bundle: text };
      },
    } as unknown as ExportApi;
    const wanted: Wanted = { format: 'bundle', filter: {}, bodies: false, now: 0 };
    let largest = 0;
    const taking = ({ bytes }: Piece): void => {
      if (events.length > 0) events.push('piece');
      if (events.length > 0) largest = Math.max(largest, bytes.length);
    };
    const signal = new AbortController().signal;
    await writeExport(wanted, { api: many, signal, newSha256, write: taking });
    const asked = Array.from({ length: 600 }, (_, at) => hashOf(at + 1));
    expect(events.slice(0, 1200)).toEqual(asked.flatMap((sha256) => [sha256, 'piece']));
    expect(events.slice(1200).filter((event) => event !== 'piece')).toEqual([]);
    expect(largest).toBeLessThan(text.length + 1000);
  });

  it('waits until a piece is taken before it makes the next', async () => {
    const { api } = appOf(1203);
    let taking = 0;
    let most = 0;
    const wanted: Wanted = { format: 'bundle', filter: {}, bodies: false, now: 0 };
    const slow = async (): Promise<void> => {
      taking += 1;
      most = Math.max(most, taking);
      await new Promise((resolve) => setImmediate(resolve));
      taking -= 1;
    };
    await writeExport(wanted, { api, signal: new AbortController().signal, newSha256, write: slow });
    expect(most).toBe(1);
  });

  it.each([
    ['a whole bundle', {}, 1203],
    ['a bundle of a part, whose proofs are a second reading', { filter: { tool: 'ticket_list' } }, 2406],
    ['a bundle of a part with bodies, which are a third', { filter: { tool: 'ticket_list' }, bodies: true }, 3609],
    ['JSON Lines', { format: 'jsonl' }, 1203],
  ] as const)('tells how far it is, and when it is done: %s', async (_, more, of) => {
    const { progress } = await write(appOf(1203).api, more);
    expect(progress.every(([, each]) => each === of)).toBe(true);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
    expect(progress[0]).toEqual([500, of]);
    expect(progress.at(-1)).toEqual([of, of]);
  });

  it('ends with CANCELLED when it is cancelled, and asks for nothing more', async () => {
    const { api, calls } = appOf(1203);
    const stop = new AbortController();
    const wanted: Wanted = { format: 'jsonl', filter: {}, bodies: false, now: 0 };
    const written = writeExport(wanted, { api, signal: stop.signal, newSha256, write: () => stop.abort() });
    await expect(written).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(calls).toEqual(['beginExport', 'entries']);
  });

  it('begins nothing when bodies are asked for where they could not be checked', async () => {
    const { api, calls } = appOf(3);
    await expect(write(api, { format: 'jsonl', bodies: true })).rejects.toMatchObject({ code: 'USAGE' });
    expect(calls).toEqual([]);
  });

  it('is no export when the second reading does not find what the first found', async () => {
    const { api } = appOf(1203);
    let readings = 0;
    const forgetful = {
      ...api,
      entries: async (asked: Parameters<ExportApi['entries']>[0], options: CallOptions) => {
        const page = await api.entries(asked, options);
        if (asked.after === 0) readings += 1;
        return readings === 2 ? { ...page, entries: page.entries.slice(1) } : page;
      },
    } as ExportApi;
    const filter = { tool: 'ticket_list' };
    await expect(write(forgetful, { filter })).rejects.toMatchObject({ code: 'EXPORT_INCOMPLETE' });
  });

  it('is no export when the ledger says nothing of a body', async () => {
    const { api } = appOf(3);
    const body = { commitment: 'c'.repeat(64), salt: 'd'.repeat(32) };
    const silent = {
      ...api,
      entries: async (asked: Parameters<ExportApi['entries']>[0], options: CallOptions) => {
        const page = await api.entries(asked, options);
        return { ...page, entries: page.entries.map((entry) => ({ ...entry, body })) };
      },
      bodiesOf: async () => [],
    } as ExportApi;
    await expect(write(silent, { bodies: true })).rejects.toMatchObject({ code: 'EXPORT_INCOMPLETE' });
  });
});

describe('exportName', () => {
  it('says what it is and of which day', () => {
    const now = Date.UTC(2026, 10, 21, 23);
    expect((['jsonl', 'csv', 'bundle'] as const).map((format) => exportName(format, now))).toEqual([
      'bulkhead-ledger-2026-11-21.jsonl',
      'bulkhead-ledger-2026-11-21.csv',
      'bulkhead-ledger-2026-11-21.tar',
    ]);
  });
});
