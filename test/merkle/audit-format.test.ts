import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../src-ledger/verify-ed25519.ts';
import { parseNoteKey } from '../../src-shared/merkle/note.ts';
import { verifyExport } from '../../src-shared/merkle/verify-export.ts';
import { Entry } from '../../src-shared/model/entry.ts';
import { sha256 } from './leaves.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/audit-format.md'), 'utf8');
const lines = /```jsonl\n([\s\S]*?)\n```/.exec(page)![1]!.split('\n');

describe('docs/audit-format.md', () => {
  it('holds an example that verifies under the key it names', async () => {
    const { publicKey } = parseNoteKey(/ {4}(bulkhead\/\S+\+\S+)/.exec(page)![1]!, sha256)!;
    expect(await verifyExport(() => lines, { sha256, verify: verifyEd25519, publicKey })).toEqual({
      ok: true,
      entries: 3,
      isComplete: true,
      signature: 'valid',
    });
  });

  it('shows entries as they are', () => {
    for (const line of lines.slice(0, -1)) expect(Entry.safeParse(JSON.parse(line)).success).toBe(true);
  });
});
