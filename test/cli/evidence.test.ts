// Evidence from a real ledger, by the commands, from export to the verdict of the verifier.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { draft } from '../ledger/fork-ledger.ts';
import { type Evidence, key, makeEvidence } from './evidence-fixture.ts';
import { policyText } from './policy-text.ts';
import { runCommand } from './run-command.ts';

let evidence: Evidence;
beforeEach(async () => {
  evidence = await makeEvidence();
});

/** When the last entry of a bundle was recorded. */
function lastAtIn(name: string): string {
  const line = evidence.textOf(name, 'entries.jsonl').trimEnd().split('\n').at(-1)!;
  return (JSON.parse(line) as { at: string }).at;
}

describe('audit export --format bundle', () => {
  it('makes an archive that any tar unpacks, with everything an auditor needs', async () => {
    await evidence.record(700);
    const done = await evidence.exportTo('all.tar', '--format', 'bundle');
    expect([done.code, done.json]).toEqual([
      0,
      { out: evidence.out('all.tar'), format: 'bundle', entries: 701, checkpoint: 701, isSigned: true, recorded: 702 },
    ]);
    const names = execFileSync('tar', ['-tf', evidence.out('all.tar')], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(names).toEqual([
      'README.txt',
      'keys.txt',
      'checkpoint.txt',
      'entries.jsonl',
      'consistency.jsonl',
      'policies.jsonl',
      'policy.json',
      'earlier-policies.jsonl',
      'manifest.json',
    ]);
    const text = (name: string) => execFileSync('tar', ['-xOf', evidence.out('all.tar'), name], { encoding: 'utf8' });
    expect(text('keys.txt')).toBe(`${key}\n`);
    expect(text('README.txt')).toContain(key);
    expect(text('entries.jsonl').trimEnd().split('\n')).toHaveLength(701);
    expect(JSON.parse(text('policies.jsonl'))).toMatchObject({ entry: { seq: 4, params: { version: 4 } } });
    expect((await evidence.verify('all.tar', '--key', key)).json).toEqual({
      ok: true,
      entries: 701,
      isComplete: true,
      isProven: true,
      signature: 'valid',
      covered: 701,
      lastAt: lastAtIn('all.tar'),
      policy: { version: 4, isRecorded: true },
      policies: { inForce: 1, withText: 1 },
    });
    expect((await evidence.verify('all.tar')).json).toMatchObject({ ok: true, signature: 'enclosed' });
  });

  it('proves each entry of a part to be in the device’s tree', async () => {
    await evidence.record(1700);
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    const ran = await evidence.verify('part.tar', '--key', key);
    const lastAt = lastAtIn('part.tar');
    expect(ran.json).toEqual({
      ok: true,
      entries: 567,
      isComplete: false,
      isProven: true,
      signature: 'valid',
      covered: 1701,
      lastAt,
      policies: { inForce: 1, withText: 0 },
    });
    const people = await runCommand(['audit', 'verify', '--file', evidence.out('part.tar'), '--key', key]);
    expect(people.stdout).toBe(
      `567 entries, every one in its place and unchanged. Each is proven to be in the tree of the checkpoint. Partial: nothing is known about what was left out. The checkpoint covers 1701 entries, and the last one here was recorded at ${lastAt}: nothing is known about later ones. Of 1 policy that was in force none is here in the text that the ledger names. Whether others were in force, before or after, is not shown. The checkpoint is signed by the key you gave.`,
    );
  });

  it.each([
    ['checkpoint.txt', (text: string) => text.replace(/\n(\d+)\n/, '\n1$1\n'), 'changed'],
    ['keys.txt', (text: string) => text.replace('northway', 'southway'), 'changed'],
    ['README.txt', (text: string) => `${text} `, 'changed'],
    ['entries.jsonl', (text: string) => text.replace('"tool_3"', '"tool_4"'), 'changed'],
    ['entries.jsonl', (text: string) => text.replace(/^.*\n/, ''), 'missing'],
    ['entries.jsonl', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1), 'inserted'],
    ['proofs.jsonl', (text: string) => text.replace(/"inclusion":\["[^"]*",?/, '"inclusion":['), 'changed'],
    ['proofs.jsonl', () => '', 'missing'],
    ['policies.jsonl', (text: string) => text.replace('"version":4', '"version":5'), 'changed'],
    ['proofs.jsonl', (text: string) => `${text}${text.slice(0, text.indexOf('\n') + 1)}`, 'inserted'],
    ['proofs.jsonl', (text: string) => `${text}\n`, 'inserted'],
    ['proofs.jsonl', (text: string) => `${text}anything`, 'inserted'],
    ['consistency.jsonl', () => `{"size":2,"root":"${'A'.repeat(43)}=","proof":[]}\n`, 'forked'],
    ['consistency.jsonl', () => '{"root":"","proof":[]}\n', 'forked'],
    ['consistency.jsonl', () => '\n', 'forked'],
  ] as const)('is refused when somebody changed its %s (%#), the manifest or not', async (part, change, what) => {
    await evidence.record(30);
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    const given = ['--key', key];
    expect(
      (
        await evidence.verify(
          evidence.tampered('part.tar', part, (text) => text),
          ...given,
        )
      ).json,
    ).toMatchObject({ ok: true });
    for (const fitManifest of [false, true]) {
      const ran = await evidence.verify(evidence.tampered('part.tar', part, change, fitManifest), ...given);
      const isNamedOnly = fitManifest && ['README.txt', 'keys.txt'].includes(part);
      if (isNamedOnly)
        expect(ran.json).toMatchObject({ ok: true }); // Nothing that is checked hangs on it.
      else expect(ran.json).toMatchObject({ ok: false, firstBad: { what } });
    }
  });

  it('holds the policy in force as it was signed, unless it is of one customer or scope: it names all of them', async () => {
    await evidence.record(30);
    await evidence.ledger.append(draft('x', { cross: 'CROSS-1' }));
    await evidence.exportTo('all.tar', '--format', 'bundle');
    await evidence.exportTo('tool.tar', '--format', 'bundle', '--tool', 'tool_5');
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    for (const name of ['all.tar', 'tool.tar'])
      expect(JSON.parse(evidence.textOf(name, 'policy.json'))).toEqual(policyText(4));
    await evidence.exportTo('scope.tar', '--format', 'bundle', '--cross', 'CROSS-1');
    for (const name of ['part.tar', 'scope.tar']) {
      const names = execFileSync('tar', ['-tf', evidence.out(name)], { encoding: 'utf8' });
      expect(names).not.toContain('policy.json');
      expect(evidence.textOf(name, 'README.txt')).not.toContain('policy.json');
    }
    const { json } = await evidence.verify('scope.tar', '--key', key);
    expect(json).toMatchObject({ ok: true, entries: 1, isProven: true });
  });

  it.each([
    ['of another version than it says', { ...policyText(4), version: 5 }],
    [
      'of another version than the ledger says',
      { ...policyText(4), bundle: policyText(4).bundle.replace(/^[^.]*/, '$&=') },
    ],
    ['of another company', policyText(4, 'southway')],
    ['signed by another key', { ...policyText(4), tenantKey: Buffer.alloc(32, 9).toString('base64url') }],
    ['not signed', { ...policyText(4), bundle: policyText(4).bundle.replace(/[^.]*$/, '') }],
    ['none', {}],
  ])('is refused when its policy is %s', async (_, policy) => {
    await evidence.record(30);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const tampered = evidence.tampered('all.tar', 'policy.json', () => `${JSON.stringify(policy)}\n`, true);
    expect((await evidence.verify(tampered, '--key', key)).json).toMatchObject({
      ok: false,
      firstBad: { what: 'changed' },
    });
  });

  it('is refused when its policy is signed, and not the text that the ledger says was put in force', async () => {
    const params = { version: 4, sha256: '0'.repeat(64) };
    await evidence.ledger.append(draft('', { kind: 'policy.applied', customer: null, params }));
    await evidence.exportTo('all.tar', '--format', 'bundle');
    expect((await evidence.verify('all.tar', '--key', key)).json).toMatchObject({
      ok: false,
      firstBad: { what: 'changed', problem: expect.stringContaining('put in force') },
    });
  });

  it('says of a policy whose text the ledger does not name that anyone could have written it', async () => {
    await evidence.ledger.append(draft('', { kind: 'policy.applied', customer: null, params: { version: 4 } }));
    await evidence.exportTo('all.tar', '--format', 'bundle');
    expect((await evidence.verify('all.tar', '--key', key)).json).toMatchObject({
      ok: true,
      policy: { version: 4, isRecorded: false },
    });
    expect((await evidence.told('all.tar', '--key', key)).stdout).toContain('The ledger does not name its text');
  });

  it('needs no policy where the ledger has none, or where it is of one customer', async () => {
    await evidence.ledger.append(draft('x', { customer: 'FERN-2' }));
    await evidence.exportTo('before.tar', '--format', 'bundle', '--customer', 'FERN-2');
    await evidence.record(30);
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    for (const name of ['before.tar', 'part.tar']) {
      const { json } = await evidence.verify(name, '--key', key);
      expect(json).toMatchObject({ ok: true, isProven: true });
      expect(json).not.toHaveProperty('policy');
    }
  });

  it.each([
    ['origin', 'bulkhead/northway/laptop-2', 'changed'],
    ['covered', 999_999, 'changed'],
    ['entries', 30, 'changed'],
    ['entries', '31', 'truncated'],
    ['files', [null], 'truncated'],
    ['files', {}, 'truncated'],
    ['filter', { tool: 5 }, 'truncated'],
  ])('is refused when its manifest says %s: %j', async (member, value, what) => {
    await evidence.record(30);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const name = evidence.tampered('all.tar', 'manifest.json', (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), [member]: value }),
    );
    expect((await evidence.verify(name, '--key', key)).json).toMatchObject({ ok: false, firstBad: { what } });
  });

  it('is refused when its manifest says another length of a file, or names one twice', async () => {
    await evidence.record(30);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const changes: ((text: string) => string)[] = [
      (text) => text.replace(/"bytes":\d+/, '"bytes":1'),
      (text) => text.replace(/"files":\[(\{[^}]*\})/, '"files":[$1,$1'),
    ];
    for (const change of changes)
      expect((await evidence.verify(evidence.tampered('all.tar', 'manifest.json', change))).json).toMatchObject({
        ok: false,
        firstBad: { what: 'changed' },
      });
  });

  it.each([
    { customer: 'XXXX-9' },
    { tool: 'tool_0', from: '2030-01-01T00:00:00.000Z' },
    { kinds: ['alert'] },
    { denied: true },
    { cross: 'CROSS-1' },
  ])('is refused when an entry is in it that its filter %j leaves out', async (filter) => {
    await evidence.record(30);
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    const name = evidence.tampered('part.tar', 'manifest.json', (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), filter }),
    );
    expect((await evidence.verify(name, '--key', key)).json).toMatchObject({
      ok: false,
      firstBad: { seq: 1, what: 'inserted' },
    });
  });

  it('is refused when it leaves entries out and has no proofs, even of none', async () => {
    await evidence.record(30);
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    await evidence.exportTo('none.tar', '--format', 'bundle', '--tool', 'nothing');
    await evidence.exportTo('all.tar', '--format', 'bundle');
    for (const name of ['part.tar', 'none.tar'])
      expect((await evidence.verify(evidence.without(name, 'proofs.jsonl'), '--key', key)).json).toMatchObject({
        ok: false,
        firstBad: { seq: 0, what: 'missing' },
      });
    const filtered = evidence.tampered('part.tar', 'manifest.json', (text) =>
      text.replace('"filter":{"customer":"FERN-2"}', '"filter":{}'),
    );
    expect((await evidence.verify(filtered, '--key', key)).json).toMatchObject({ firstBad: { what: 'inserted' } });
  });

  it('leaves out what any member of its filter leaves out', async () => {
    await evidence.record(30);
    const { entries } = (await evidence.exportTo('tool.tar', '--format', 'bundle', '--tool', 'tool_5')).json as {
      entries: number;
    };
    expect(entries).toBe(1);
    expect((await evidence.exportTo('client.jsonl', '--client', 'operator')).json).toMatchObject({ entries: 0 });
    expect((await evidence.exportTo('denied.jsonl', '--denied')).json).toMatchObject({ entries: 0 });
    const end = readFileSync(evidence.out('denied.jsonl'), 'utf8');
    expect(JSON.parse(end)).toMatchObject({ filter: { denied: true } });
    expect((await evidence.verify('denied.jsonl', '--key', key)).json).toMatchObject({ ok: true, isProven: false });
  });

  it('is refused when it was cut short', async () => {
    await evidence.record(30);
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const bytes = readFileSync(evidence.out('all.tar'));
    for (const length of [511, 1024, bytes.length - 1024, bytes.length - 4000]) {
      writeFileSync(evidence.out('short.tar'), bytes.subarray(0, length));
      expect((await evidence.verify('short.tar')).json, String(length)).toMatchObject({
        ok: false,
        firstBad: { what: 'truncated' },
      });
    }
  });

  it('shows whoever kept the checkpoint of an earlier export that nothing of it was rewritten', async () => {
    await evidence.record(100);
    await evidence.exportTo('first.jsonl');
    await evidence.record(100);
    await evidence.exportTo('part.tar', '--format', 'bundle', '--customer', 'FERN-2');
    await evidence.exportTo('all.tar', '--format', 'bundle');
    const kept = ['--key', key, '--checkpoint', evidence.out('first.jsonl')];
    expect((await evidence.verify('part.tar', ...kept)).json).toMatchObject({ ok: true });
    expect((await evidence.verify('all.tar', ...kept)).json).toMatchObject({ ok: true });
    // One that never left in an export is not among those the bundle proves; a whole one needs no proof.
    writeFileSync(evidence.out('own.txt'), (await evidence.ledger.checkpoint()).note);
    await evidence.record(5);
    await evidence.exportTo('later.tar', '--format', 'bundle', '--customer', 'FERN-2');
    await evidence.exportTo('later.jsonl', '--customer', 'FERN-2');
    for (const name of ['later.tar', 'later.jsonl'])
      expect((await evidence.verify(name, '--checkpoint', evidence.out('own.txt'))).json).toMatchObject({
        ok: false,
        firstBad: { what: 'missing' },
      });
    const other = readFileSync(evidence.out('first.jsonl'), 'utf8').replace(/\\n101\\n.{6}/, '\\n101\\nAAAAAA');
    writeFileSync(evidence.out('other.jsonl'), other);
    for (const name of ['part.tar', 'all.tar'])
      expect((await evidence.verify(name, '--checkpoint', evidence.out('other.jsonl'))).json, name).toMatchObject({
        ok: false,
        firstBad: { seq: 101, what: 'forked' },
      });
  });
});

describe('audit export --format csv', () => {
  it('is a table in which nothing is a formula', async () => {
    const evil = [
      ...['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '\t=1', '＝1', '|cmd', '"x', 'a\r\nb,c', 'plain'],
      ...['x;=1', 'x; \t-1;+1', 'x,@SUM(A1)', 'x\t=1', 'x;"=1', 'x;＝1', 'x;y-1'],
    ];
    for (const text of evil) await evidence.ledger.append(draft(text, { params: { text } }));
    const done = await evidence.exportTo('all.csv', '--format', 'csv');
    expect([done.code, done.json]).toMatchObject([0, { format: 'csv', entries: evil.length }]);
    const text = readFileSync(evidence.out('all.csv'), 'utf8');
    const columns =
      'seq at kind customer technician technicianId principalKind client tool connector risk status deniedAt deniedCode records dropped redacted flagged bytes ms policyVersion ref params decision tenant device prev leaf';
    expect(text.split('\r\n')[0]).toBe(`\uFEFF${columns.replaceAll(/\S+/g, '"$&"').replaceAll(' ', ',')}`);
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
      '"x;\'=1"',
      '"x;\'  -1;\'+1"',
      '"x,\'@SUM(A1)"',
      '"x =1"',
      '"x;\'""=1"',
      '"x;\'＝1"',
      '"x;y-1"',
    ]);
    expect(rows.flatMap((row) => /(?:^|,)"?\s*[=+@]/.exec(row) ?? [])).toEqual([]);
  });
});

describe('audit verify --file', () => {
  it('says what is wrong with what it was given', async () => {
    await evidence.record(5);
    await evidence.exportTo('all.jsonl');
    expect((await evidence.verify('all.jsonl', '--key', 'nonsense')).json).toMatchObject({
      error: { code: 'KEY_INVALID' },
    });
    expect((await evidence.verify('all.jsonl', '--checkpoint', evidence.out('none'))).json).toMatchObject({
      error: { code: 'FILE_UNREADABLE' },
    });
    expect((await evidence.verify('all.jsonl', '--checkpoint', evidence.out('ledger.db'))).json).toMatchObject({
      error: { code: 'CHECKPOINT_INVALID' },
    });
    expect((await evidence.run('verify', '--key', key, '--home', evidence.app.home)).code).not.toBe(0);
  });
});

describe('audit key', () => {
  it('prints the public key that checkpoints are signed with', async () => {
    const ran = await evidence.run('key', '--home', evidence.app.home);
    expect([ran.code, ran.json]).toEqual([0, { key }]);
  });
});
