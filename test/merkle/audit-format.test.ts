import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKey } from '../../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../../src-cli/verifier/verify-file.ts';
import { Entry } from '../../src-shared/model/entry.ts';
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
    });
  });

  it('shows entries as they are', () => {
    expect(examples).toHaveLength(2);
    for (const line of examples.flatMap((example) => example.split('\n').slice(0, -1)))
      expect(Entry.safeParse(JSON.parse(line)).success).toBe(true);
  });

  it('shows a call that rests on as many persons as it needs, and on nothing twice', () => {
    const entries = examples[1]!
      .split('\n')
      .slice(0, -1)
      .map((line) => Entry.parse(JSON.parse(line)));
    const [asked, decided, intent] = entries;
    expect(entries.map(({ kind }) => kind)).toEqual(['approval.asked', 'approval.decided', 'call.intent']);
    expect(asked?.params).toMatchObject({ approval: intent?.decision?.approval, needed: 1, arguments: intent?.params });
    expect(decided?.params).toMatchObject({
      outcome: 'approved',
      have: 1,
      fingerprint: asked?.params?.['fingerprint'],
    });
    expect(decided?.principal.id).not.toBe(intent?.principal.id);
  });
});
