// Evidence from a real ledger, by the commands, from export to the verdict of the verifier.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenLedger } from '../../src-ledger/open-ledger.ts';
import { noteKeyText } from '../../src-shared/merkle/note.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { draft } from '../ledger/fork-ledger.ts';
import { openForTest } from '../ledger/open-for-test.ts';
import { origin, publicKey, signNote } from '../merkle/export-fixture.ts';
import { sha256 } from '../merkle/leaves.ts';
import { type FakeApp, fakeApp } from './fake-app.ts';
import { runCommand } from './run-command.ts';

const key = noteKeyText({ name: origin, publicKey }, sha256);
let folder: string;
let app: FakeApp;
let ledger: OpenLedger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-evidence-'));
  let now = Date.UTC(2026, 10, 21);
  ({ ledger } = openForTest(join(folder, 'ledger.db'), { now: () => (now += 1000) }));
  ledger.signWith(async (body) => signNote(body));
  app = await fakeApp({
    beginExport: async ({ format, filter }) => {
      const { entries, note, isSigned } = await ledger.checkpoint();
      const params = { alert: 'ledger-exported', format, filter, checkpoint: { entries } };
      const { seq: recorded } = await ledger.append(draft('', { kind: 'alert', customer: null, params }));
      return { entries, note, isSigned, recorded };
    },
    entries: (question, signal) => ledger.page(question, signal),
    prove: (question, signal) => ledger.prove(question, signal),
    deviceKey: () => ({ name: origin, publicKey: publicKey.toString('base64url') }),
  });
});
afterEach(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** `count` entries, every third of another customer, a policy among them. */
async function record(count: number): Promise<void> {
  const drafts: EntryDraft[] = Array.from({ length: count }, (_, at) =>
    draft(`tool_${at}`, { customer: at % 3 === 0 ? 'FERN-2' : 'MERI-7' }),
  );
  drafts.splice(3, 0, draft('', { kind: 'policy.applied', customer: null, params: { version: 4 } }));
  await Promise.all(drafts.map((each) => ledger.append(each)));
}

const out = (name: string): string => join(folder, name);
const run = (...args: string[]) => runCommand(['audit', ...args, '--json']);
const exportTo = (name: string, ...more: string[]) => run('export', '--home', app.home, '--out', out(name), ...more);
const verify = (name: string, ...more: string[]) => run('verify', '--file', out(name), ...more);

/** The bundle with one of its files changed, its manifest made to fit when asked for. */
function tampered(name: string, part: string, change: (text: string) => string, fitManifest = false): string {
  const place = mkdtempSync(join(folder, 'unpacked-'));
  const tar = (...args: string[]) => execFileSync('tar', args, { cwd: place, encoding: 'utf8' });
  tar('-xf', out(name));
  const names = tar('-tf', out(name)).trim().split('\n');
  const text = change(readFileSync(join(place, part), 'utf8'));
  writeFileSync(join(place, part), text);
  if (fitManifest) {
    const manifest = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8')) as {
      files: { name: string; sha256: string }[];
    };
    for (const file of manifest.files)
      file.sha256 = Buffer.from(sha256(readFileSync(join(place, file.name)))).toString('hex');
    writeFileSync(join(place, 'manifest.json'), JSON.stringify(manifest));
  }
  tar('--format=ustar', '-cf', out('tampered.tar'), ...names);
  return 'tampered.tar';
}

describe('audit export --format bundle', () => {
  it('makes an archive that any tar unpacks, with everything an auditor needs', async () => {
    await record(700);
    const done = await exportTo('all.tar', '--format', 'bundle');
    expect([done.code, done.json]).toEqual([
      0,
      { out: out('all.tar'), format: 'bundle', entries: 701, checkpoint: 701, isSigned: true, recorded: 702 },
    ]);
    const names = execFileSync('tar', ['-tf', out('all.tar')], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(names).toEqual([
      'README.txt',
      'keys.txt',
      'checkpoint.txt',
      'entries.jsonl',
      'consistency.jsonl',
      'policies.jsonl',
      'manifest.json',
    ]);
    const text = (name: string) => execFileSync('tar', ['-xOf', out('all.tar'), name], { encoding: 'utf8' });
    expect(text('keys.txt')).toBe(`${key}\n`);
    expect(text('README.txt')).toContain(key);
    expect(text('entries.jsonl').trimEnd().split('\n')).toHaveLength(701);
    expect(JSON.parse(text('policies.jsonl'))).toMatchObject({ entry: { seq: 4, params: { version: 4 } } });
    expect((await verify('all.tar', '--key', key)).json).toEqual({
      ok: true,
      entries: 701,
      isComplete: true,
      isProven: true,
      signature: 'valid',
    });
    expect((await verify('all.tar')).json).toMatchObject({ ok: true, signature: 'enclosed' });
  });

  it('proves each entry of a part to be in the device’s tree', async () => {
    await record(1700);
    await exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    const ran = await verify('part.tar', '--key', key);
    expect(ran.json).toEqual({ ok: true, entries: 567, isComplete: false, isProven: true, signature: 'valid' });
    const people = await runCommand(['audit', 'verify', '--file', out('part.tar'), '--key', key]);
    expect(people.stdout).toBe(
      '567 entries, every one in its place and unchanged. Each is proven to be in the tree of the checkpoint. Partial: nothing is known about what was left out. The checkpoint is signed by the key you gave.',
    );
  });

  it.each([
    ['checkpoint.txt', (text: string) => text.replace(/\n(\d+)\n/, '\n1$1\n'), 'changed'],
    ['keys.txt', (text: string) => text.replace('northway', 'southway'), 'changed'],
    ['README.txt', (text: string) => `${text} `, 'changed'],
    ['entries.jsonl', (text: string) => text.replace('"tool_3"', '"tool_4"'), 'changed'],
    ['entries.jsonl', (text: string) => text.replace(/^.*\n/, ''), 'missing'],
    ['entries.jsonl', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1), 'changed'],
    ['proofs.jsonl', (text: string) => text.replace(/"inclusion":\["[^"]*",?/, '"inclusion":['), 'changed'],
    ['proofs.jsonl', () => '', 'missing'],
    ['policies.jsonl', (text: string) => text.replace('"version":4', '"version":5'), 'changed'],
    ['consistency.jsonl', () => `{"size":2,"root":"${'A'.repeat(43)}=","proof":[]}\n`, 'forked'],
  ] as const)('is refused when somebody changed its %s (%#), the manifest or not', async (part, change, what) => {
    await record(30);
    await exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    const given = ['--key', key];
    expect(
      (
        await verify(
          tampered('part.tar', part, (text) => text),
          ...given,
        )
      ).json,
    ).toMatchObject({ ok: true });
    for (const fitManifest of [false, true]) {
      const ran = await verify(tampered('part.tar', part, change, fitManifest), ...given);
      const isNamedOnly = fitManifest && ['README.txt', 'keys.txt'].includes(part);
      if (isNamedOnly)
        expect(ran.json).toMatchObject({ ok: true }); // Nothing that is checked hangs on it.
      else expect(ran.json).toMatchObject({ ok: false, firstBad: { what } });
    }
  });

  it('is refused when it was cut short', async () => {
    await record(30);
    await exportTo('all.tar', '--format', 'bundle');
    const bytes = readFileSync(out('all.tar'));
    for (const length of [511, 1024, bytes.length - 1024, bytes.length - 4000]) {
      writeFileSync(out('short.tar'), bytes.subarray(0, length));
      expect((await verify('short.tar')).json, String(length)).toMatchObject({
        ok: false,
        firstBad: { what: 'truncated' },
      });
    }
  });

  it('shows whoever kept the checkpoint of an earlier export that nothing of it was rewritten', async () => {
    await record(100);
    await exportTo('first.jsonl');
    await record(100);
    await exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    await exportTo('all.tar', '--format', 'bundle');
    const kept = ['--key', key, '--checkpoint', out('first.jsonl')];
    expect((await verify('part.tar', ...kept)).json).toMatchObject({ ok: true });
    expect((await verify('all.tar', ...kept)).json).toMatchObject({ ok: true });
    // One that never left in an export is not among those the bundle proves; a whole one needs no proof.
    writeFileSync(out('own.txt'), (await ledger.checkpoint()).note);
    await record(5);
    await exportTo('later.tar', '--format', 'bundle', '--customer', 'FERN-2');
    await exportTo('later.jsonl', '--customer', 'FERN-2');
    for (const name of ['later.tar', 'later.jsonl'])
      expect((await verify(name, '--checkpoint', out('own.txt'))).json).toMatchObject({
        ok: false,
        firstBad: { what: 'missing' },
      });
    const other = readFileSync(out('first.jsonl'), 'utf8').replace(/\\n101\\n.{6}/, '\\n101\\nAAAAAA');
    writeFileSync(out('other.jsonl'), other);
    for (const name of ['part.tar', 'all.tar'])
      expect((await verify(name, '--checkpoint', out('other.jsonl'))).json, name).toMatchObject({
        ok: false,
        firstBad: { seq: 101, what: 'forked' },
      });
  });
});

describe('audit export --format csv', () => {
  it('is a table in which nothing is a formula', async () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '\t=1', '＝1', '|cmd', '"x', 'a\r\nb,c', 'plain'];
    for (const text of evil) await ledger.append(draft(text, { params: { text } }));
    const done = await exportTo('all.csv', '--format', 'csv');
    expect([done.code, done.json]).toMatchObject([0, { format: 'csv', entries: evil.length }]);
    const text = readFileSync(out('all.csv'), 'utf8');
    expect(text.startsWith('\uFEFF"seq","at","kind","customer"')).toBe(true);
    const rows = text.trimEnd().split('\r\n').slice(1);
    const column = text.slice(1).split('\r\n')[0]!.split(',').indexOf('"tool"');
    expect(rows.map((row) => row.split(/,(?=")|,(?=,)/)[column])).toEqual([
      '"\'=1+1"',
      '"\'+1"',
      '"\'-1"',
      '"\'@SUM(A1)"',
      '"\'  =1"',
      '"\' =1"',
      '"\'＝1"',
      '"\'|cmd"',
      '"""x"',
      '"a  b,c"',
      '"plain"',
    ]);
    expect(rows.flatMap((row) => /(?:^|,)"?\s*[=+@]/.exec(row) ?? [])).toEqual([]);
  });
});

describe('audit verify --file', () => {
  it('says what is wrong with what it was given', async () => {
    await record(5);
    await exportTo('all.jsonl');
    expect((await verify('all.jsonl', '--key', 'nonsense')).json).toMatchObject({ error: { code: 'KEY_INVALID' } });
    expect((await verify('all.jsonl', '--checkpoint', out('none'))).json).toMatchObject({
      error: { code: 'FILE_UNREADABLE' },
    });
    expect((await verify('all.jsonl', '--checkpoint', out('ledger.db'))).json).toMatchObject({
      error: { code: 'CHECKPOINT_INVALID' },
    });
    expect((await run('verify', '--key', key, '--home', app.home)).code).not.toBe(0);
  });
});

describe('audit key', () => {
  it('prints the public key that checkpoints are signed with', async () => {
    const ran = await run('key', '--home', app.home);
    expect([ran.code, ran.json]).toEqual([0, { key }]);
  });
});
