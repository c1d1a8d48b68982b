// What calls asked and answered in an evidence bundle: opened for the operator alone, and held against what entries commit to.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Evidence, fern, key, makeEvidence, meridian } from './evidence-fixture.ts';
import { runCommand } from './run-command.ts';

let evidence: Evidence;
beforeEach(async () => {
  evidence = await makeEvidence();
});

const bundleOf = (name: string, ...more: string[]) =>
  evidence.exportTo(name, '--format', 'bundle', '--bodies', ...more);

interface Line {
  readonly seq: number;
  readonly body?: { readonly blind: string } & Record<string, unknown>;
  readonly why?: string;
}

const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** A text with line `at` replaced by others. */
const lineReplaced =
  (at: number, ...by: string[]) =>
  (text: string): string =>
    text
      .split('\n')
      .toSpliced(at, 1, ...by)
      .join('\n');
const lineChanged =
  (at: number, change: (line: Line) => object) =>
  (text: string): string =>
    lineReplaced(at, JSON.stringify(change(JSON.parse(text.split('\n')[at]!) as Line)))(text);

describe('audit export --bodies', () => {
  it('adds the body of every entry that commits to one, and verifies', async () => {
    await evidence.recordCalls(300);
    const done = await bundleOf('all.tar');
    expect([done.code, done.json]).toMatchObject([0, { entries: 601, bodies: 600 }]);
    const lines = linesOf(evidence.textOf('all.tar', 'bodies.jsonl'));
    expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 600 }, (_, at) => at + 2));
    const bodies = lines.map(({ body }) => body);
    const blind = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
    expect(bodies).toContainEqual({ blind, params: { customer: 'MERI-7', status: 'open', text: 'Grüße № 1' } });
    expect(bodies).toContainEqual({ blind, records: [{ id: 299 }] });
    expect(evidence.textOf('all.tar', 'entries.jsonl')).not.toContain('Grüße');
    expect(evidence.textOf('all.tar', 'README.txt')).toContain('bodies.jsonl');
    expect((await evidence.verify('all.tar', '--key', key)).json).toMatchObject({
      ok: true,
      entries: 601,
      isComplete: true,
      isProven: true,
      signature: 'valid',
      bodies: { opened: 600, absent: 0 },
    });
  });

  it('asks for no more at a time than fit into one message, and says beforehand that bodies leave', async () => {
    await evidence.recordCalls(300);
    await bundleOf('all.tar');
    const asked = evidence.app.calls
      .filter(([name]) => name === 'bodiesOf')
      .map(([, input]) => input as { seqs: number[] });
    expect(asked.map(({ seqs }) => seqs.length)).toEqual([250, 250, 100]);
    const begun = evidence.app.calls.find(([name]) => name === 'beginExport')?.[1];
    expect(begun).toEqual({ format: 'bundle', filter: {}, bodies: true });
  });

  it('opens the bodies of the entries that are in a part, and no others', async () => {
    await evidence.recordCalls(9);
    const done = await bundleOf('part.tar', '--customer', fern.code);
    expect(done.json).toMatchObject({ entries: 6, bodies: 6 });
    const seqs = (part: string) => linesOf(evidence.textOf('part.tar', part)).map(({ seq }) => seq);
    expect(seqs('bodies.jsonl')).toEqual(seqs('entries.jsonl'));
    expect((await evidence.verify('part.tar', '--key', key)).json).toMatchObject({
      ok: true,
      isComplete: false,
      bodies: { opened: 6, absent: 0 },
    });
  });

  it('says of a body that is gone why, and that nothing proves it', async () => {
    await evidence.recordCalls(6);
    await evidence.dropBodies(fern);
    await evidence.dropKeys(meridian);
    const done = await bundleOf('all.tar');
    expect(done.json).toMatchObject({ bodies: 0 });
    const whys = linesOf(evidence.textOf('all.tar', 'bodies.jsonl')).map(({ why }) => why);
    expect(whys.filter((why) => why === 'dropped')).toHaveLength(4);
    expect(whys.filter((why) => why === 'destroyed')).toHaveLength(8);
    const ran = await runCommand(['audit', 'verify', '--file', evidence.out('all.tar'), '--key', key]);
    expect(ran.stdout).toContain(
      'Bodies opened and found to be those that were recorded: 0. Not there: 12; the device says why, nothing proves it.',
    );
  });

  it('is for the operator alone', async () => {
    await evidence.recordCalls(1);
    const args = [
      'audit',
      'export',
      '--home',
      evidence.app.home,
      '--out',
      evidence.out('all.tar'),
      '--format',
      'bundle',
    ];
    const ran = await runCommand([...args, '--bodies', '--json']);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'OPERATOR_ONLY' } }]);
    expect([evidence.app.calls, existsSync(evidence.out('all.tar'))]).toEqual([[], false]);
  });

  it.each(['jsonl', 'csv'])('is wrong usage with --format %s, which could not be checked', async (format) => {
    const ran = await evidence.exportTo('all', '--format', format, '--bodies');
    expect([ran.code, ran.json]).toMatchObject([2, { error: { code: 'USAGE' } }]);
    expect(evidence.app.calls).toEqual([]);
  });
});

describe('audit verify --file, of a bundle with bodies', () => {
  const body = { ...{ blind: '0'.repeat(32) }, params: {} };

  it.each([
    [
      'a changed argument',
      lineChanged(2, (line) => ({ ...line, body: { ...line.body, params: { text: 'x' } } })),
      4,
      'changed',
    ],
    ['another blind', lineChanged(2, (line) => ({ ...line, body: { ...line.body, blind: body.blind } })), 4, 'changed'],
    ['one member more', lineChanged(2, (line) => ({ ...line, body: { ...line.body, more: 1 } })), 4, 'changed'],
    [
      'half a surrogate pair',
      lineChanged(2, (line) => ({ ...line, body: { ...line.body, more: '\ud800' } })),
      4,
      'changed',
    ],
    ['no object', lineChanged(2, ({ seq }) => ({ seq, body: 'x' })), 4, 'changed'],
    ['a reason nobody knows', lineChanged(2, ({ seq }) => ({ seq, why: 'mislaid' })), 4, 'changed'],
    ['both a body and a reason', lineChanged(2, (line) => ({ ...line, why: 'dropped' })), 4, 'changed'],
    ['a member named twice', (text: string) => text.replace('{"seq":4,', '{"seq":3,"seq":4,'), 4, 'changed'],
    ["another entry's body", lineChanged(2, ({ seq }) => ({ seq, body })), 4, 'changed'],
    ['a missing line', lineReplaced(2), 4, 'missing'],
    [
      'the last line missing',
      (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1),
      7,
      'missing',
    ],
    ['no line', () => '', 2, 'missing'],
    [
      'a line twice',
      (text: string) => lineReplaced(2, text.split('\n')[2]!, text.split('\n')[2]!)(text),
      4,
      'inserted',
    ],
    ['a body that no entry commits to', lineReplaced(6, JSON.stringify({ seq: 1, body }), ''), 1, 'inserted'],
    ['a body of no entry', lineReplaced(6, JSON.stringify({ seq: 99, body }), ''), 99, 'inserted'],
    ['something else', lineReplaced(2, 'null'), 4, 'changed'],
  ] as const)('names the entry and what is wrong: %s', async (_, change, seq, what) => {
    await evidence.recordCalls(3);
    await bundleOf('all.tar');
    expect((await evidence.verify(evidence.tampered('all.tar', 'bodies.jsonl', (text) => text))).json).toMatchObject({
      ok: true,
      bodies: { opened: 6 },
    });
    const ran = await evidence.verify(evidence.tampered('all.tar', 'bodies.jsonl', change, true), '--key', key);
    expect(ran.json).toMatchObject({ ok: false, firstBad: { seq, what } });
    const plain = await evidence.verify(evidence.tampered('all.tar', 'bodies.jsonl', change), '--key', key);
    expect(plain.json).toMatchObject({ ok: false });
  });

  it('names an entry whose commitment was changed, like any other member of it', async () => {
    await evidence.recordCalls(3);
    await bundleOf('all.tar');
    const change = (text: string): string =>
      text.replace(/("commitment":")(.)/, (_, name: string, digit: string) => name + (digit === '0' ? '1' : '0'));
    expect((await evidence.verify(evidence.tampered('all.tar', 'entries.jsonl', change, true))).json).toMatchObject({
      ok: false,
      firstBad: { seq: 2, what: 'changed' },
    });
  });

  it('is not asked for bodies where the bundle was made without', async () => {
    await evidence.recordCalls(3);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const names = execFileSync('tar', ['-tf', evidence.out('all.tar')], { encoding: 'utf8' });
    expect(names).not.toContain('bodies');
    const { json } = await evidence.verify('all.tar');
    expect(json).toMatchObject({ ok: true, entries: 7, isComplete: true, isProven: true, signature: 'enclosed' });
    expect(json).not.toHaveProperty('bodies');
  });
});
