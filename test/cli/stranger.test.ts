// docs/audit-format.md is enough for a stranger: stranger/verify.py was written from it alone, in another language and with
// nothing but its standard library, and judges what real code exported as our verifier does, whole and damaged.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint, readKey } from '../../src-cli/verifier/checkpoint.ts';
import type { EvidenceVerdict } from '../../src-cli/verifier/verdict.ts';
import { verifyFile } from '../../src-cli/verifier/verify-file.ts';
import { draft } from '../ledger/fork-ledger.ts';
import { type Change, changes, earlierFile, inForce, linesOf, textOf } from './earlier-policies.ts';
import { type Evidence, fern, key, makeEvidence } from './evidence-fixture.ts';
import { policyText } from './policy-text.ts';

const script = join(import.meta.dirname, 'stranger/verify.py');
const version = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const noPython = version.status === 0 ? undefined : 'python3 is not on this machine';
if (noPython !== undefined) console.warn(`The stranger's verifier was not tried: ${noPython}.`);

type Judged = Partial<Omit<EvidenceVerdict, 'firstBad'>> & {
  readonly ok: boolean;
  readonly firstBad?: { readonly seq: number; readonly what: string; readonly problem: string };
};

let evidence: Evidence;
beforeEach(async () => {
  evidence = await makeEvidence();
});

/** What the stranger says of each file. */
function stranger(paths: readonly string[], ...options: string[]): Judged[] {
  const ran = spawnSync('python3', [script, ...options, ...paths], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (ran.stderr !== '') throw new Error(ran.stderr);
  return ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Judged);
}

async function ours(path: string, kept?: string): Promise<Judged> {
  const text = kept === undefined ? undefined : readFileSync(kept, 'utf8').trimEnd().split('\n').at(-1)!;
  const note = text === undefined ? undefined : (JSON.parse(text) as { checkpoint: string }).checkpoint;
  return verifyFile(path, { key: readKey(key), kept: note === undefined ? undefined : readCheckpoint(note) });
}

/** A verdict without its sentences. */
const bare = ({ firstBad, ...rest }: Judged) =>
  firstBad ? { ok: false, seq: firstBad.seq, what: firstBad.what } : rest;

/** Values whose canonical text is easily got wrong. */
const odd = {
  numbers: [
    0, -0, 1, -1.5, 1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 5e-324, 1.7976931348623157e308, 0.1,
    333333333.3333333,
  ],
  '\u20ac': 'Euro',
  '\r': 'Carriage',
  '\ufb33': 'Hebrew',
  '\ud83d\ude00': 'Smiley',
  '\u0080': 'Control',
  text: '"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é\ud83d\ude00',
  nested: [[], {}, null, true, { b: false, a: '' }],
};

describe.skipIf(noPython !== undefined)('the verifier a stranger wrote', () => {
  it('accepts what real code exports, as ours does', { timeout: 60_000 }, async () => {
    await evidence.ledger.append(draft('odd', { params: odd }));
    await evidence.recordCalls(40);
    await evidence.exportTo('kept.jsonl');
    await evidence.record(30);
    await evidence.dropBodies(fern);
    await evidence.exportTo('all.jsonl');
    await evidence.exportTo('all.tar', '--format', 'bundle', '--bodies');
    await evidence.exportTo('part.tar', '--format', 'bundle', '--bodies', '--customer', fern.code);
    const names = ['all.jsonl', 'all.tar', 'part.tar'].map(evidence.out);
    const kept = evidence.out('kept.jsonl');
    const verdicts = stranger(names, '--key', key, '--checkpoint', kept);
    expect(verdicts).toEqual(await Promise.all(names.map((name) => ours(name, kept))));
    expect(verdicts.map(({ ok, isComplete, bodies }) => [ok, isComplete, bodies?.opened, bodies?.absent])).toEqual([
      [true, true, undefined, undefined],
      [true, true, 52, 28],
      [true, false, 0, 28],
    ]);
    await evidence.exportTo('part.jsonl', '--customer', fern.code);
    await evidence.exportTo('none.jsonl', '--tool', 'nothing');
    await evidence.exportTo('time.tar', '--format', 'bundle', '--from', '2026-11-21T00:00:10Z');
    expect((await ours(evidence.out('time.tar'))).policy).toEqual({ version: 4, isRecorded: true });
    const more = ['part.jsonl', 'none.jsonl', 'time.tar'].map(evidence.out);
    expect(stranger(more, '--key', key)).toEqual(await Promise.all(more.map((name) => ours(name))));
    expect(stranger(more.slice(2))).toMatchObject([{ ok: true, signature: 'enclosed' }]);
  });

  it('names the first bad entry of a damaged export, as ours does', { timeout: 60_000 }, async () => {
    await evidence.recordCalls(6);
    await evidence.exportTo('all.jsonl');
    const lines = readFileSync(evidence.out('all.jsonl'), 'utf8').trimEnd().split('\n');
    const line = (seq: number): string => lines[seq - 1]!;
    const leaf = (seq: number): string => (JSON.parse(line(seq)) as { leaf: string }).leaf;
    const damaged: Record<string, readonly string[]> = {
      changed: lines.with(3, line(4).replace('MERI-7', 'MERI-8')),
      'a changed leaf': lines.with(3, line(4).replace(leaf(4), leaf(5))),
      'a name twice': lines.with(3, line(4).replace('{', '{"customer":"FERN-2",')),
      missing: lines.toSpliced(4, 1),
      first: lines.slice(1),
      last: lines.toSpliced(-2, 1),
      swapped: lines.with(3, line(5)).with(4, line(4)),
      twice: lines.toSpliced(4, 0, line(4)),
      'once more': lines.toSpliced(8, 0, line(3)),
      'no checkpoint': lines.slice(0, -1),
      'a shorter checkpoint': [...lines.slice(0, -1), lines.at(-1)!.replace('\\n13\\n', '\\n12\\n')],
      nothing: [],
    };
    const names = Object.entries(damaged).map(([name, text], at) => {
      writeFileSync(evidence.out(`${at}.jsonl`), text.map((each) => `${each}\n`).join(''));
      return [name, evidence.out(`${at}.jsonl`)] as const;
    });
    const told = stranger(
      names.map(([, path]) => path),
      '--key',
      key,
    );
    const both = await Promise.all(
      names.map(async ([name, path], at) => [name, bare(told[at]!), bare(await ours(path))]),
    );
    expect(both.map(([name, found]) => [name, found])).toEqual(both.map(([name, , found]) => [name, found]));
    expect(both.every(([, found]) => !(found as Judged).ok)).toBe(true);
  });

  it('is misled by no bytes, as ours is not', { timeout: 60_000 }, async () => {
    await evidence.recordCalls(6);
    await evidence.exportTo('all.jsonl');
    await evidence.exportTo('part.jsonl', '--customer', fern.code);
    const text = readFileSync(evidence.out('all.jsonl'), 'utf8');
    const part = readFileSync(evidence.out('part.jsonl'), 'utf8');
    const third = (change: (line: string) => string): string =>
      text
        .split('\n')
        .map((line, at) => (at === 2 ? change(line) : line))
        .join('\n');
    const filtered = (filter: object): string => part.replace('{"customer":"FERN-2"}}', `${JSON.stringify(filter)}}`);
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const files: Record<string, string | Buffer> = {
      'a long line': third((line) => line.replace('{', `{${' '.repeat(4 * 1024 * 1024)}`)),
      'a long line with another entry in it': third(
        (line) => `${line.slice(0, -1)}${' '.repeat(4 * 1024 * 1024)},"x":"${'y'.repeat(256 * 1024)}"}`,
      ),
      'a name twice, far from its colon': third((line) =>
        line.replace('"customer":', `"customer":"EVIL-1","customer"${' '.repeat(101)}:`),
      ),
      'a blank line': third((line) => `\n${line}`),
      'a blank line at the end': `${text}\n`,
      'no end of the last line': text.slice(0, -1),
      'a mark at the beginning': `\ufeff${text}`,
      'bytes that are no text': Buffer.from(
        third((line) => line.replace('MERI-7', 'MERI-\u00ff')),
        'latin1',
      ),
      'a deep line': third(() => deep),
      'a deep member': third((line) => line.replace('{', `{"a":${deep},`)),
      'a time in another form': third((line) => line.replace(/"at":"[^"]*"/, '"at":"2026-11-21"')),
      'a filter of another customer': filtered({ customer: 'XXXX-9' }),
      'a filter of a scope': filtered({ cross: 'CROSS-1' }),
      'a filter of another time': filtered({ customer: fern.code, from: '2030-01-01T00:00:00Z' }),
      'a filter of a time': filtered({ to: '2030-01-01T00:00Z', technician: 'Anna Berg', client: 'claude-code' }),
      'a filter of kinds': filtered({ kinds: ['call.intent', 'call.outcome'], tool: 'ticket_list', other: 1 }),
      'a filter of denied calls': filtered({ denied: true }),
      ...Object.fromEntries(
        [{ from: 'yesterday' }, { kinds: 'alert' }, { denied: false }, [], { tool: 1 }].map((filter) => [
          JSON.stringify(filter),
          filtered(filter),
        ]),
      ),
      nothing: '',
      'a line feed': '\n',
    };
    const names = Object.keys(files);
    const paths = Object.values(files).map((bytes, at) => {
      writeFileSync(evidence.out(`file-${at}`), bytes);
      return evidence.out(`file-${at}`);
    });
    const told = stranger(paths, '--key', key);
    const judged = await Promise.all(paths.map(async (path) => ours(path)));
    expect(names.map((name, at) => [name, bare(told[at]!)])).toEqual(
      names.map((name, at) => [name, bare(judged[at]!)]),
    );
    expect(names.filter((_, at) => judged[at]!.ok)).toEqual(['a filter of a time', 'a filter of kinds']);
  });

  it('goes by the end of an archive, as ours does', { timeout: 60_000 }, async () => {
    await evidence.recordCalls(6);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const bytes = readFileSync(evidence.out('all.tar'));
    const content = bytes.subarray(0, -1024);
    const ends = [
      Buffer.alloc(0),
      Buffer.alloc(512),
      Buffer.alloc(1023),
      Buffer.alloc(1024),
      Buffer.alloc(5000),
      Buffer.concat([Buffer.alloc(512), bytes]),
      Buffer.concat([Buffer.alloc(512), Buffer.from('x'), Buffer.alloc(2000)]),
      Buffer.concat([Buffer.alloc(1024), bytes]),
      Buffer.concat([Buffer.alloc(1024 * 1024), Buffer.from('x')]),
    ];
    const paths = ends.map((end, at) => {
      writeFileSync(evidence.out(`end-${at}`), Buffer.concat([content, end]));
      return evidence.out(`end-${at}`);
    });
    const told = stranger(paths, '--key', key).map(bare);
    expect(told).toEqual(await Promise.all(paths.map(async (path) => bare(await ours(path)))));
    expect(told.map((each) => ('what' in each ? each.what : 'ok'))).toEqual([
      ...['truncated', 'truncated', 'truncated', 'ok', 'ok'],
      ...['inserted', 'inserted', 'inserted', 'inserted'],
    ]);
  });

  it('names what is wrong with a damaged bundle, as ours does', { timeout: 120_000 }, async () => {
    await evidence.recordCalls(6);
    await evidence.exportTo('all.tar', '--format', 'bundle', '--bodies');
    await evidence.exportTo('part.tar', '--format', 'bundle', '--bodies', '--customer', fern.code);
    await evidence.ledger.append(draft('', { kind: 'policy.applied', customer: null, params: { version: 3 } }));
    await evidence.ledger.append(draft('', { kind: 'policy.applied', customer: null, params: { version: 4 } }));
    await evidence.exportTo('tool.tar', '--format', 'bundle', '--tool', 'ticket_list');
    const damages: [string, string, (text: string) => string][] = [
      ['all.tar', 'bodies.jsonl', (text) => text.replace('Grüße', 'Grüsse')],
      ['all.tar', 'bodies.jsonl', (text) => text.replace(/^.*\n/, '')],
      ['all.tar', 'bodies.jsonl', (text) => text.replace(/^(.*\n)/, '$1$1')],
      ['all.tar', 'bodies.jsonl', (text) => `${text}{"seq":99,"why":"dropped"}\n`],
      ['all.tar', 'policy.json', () => `${JSON.stringify(policyText(4, 'southway'))}\n`],
      ['all.tar', 'policy.json', () => `${JSON.stringify({ ...policyText(4), version: 5 })}\n`],
      ['all.tar', 'checkpoint.txt', (text) => text.replace('\n13\n', '\n12\n')],
      ['part.tar', 'entries.jsonl', (text) => text.replace(/^.*\n/, '')],
      ['part.tar', 'entries.jsonl', (text) => text.replace('FERN-2', 'FERN-3')],
      ['part.tar', 'proofs.jsonl', (text) => text.replace(/"inclusion":\["[^"]*",?/, '"inclusion":[')],
      ['part.tar', 'policies.jsonl', (text) => text.replace('"version":4', '"version":5')],
      ['part.tar', 'consistency.jsonl', (text) => text.replace(/"root":"..../, '"root":"AAAA')],
      ['part.tar', 'README.txt', (text) => text.replace('Evidence', 'No evidence')],
      ['part.tar', 'manifest.json', (text) => text.replace('"filter":{"customer":"FERN-2"}', '"filter":null')],
      ['part.tar', 'manifest.json', (text) => text.replace('"filter":{"customer":"FERN-2"}', '"filter":{"tool":"x"}')],
      ['part.tar', 'manifest.json', (text) => text.replace('"filter":{"customer":"FERN-2"}', '"filter":{"tool":1}')],
      ['part.tar', 'manifest.json', (text) => text.replace(/"covered":\d+/, '"covered":999999')],
      ['part.tar', 'manifest.json', (text) => text.replace('laptop-1', 'laptop-2')],
      ['part.tar', 'manifest.json', (text) => text.replace(/"bytes":\d+/, '"bytes":1')],
      ['part.tar', 'manifest.json', (text) => text.replace(/"files":.*\]/, '"files":[null]')],
      ['part.tar', 'manifest.json', (text) => text.replace(/"files":\[(\{[^}]*\})/, '"files":[$1,$1')],
      ['part.tar', 'manifest.json', (text) => `\ufeff${text}`],
      ['part.tar', 'proofs.jsonl', (text) => `${text}anything\n`],
      ['part.tar', 'proofs.jsonl', (text) => `${text}\n`],
      ['part.tar', 'proofs.jsonl', (text) => text.slice(0, -1)],
      ['part.tar', 'consistency.jsonl', (text) => `${text}{"root":"","proof":[]}\n`],
      ['part.tar', 'consistency.jsonl', (text) => text.replace(/"size":(\d+)/, '"size":"$1"')],
      ['part.tar', 'policies.jsonl', (text) => text + text],
      ['part.tar', 'policies.jsonl', (text) => text.replace(/"leaf":"../, '"leaf":"zz')],
      [
        'part.tar',
        'bodies.jsonl',
        (text) => text.replace(/^.*/, (line) => line.replace(/"(body|why)":.*/, '"why":null}')),
      ],
      ['all.tar', 'policies.jsonl', () => ''],
      ['all.tar', 'policy.json', () => `${JSON.stringify(policyText(3))}\n`],
      ['all.tar', 'policy.json', () => `${JSON.stringify(policyText(5))}\n`],
      ['all.tar', 'entries.jsonl', (text) => text.slice(0, -1)],
      ['tool.tar', 'policies.jsonl', () => ''],
      ['tool.tar', 'policies.jsonl', (text) => text.replace(/.*\n$/, '')],
      ['tool.tar', 'policies.jsonl', (text) => `${text.trimEnd().split('\n').toReversed().join('\n')}\n`],
      ['tool.tar', 'policy.json', () => `${JSON.stringify(policyText(3))}\n`],
    ];
    const paths = [
      ...damages.map(([name, part, change]) =>
        evidence.out(evidence.tampered(name, part, change, part !== 'README.txt' && part !== 'manifest.json')),
      ),
      evidence.out(evidence.without('part.tar', 'proofs.jsonl')),
    ];
    const told = stranger(paths, '--key', key).map((each, at) => ({ at, ...bare(each) }));
    expect(told).toEqual(await Promise.all(paths.map(async (path, at) => ({ at, ...bare(await ours(path)) }))));
    expect(told.filter((each) => !('what' in each))).toEqual([]);
  });

  it('checks the texts of earlier policies, as ours does', { timeout: 120_000 }, async () => {
    await inForce(evidence);
    await evidence.ledger.append(draft('', { kind: 'policy.applied', customer: null, params: { version: 3 } }));
    await evidence.record(9);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    await evidence.exportTo('tool.tar', '--format', 'bundle', '--tool', 'tool_5');
    const change = (name: string, of: Change): string =>
      evidence.tampered(name, earlierFile, (text) => textOf(of(linesOf(text))), true);
    const paths = [
      'all.tar',
      'tool.tar',
      evidence.without('all.tar', earlierFile),
      evidence.without('all.tar', 'policy.json'),
      evidence.tampered('tool.tar', earlierFile, (text) => text.slice(0, -1), true),
      ...changes.map(([, , of], at) => change(at % 2 === 0 ? 'all.tar' : 'tool.tar', of)),
    ].map(evidence.out);
    const told = stranger(paths, '--key', key).map((each, at) => ({ at, ...bare(each) }));
    expect(told).toEqual(await Promise.all(paths.map(async (path, at) => ({ at, ...bare(await ours(path)) }))));
    expect(told.slice(0, 3)).toMatchObject(
      [3, 3, 1].map((withText) => ({ ok: true, policies: { inForce: 5, withText } })),
    );
    expect(told.slice(3).filter((each) => !('what' in each))).toEqual([]);
  });

  it('accepts no more than ours, whatever is done to a file', { timeout: 120_000 }, async () => {
    await evidence.recordCalls(5);
    await evidence.exportTo('all.jsonl');
    await evidence.exportTo('part.tar', '--format', 'bundle', '--bodies', '--customer', fern.code);
    const random = numbers(20_261_122);
    const paths = Array.from({ length: 200 }, (_, at) => {
      const bytes = readFileSync(evidence.out(at % 2 === 0 ? 'all.jsonl' : 'part.tar'));
      const path = evidence.out(`random-${at}`);
      writeFileSync(path, damage(bytes, random));
      return path;
    });
    const told = stranger(paths, '--key', key);
    const same = await Promise.all(paths.map(async (path, at) => [path, told[at]?.ok] as const));
    const judged = await Promise.all(paths.map(async (path) => [path, (await ours(path)).ok] as const));
    expect(same).toEqual(judged);
    expect(judged.filter(([, ok]) => !ok).length).toBeGreaterThan(150);
  });
});

/** One byte changed, some cut out, some doubled, or the end cut off. */
function damage(bytes: Buffer, random: (below: number) => number): Buffer {
  const at = random(bytes.length);
  const length = 1 + random(40);
  const before = bytes.subarray(0, at);
  const kinds = [
    () => Buffer.concat([before, Buffer.from([32 + random(95)]), bytes.subarray(at + 1)]),
    () => Buffer.concat([before, bytes.subarray(at + length)]),
    () => Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]),
    () => before,
  ];
  return kinds[random(kinds.length)]!();
}

/** The same numbers every time (a linear congruence; nothing hangs on how good they are). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
