// Attack: an export whose line is longer than a verifier reads. If what it keeps of it is cut and joined, it checks the recorded
// entry, and every other reader finds another one there.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readKey } from '../../src-cli/verifier/checkpoint.ts';
import { verifyFile } from '../../src-cli/verifier/verify-file.ts';
import { key } from '../cli/evidence-fixture.ts';
import { makeFolder } from '../ledger/folder.ts';
import { exportOf } from '../merkle/export-fixture.ts';

const { lines, end } = exportOf(3);
const mega = 1024 * 1024;

async function verdictWith(first: string) {
  const file = join(makeFolder(), 'export.jsonl');
  writeFileSync(file, [first, ...lines.slice(1), end()].map((line) => `${line}\n`).join(''));
  return verifyFile(file, { key: readKey(key), kept: undefined });
}

it('is refused for a line that is too long, and not read as its beginning and its end', async () => {
  const [line = ''] = lines;
  const at = line.indexOf('ticket_list');
  for (const longest of [mega, 2 * mega, 4 * mega, 8 * mega]) {
    const head = line.slice(0, at).replace('{', `{${' '.repeat(longest - at)}`);
    for (const chunk of [64 * 1024, 256 * 1024, mega]) {
      const evil = 'payment_send","x":"';
      const forged = `${head}${evil}${'y'.repeat(chunk - evil.length - 1)}${line.slice(at)}`;
      expect(JSON.parse(forged)).toMatchObject({ tool: 'payment_send' });
      expect(await verdictWith(forged)).toMatchObject({ ok: false, firstBad: { seq: 1, what: 'changed' } });
    }
  }
});

it('is refused for the recorded entry too when its line is too long', async () => {
  const long = lines[0]!.replace('{', `{${' '.repeat(4 * mega)}`);
  expect(await verdictWith(long)).toMatchObject({ ok: false, firstBad: { seq: 1, what: 'changed' } });
});
