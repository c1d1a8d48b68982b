import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKey } from '../../src-cli/verifier/checkpoint.ts';
import { fileNames } from '../../src-cli/verifier/tar.ts';
import { verifyFile } from '../../src-cli/verifier/verify-file.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { LedgerFilter, OpenedBody } from '../../src-shared/contract/ledger.ts';
import { CallResult, Entry, EntryKind } from '../../src-shared/model/entry.ts';
import { makeFolder } from '../ledger/folder.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/audit-format.md'), 'utf8');
const examples = [...page.matchAll(/```jsonl\n([\s\S]*?)\n```/g)].map(([, lines]) => lines!);

describe('docs/audit-format.md', () => {
  it.each(examples)('holds examples that verify under the key it names (%#)', async (example) => {
    const file = join(makeFolder(), 'example.jsonl');
    writeFileSync(file, `${example}\n`);
    const key = readKey(/ {4}(bulkhead\/\S+\+\S+)/.exec(page)![1]!);
    expect(key).toBeDefined();
    expect(await verifyFile(file, { key, kept: undefined })).toEqual({
      ok: true,
      entries: 3,
      isComplete: true,
      isProven: true,
      signature: 'valid',
      covered: 3,
      lastAt: lastAtOf(example),
    });
  });

  it('names every file that the verifier takes in a bundle, and no other', () => {
    const table = page.slice(page.indexOf('| file | holds |'));
    const names = table.slice(0, table.indexOf('\n\n')).matchAll(/^\| `([^`]+)` \|/gm);
    expect(names.map(([, name]) => name).toArray()).toEqual([...fileNames]);
  });

  it('names every member of an entry and of a filter, every kind, and every reason for a body that is missing', () => {
    const words = [
      ...Object.keys(Entry.shape),
      ...Object.keys(LedgerFilter.shape),
      ...Object.keys(CallResult.shape),
      ...EntryKind.options,
      ...OpenedBody.shape.why.unwrap().options.filter((why) => why !== 'none'),
    ];
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });

  it('shows entries as they are', () => {
    expect(examples).toHaveLength(2);
    for (const line of examples.flatMap((example) => example.split('\n').slice(0, -1)))
      expect(Entry.safeParse(JSON.parse(line)).success).toBe(true);
  });

  it('shows a call that rests on as many persons as it needs, and on nothing twice', () => {
    const [asked, decided, intent] = example(1);
    expect([asked, decided, intent].map((entry) => entry?.kind)).toEqual([
      'approval.asked',
      'approval.decided',
      'call.intent',
    ]);
    expect(asked?.params).toMatchObject({ approval: intent?.decision?.approval, needed: 1 });
    expect(decided?.params).toMatchObject({
      outcome: 'approved',
      have: 1,
      fingerprint: asked?.params?.['fingerprint'],
    });
    expect(decided?.principal.id).not.toBe(intent?.principal.id);
  });

  it('shows the bodies of that call: what its entries commit to', () => {
    const bodies = /```ndjson\n([\s\S]*?)\n```/
      .exec(page)![1]!
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; body: Record<string, unknown> });
    const committed = example(1).filter(({ body }) => body);
    expect(bodies.map(({ seq }) => seq)).toEqual(committed.map(({ seq }) => seq));
    for (const [at, { body }] of bodies.entries()) {
      const { salt, commitment } = committed[at]!.body!;
      expect(
        createHash('sha256')
          .update(`${salt}${canonical(body)}`)
          .digest('hex'),
      ).toBe(commitment);
    }
    expect(bodies[0]!.body['arguments']).toEqual(bodies[1]!.body['params']);
    expect(page).toContain(
      `\`${committed[0]!.body!.salt}\` and these bytes:\n\n\`\`\`json\n${canonical(bodies[0]!.body)}\n`,
    );
  });
});

const lastAtOf = (text: string): string => (JSON.parse(text.split('\n').at(-2)!) as Entry).at;

const example = (at: number): Entry[] =>
  examples[at]!.split('\n')
    .slice(0, -1)
    .map((line) => Entry.parse(JSON.parse(line)));
