// Attack: a second archive behind the end of a bundle. Our verifier stops at the first end, `tar --ignore-zeros` unpacks the
// second one's entries over the first one's.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { key, makeEvidence } from '../cli/evidence-fixture.ts';

it('is refused, however the two are joined', async () => {
  const evidence = await makeEvidence();
  await evidence.record(30);
  await evidence.exportTo('all.tar', '--format', 'bundle');
  const evil = evidence.tampered('all.tar', 'entries.jsonl', (text) => text.replaceAll('MERI-7', 'EVIL-1'));
  const [bytes, second] = ['all.tar', evil].map((name) => readFileSync(evidence.out(name)));
  const ended = lastByte(bytes!);
  const zeros = (blocks: number): Buffer => Buffer.alloc(512 - (ended % 512) + 512 * blocks);
  const judged = async (more: Buffer, name = 'joined.tar') => {
    writeFileSync(evidence.out(name), Buffer.concat([bytes!.subarray(0, ended), more]));
    return (await evidence.verify(name, '--key', key)).json;
  };
  const inserted = { ok: false, firstBad: { seq: 0, what: 'inserted' } };
  for (const blocks of [1, 2, 3, 600])
    expect(await judged(Buffer.concat([zeros(blocks), second!]), `${blocks}.tar`), String(blocks)).toMatchObject(
      inserted,
    );
  expect(execFileSync('tar', ['-xiOf', evidence.out('1.tar'), 'entries.jsonl'], { encoding: 'utf8' })).toContain(
    'EVIL-1',
  );

  expect(await judged(Buffer.concat([zeros(2), Buffer.from('x')]))).toMatchObject(inserted);
  expect(await judged(zeros(1))).toMatchObject({ ok: false, firstBad: { what: 'truncated' } });
  for (const blocks of [2, 20]) expect(await judged(zeros(blocks))).toMatchObject({ ok: true });
});

/** Up to and with the last byte that is not zero. */
const lastByte = (bytes: Buffer): number => bytes.findLastIndex((byte) => byte !== 0) + 1;
