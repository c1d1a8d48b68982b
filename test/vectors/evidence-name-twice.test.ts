// Attack: an entry that names a member twice. The verifier's reader takes the recorded value, the auditor's the other.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readKey } from '../../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../../src-cli/verifier/verify-file.ts';
import { key } from '../cli/evidence-fixture.ts';
import { makeFolder } from '../ledger/folder.ts';
import { exportOf } from '../merkle/export-fixture.ts';

const { lines, end } = exportOf(3);

it('is refused however far from its colon the name stands', async () => {
  for (const between of ['', ' ', '\t\r ', ...[98, 99, 100, 101, 5000, 300_000].map((count) => ' '.repeat(count))]) {
    const twice = lines[1]!.replace('"customer":', `"customer":"EVIL-1","customer"${between}:`);
    expect(JSON.parse(twice)).toEqual(JSON.parse(lines[1]!));
    const file = join(makeFolder(), 'export.jsonl');
    writeFileSync(file, [lines[0], twice, lines[2], end()].map((line) => `${line}\n`).join(''));
    expect(await verifyFile(file, { key: readKey(key), kept: undefined })).toMatchObject({
      ok: false,
      firstBad: { seq: 2, what: 'changed' },
    });
  }
});
