import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../src-cli/verifier/canonical.ts';
import { readCheckpoint, readKey } from '../../../src-cli/verifier/checkpoint.ts';
import { leafOf } from '../../../src-cli/verifier/tree.ts';
import { verifyFile } from '../../../src-cli/verifier/verify-file.ts';
import { noteKeyText } from '../../../src-shared/merkle/note.ts';
import { makeFolder } from '../../ledger/folder.ts';
import { exportOf, origin, publicKey } from '../../merkle/export-fixture.ts';
import { sha256 } from '../../merkle/leaves.ts';

const keyOf = (bytes: Uint8Array) => readKey(noteKeyText({ name: origin, publicKey: bytes }, sha256));
const key = keyOf(publicKey);
const { lines, note, end } = exportOf(9);

type Given = Partial<Parameters<typeof verifyFile>[1]>;

const check = (all: readonly string[], given: Given = {}) => checkBytes(`${all.join('\n')}\n`, given);

function checkBytes(bytes: string | Buffer, given: Given = {}) {
  const file = join(makeFolder(), 'export.jsonl');
  writeFileSync(file, bytes);
  return verifyFile(file, { key, kept: undefined, ...given });
}

const without = (seq: number): string[] => lines.filter((_, at) => at !== seq - 1);
/** Entry `seq` with other members and the leaf that is right for them. */
function rewritten(seq: number, members: object): string {
  const { leaf: _, ...hashed } = { ...(JSON.parse(lines[seq - 1]!) as { leaf: string }), ...members };
  return canonicalText({ ...hashed, leaf: leafOf(canonicalText(hashed)) });
}
const leafAt = (seq: number): string => (JSON.parse(lines[seq - 1]!) as { leaf: string }).leaf;

describe('verifyFile', () => {
  it('accepts a complete export under its key', async () => {
    expect(await check([...lines, end()])).toEqual({
      ok: true,
      entries: 9,
      isComplete: true,
      isProven: true,
      signature: 'valid',
      covered: 9,
      lastAt: '2026-11-21T09:00:09.000Z',
    });
  });

  it('says that it could not check a signature without a key, and when there is none', async () => {
    const noKey = { key: undefined };
    expect((await check([...lines, end()], noKey)).signature).toBe('unchecked');
    const unsigned = JSON.stringify({ checkpoint: `${note().split('\n\n')[0]}\n` });
    expect(await check([...lines, unsigned], noKey)).toMatchObject({ ok: true, signature: 'none' });
    expect(await check([...lines, unsigned])).toMatchObject({
      ok: false,
      signature: 'invalid',
      firstBad: { seq: 9, what: 'wrong key' },
    });
  });

  it('tells a checkpoint by another key from one that was changed', async () => {
    expect(await check([...lines, end()], { key: keyOf(publicKey.toReversed()) })).toMatchObject({
      ok: false,
      signature: 'invalid',
      firstBad: { seq: 9, what: 'wrong key' },
    });
    const changed = JSON.stringify({ checkpoint: note().replace('\n9\n', '\n8\n') });
    expect(await check([...lines.slice(0, 8), changed])).toMatchObject({ firstBad: { seq: 8, what: 'changed' } });
  });

  it.each([
    ['a changed member', [...lines.with(3, lines[3]!.replace('MERI-7', 'MERI-8')), end()], 4, 'changed'],
    ['a changed number', [...lines.with(3, lines[3]!.replace('"seq":4', '"seq":40')), end()], 4, 'changed'],
    ['a changed leaf', [...lines.with(3, lines[3]!.replace(leafAt(4), leafAt(5))), end()], 4, 'changed'],
    ['something else', [...lines.with(3, '{"seq":4}'), end()], 4, 'changed'],
    ['half a surrogate pair', [...lines.with(3, lines[3]!.replace('Anna', '\\ud800')), end()], 4, 'changed'],
    ['a member named twice', [...lines.with(3, lines[3]!.replace('{', '{"customer":"FERN-2",')), end()], 4, 'changed'],
    ['an entry and its leaf changed', [...lines.with(3, rewritten(4, { customer: 'FERN-2' })), end()], 4, 'changed'],
    [
      'an entry, its prev and its leaf changed',
      [...lines.with(3, rewritten(4, { prev: leafAt(1) })), end()],
      4,
      'changed',
    ],
    ['the last entry and its leaf changed', [...lines.with(8, rewritten(9, { tool: 'x' })), end()], 9, 'forked'],
    ['a missing entry', [...without(5), end()], 5, 'missing'],
    ['a missing first entry', [...without(1), end()], 1, 'missing'],
    ['a missing last entry', [...without(9), end()], 9, 'truncated'],
    ['a missing end', [...lines.slice(0, 4), end()], 5, 'truncated'],
    ['no entry left', [end()], 1, 'truncated'],
    ['two entries swapped', [...lines.with(3, lines[4]!).with(4, lines[3]!), end()], 4, 'reordered'],
    ['an entry moved to the end', [...without(4), lines[3]!, end()], 4, 'reordered'],
    ['an entry twice', [...lines.toSpliced(3, 0, lines[2]!), end()], 3, 'inserted'],
    ['an old entry once more', [...lines.toSpliced(6, 0, lines[2]!), end()], 7, 'inserted'],
    ['a later entry once more', [...lines.toSpliced(3, 0, lines[7]!), end()], 4, 'inserted'],
    ['an entry put in', [...lines.toSpliced(4, 0, rewritten(5, { tool: 'x' })), end()], 5, 'inserted'],
    ['an entry of a number beyond', [...lines.toSpliced(4, 0, rewritten(5, { seq: 500 })), end()], 5, 'inserted'],
    ["another company's entry", [...lines.with(3, rewritten(4, { tenant: 'southway' })), end()], 4, 'inserted'],
    ['an entry after the checkpoint', [...lines, exportOf(10).lines[9]!, end()], 10, 'inserted'],
    ['a ledger that begins in the middle', [rewritten(1, { prev: leafAt(3) }), ...lines.slice(1), end()], 1, 'forked'],
    ['no checkpoint', lines, 9, 'truncated'],
    ['a checkpoint that names a member twice', [...lines, end().replace('{', '{"checkpoint":"",')], 10, 'truncated'],
  ] as const)('names the first bad entry and what is wrong: %s', async (_, all, seq, what) => {
    expect(await check(all)).toMatchObject({ ok: false, isComplete: false, isProven: false, firstBad: { seq, what } });
  });

  it('names a history written anew from some entry on, leaves and chain and all', async () => {
    let prev = leafAt(5);
    const forged = lines.map((line, at) => {
      if (at < 5) return line;
      const entry = rewritten(at + 1, { tool: 'nothing_happened', prev });
      prev = (JSON.parse(entry) as { leaf: string }).leaf;
      return entry;
    });
    expect(await check([...forged, end()])).toMatchObject({ firstBad: { seq: 9, what: 'forked' } });
    // Whoever kept an earlier checkpoint learns where, even if the device's key signed the new history.
    const unsigned = { key: undefined, kept: readCheckpoint(note(7))! };
    expect(await check([...forged, end()], unsigned)).toMatchObject({ firstBad: { seq: 7, what: 'forked' } });
    expect(await check([...lines.slice(0, 5), ...forged.slice(6), end()])).toMatchObject({
      firstBad: { seq: 6, what: 'missing' },
    });
    expect(await check([...forged.slice(0, 7), ...lines.slice(7), end()])).toMatchObject({
      firstBad: { seq: 8, what: 'forked' },
    });
  });

  it('holds an export against a checkpoint that was kept', async () => {
    const kept = (size: number) => ({ kept: readCheckpoint(note(size))! });
    for (const size of [0, 1, 6, 9].filter((each) => each > 0))
      expect((await check([...lines, end()], kept(size))).ok, String(size)).toBe(true);
    const shorter = exportOf(6);
    expect(await check([...shorter.lines, shorter.end()], kept(9))).toMatchObject({
      firstBad: { seq: 7, what: 'truncated' },
    });
    const other = readCheckpoint(note().replace(/\n9\n.{8}/, '\n9\nAAAAAAAA'))!;
    expect(await check([...lines, end()], { kept: other })).toMatchObject({ firstBad: { seq: 9, what: 'forked' } });
  });

  it('takes a declared filter for what it is: every leaf checked, nothing claimed of the rest', async () => {
    const filtered = [lines[1]!, lines[2]!, lines[6]!];
    const last = end({ filter: { customer: 'MERI-7' } });
    expect(await check([...filtered, last])).toEqual({
      ok: true,
      entries: 3,
      isComplete: false,
      isProven: false,
      signature: 'valid',
      covered: 9,
      lastAt: '2026-11-21T09:00:07.000Z',
    });
    const changed = filtered.with(2, filtered[2]!.replace('MERI-7', 'MERI-8'));
    expect(await check([...changed, last])).toMatchObject({ ok: false, firstBad: { seq: 7, what: 'changed' } });
    expect(await check([lines[6]!, lines[1]!, last])).toMatchObject({ firstBad: { what: 'reordered' } });
    expect(await check([lines[1]!, lines[1]!, last])).toMatchObject({ firstBad: { seq: 2, what: 'inserted' } });
    expect(await check([lines[1]!, rewritten(3, { prev: leafAt(7) }), last])).toMatchObject({
      firstBad: { seq: 3, what: 'forked' },
    });
  });

  it('allows a range of time no gap', async () => {
    const last = end({ filter: { from: '2026-11-21T09:00:03.000Z' } });
    expect(await check([...lines.slice(2), last])).toMatchObject({ ok: true, entries: 7, isComplete: false });
    expect(await check([...lines.slice(2, 5), ...lines.slice(6), last])).toMatchObject({
      ok: false,
      firstBad: { seq: 6, what: 'missing' },
    });
  });

  it('accepts lines that are written otherwise but say the same', async () => {
    const spaced = lines.map((line) => {
      const { leaf, ...members } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify({ leaf, ...members }, null, ' ').replaceAll('\n', ' ');
    });
    expect(await check([...spaced, end()])).toMatchObject({ ok: true, entries: 9 });
  });

  it.each([
    ['the export ended at an earlier checkpoint, whose size it says', 6, '2026-11-21T09:00:06.000Z'],
    ['nothing recorded yet', 0, undefined],
  ] as const)('says how far an export goes: %s', async (_, size, lastAt) => {
    const shorter = exportOf(size);
    const verdict = await check([...shorter.lines, shorter.end()]);
    expect([verdict.ok, verdict.covered, verdict.lastAt]).toEqual([true, size, lastAt]);
  });

  it('takes no export for a bundle because of the word that marks one, where a bundle has it', async () => {
    const named = (count: number) => exportOf(3, { customer: `${'x'.repeat(count)}ustar` });
    const shorter = named(0);
    const marked = named(257 - shorter.lines[0]!.indexOf('ustar'));
    expect(marked.lines[0]!.slice(257, 262)).toBe('ustar');
    expect(await check([...marked.lines, marked.end()])).toMatchObject({ ok: true, entries: 3 });
    expect(await check(marked.lines)).toMatchObject({ firstBad: { seq: 3, what: 'truncated' } });
  });

  it('refuses a line that is empty, and a file whose last line is not ended', async () => {
    expect(await check(['', ...lines, end()])).toMatchObject({ firstBad: { seq: 1, what: 'changed' } });
    expect(await check([...lines.toSpliced(4, 0, ''), end()])).toMatchObject({ firstBad: { seq: 5, what: 'changed' } });
    expect(await check([...lines, end(), ''])).toMatchObject({ firstBad: { seq: 11, what: 'truncated' } });
    const unended = [...lines, end()].join('\n');
    expect(await checkBytes(unended)).toMatchObject({ firstBad: { seq: 10, what: 'truncated' } });
    expect(await checkBytes('')).toMatchObject({ firstBad: { seq: 0, what: 'truncated' } });
  });

  it('takes no bytes for the character that stands for bytes nobody could read', async () => {
    const read = rewritten(1, { tool: 'a\ufffdb' });
    const note = JSON.stringify({ checkpoint: exportOf(9).note(), filter: { tool: 'a\ufffdb' } });
    const text = Buffer.from(`${read}\n${note}\n`);
    expect(await checkBytes(text)).toMatchObject({ ok: true });
    const at = text.indexOf('\ufffd');
    for (const bytes of [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80]]) {
      const bad = Buffer.concat([text.subarray(0, at), Buffer.from(bytes), text.subarray(at + 3)]);
      expect(await checkBytes(bad), bytes.join()).toMatchObject({ firstBad: { seq: 1, what: 'changed' } });
    }
    const marked = Buffer.concat([Buffer.from('\ufeff'), text]);
    expect(await checkBytes(marked)).toMatchObject({ firstBad: { seq: 1, what: 'changed' } });
  });

  it.each([
    ['a list', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['a member of an entry', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)},${lines[3]!.slice(1)}`],
    ['an object', '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000)],
  ])('refuses what nests without end: %s', async (_, line) => {
    expect(await check([...lines.with(3, line), end()])).toMatchObject({ firstBad: { seq: 4, what: 'changed' } });
    expect(await check([...lines, line])).toMatchObject({ firstBad: { seq: 10, what: 'truncated' } });
  });

  it.each(['2026-11-21', '2026-11-21T09:00:04Z', '2026-11-21T10:00:04.000+01:00', '9999\u001b[2J', ''])(
    'refuses an entry that was recorded at %j: instants are compared as text',
    async (at) => {
      const part = [rewritten(4, { at }), end({ filter: { customer: 'MERI-7' } })];
      expect(await check(part)).toMatchObject({ firstBad: { seq: 1, what: 'changed' } });
    },
  );

  it.each([
    [{ from: '2026-11-21T09:00:02Z' }, true],
    [{ from: '2026-11-21T09:00:02.001Z' }, false],
    [{ to: '2026-11-21T09:00:03Z' }, true],
    [{ to: '2026-11-21T09:00:02.9999Z' }, false],
    [{ customer: 'MERI-7' }, true],
    [{ customer: 'XXXX-9' }, false],
    [{ technician: 'Anna Bergström' }, true],
    [{ technician: 'anna@northway.example' }, true],
    [{ technician: 'claude-code' }, false],
    [{ client: 'claude-code' }, true],
    [{ client: 'operator' }, false],
    [{ tool: 'ticket_list' }, true],
    [{ tool: 'ticket' }, false],
    [{ kinds: ['call.intent', 'call.outcome'] }, true],
    [{ kinds: ['call.intent'] }, false],
    [{ denied: true }, false],
    [{ constructor: 'x' }, true],
  ])('holds entries against what the filter %j asks for', async (filter, isOk) => {
    const verdict = await check([lines[1]!, lines[2]!, end({ filter })]);
    expect(verdict.firstBad?.what).toBe(isOk ? undefined : 'inserted');
  });

  it('takes a call for denied that was denied, or that a gate stopped', async () => {
    const denied = [
      { kind: 'call.denied' },
      { kind: 'call.outcome', gates: [{ gate: 'budget', ok: true }, null, { gate: 'output', ok: false }] },
    ];
    const other = [
      { kind: 'call.outcome', gates: [{ gate: 'budget', ok: true }] },
      { kind: 'call.intent', gates: [{ ok: false }] },
    ];
    for (const [all, isOk] of [
      [denied, true],
      [other, false],
    ] as const)
      for (const members of all)
        expect(await check([rewritten(4, members), end({ filter: { denied: true } })])).toMatchObject({ ok: isOk });
  });

  it.each([5, [], 'x', { from: 1 }, { to: 'yesterday' }, { kinds: 'call.intent' }, { denied: false }, { tool: null }])(
    'refuses %j for a filter',
    async (filter) =>
      expect(await check([lines[1]!, end({ filter })])).toMatchObject({ firstBad: { seq: 2, what: 'truncated' } }),
  );
});

describe('the verifier', () => {
  it('shares no code with what writes ledgers: it imports two builtins of Node and itself', () => {
    const folder = join(import.meta.dirname, '../../../src-cli/verifier');
    const imported = readdirSync(folder).flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\bfrom '([^']+)';$/gm)].map(([, from]) => from!),
    );
    const strange = imported.filter((from) => !/^\.\/[\w-]+\.ts$/.test(from));
    expect([...new Set(strange)].toSorted()).toEqual(['node:crypto', 'node:fs/promises']);
  });
});
