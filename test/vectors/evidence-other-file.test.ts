// Attack: a bundle with one file more, which the manifest (nobody signs it) names. Where a folder takes two names for one, as on
// macOS and Windows, unpacking puts the forged file in the place of the one that was checked.
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Member, membersOf, withMembers } from '../cli/archive.ts';
import { key, makeEvidence } from '../cli/evidence-fixture.ts';

const inserted = { ok: false, firstBad: { seq: 0, what: 'inserted' } };

async function bundled() {
  const evidence = await makeEvidence();
  await evidence.record(9);
  await evidence.exportTo('all.tar', '--format', 'bundle');
  const members = membersOf(evidence.out('all.tar'));
  const forged = Buffer.from(
    evidence.textOf('all.tar', 'entries.jsonl').replaceAll('tool_', 'fool_').replaceAll('MERI-7', 'EVIL-1'),
  );
  const judged = async (more: readonly Member[], place: 'first' | 'last' = 'last') => {
    writeFileSync(evidence.out('more.tar'), withMembers(members, more, place));
    return (await evidence.verify('more.tar', '--key', key)).json;
  };
  expect(await judged([])).toMatchObject({ ok: true });
  return { forged, judged };
}

it.each(['first', 'last'] as const)('is refused under any name but those that a bundle has: %s', async (place) => {
  const { forged, judged } = await bundled();
  const names = [
    ...['Entries.jsonl', 'ENTRIES.JSONL', 'entries.jsonl.', 'entries.jsonl..', '.entries.jsonl', 'entries.json'],
    ...['Manifest.json', 'AUDIT-RESULT.txt', 'README.md', 'readme.txt', 'README', 'Checkpoint.txt', 'Policy.json'],
    ...['ENTRIE~1.JSO', 'entries.jsonl_', '.', '..', '...', '-', '__proto__', 'constructor', 'CON', 'NUL.txt'],
    ...['./entries.jsonl', '/entries.jsonl', '../entries.jsonl', 'x/entries.jsonl', 'entries.jsonl/', 'x/..', ''],
    ...['.\\entries.jsonl', 'entries.jsonl\\', 'C:entries.jsonl', 'entries.jsonl:x', 'entries.jsonl::$DATA'],
    ...['entries.jsonl ', ' entries.jsonl', 'entries.jsonl\n', 'entries.jsonl\u0001', 'entries.jsonl\u007f'],
    ...['entries.jsonl\0', 'entries.jsonl\0x', '\0entries.jsonl', 'entries.jsonl\0.txt'],
    // A letter that looks like another, is folded into another, or leaves no trace.
    ...['\u0435ntries.jsonl', 'entrie\u017f.jsonl', 'entr\u0131es.jsonl', 'entries.j\u017fonl', 'entries\uff0ejsonl'],
    ...[
      '\uff45ntries.jsonl',
      'e\u200bntries.jsonl',
      'entries.jsonl\ufeff',
      'entries.jsonl\u202e',
      'e\u0301ntries.jsonl',
    ],
    'x'.repeat(100),
  ];
  for (const name of names)
    expect(await judged([{ name, bytes: forged }], place), JSON.stringify(name)).toMatchObject(inserted);
  for (const name of [Buffer.from('entries.jsonl\xff', 'latin1'), Buffer.from([0xc5, 0x65, 0x6e, 0x74])])
    expect(await judged([{ name, bytes: forged }], place), String(name)).toMatchObject(inserted);
});

it.each(['first', 'last'] as const)('is refused under a name that is there already: %s', async (place) => {
  const { forged, judged } = await bundled();
  for (const name of ['README.txt', 'keys.txt', 'checkpoint.txt', 'entries.jsonl', 'policy.json', 'manifest.json'])
    expect(await judged([{ name, bytes: forged }], place), name).toMatchObject(inserted);
  expect(await judged([{ name: 'bodies.jsonl', bytes: forged }], place)).toMatchObject({ ok: false });
  expect(await judged([{ name: 'proofs.jsonl', bytes: forged }], place)).toMatchObject(inserted);
});

it.each(['first', 'last'] as const)('is refused when it is no plain file: %s', async (place) => {
  const { forged, judged } = await bundled();
  const nothing = Buffer.alloc(0);
  const pax = Buffer.from('22 path=entries.jsonl\n');
  const of = (type: string, name: string, bytes = nothing, link = 'entries.jsonl') => ({ type, name, bytes, link });
  const others: readonly Member[] = [
    ...['1', '2'].flatMap((type) => ['proofs.jsonl', 'x', 'entries.jsonl'].map((name) => of(type, name))),
    of('2', 'x', nothing, '/etc/passwd'),
    ...['3', '4', '6', '7'].map((type) => of(type, 'bodies.jsonl')),
    ...['entries.jsonl', 'entries.jsonl/', 'x/', 'bodies.jsonl'].map((name) => of('5', name)),
    ...['x', 'g', 'X'].flatMap((type) => ['PaxHeaders/x', 'bodies.jsonl'].map((name) => of(type, name, pax))),
    ...['L', 'K'].map((type) => of(type, '././@LongLink', Buffer.from('entries.jsonl\0'))),
    ...['S', 'V', 'M', 'N', 'D', 'A', '\0', ' ', 'Z'].map((type) => of(type, 'bodies.jsonl', forged)),
    { name: 'entries.jsonl', prefix: '.', bytes: forged },
    { name: 'bodies.jsonl', prefix: 'x', bytes: forged },
  ];
  for (const other of others)
    expect(await judged([other], place), `${other.type} ${String(other.name)}`).toMatchObject(inserted);
});
