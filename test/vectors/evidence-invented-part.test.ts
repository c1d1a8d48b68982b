// Attack: a made-up entry above a checkpoint that the device did sign, and a filter, so that nothing has to lead to its root.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canonicalText } from '../../src-cli/verifier/canonical.ts';
import { leafOf } from '../../src-cli/verifier/tree.ts';
import { key } from '../cli/evidence-fixture.ts';
import { runCommand } from '../cli/run-command.ts';
import { makeFolder } from '../ledger/folder.ts';
import { exportOf } from '../merkle/export-fixture.ts';

it('is not said to be in its place or unchanged: nothing ties it to the checkpoint', async () => {
  const { lines, end } = exportOf(9);
  const { leaf: _, ...recorded } = JSON.parse(lines[4]!) as Record<string, unknown>;
  const invented = { ...recorded, prev: 'f'.repeat(64), tool: 'payment_send' };
  const line = canonicalText({ ...invented, leaf: leafOf(canonicalText(invented)) });
  const file = join(makeFolder(), 'export.jsonl');
  writeFileSync(file, `${line}\n${end({ filter: { tool: 'payment_send' } })}\n`);
  const verify = ['audit', 'verify', '--file', file, '--key', key];
  expect((await runCommand([...verify, '--json'])).json).toMatchObject({ isComplete: false, isProven: false });
  const { stdout } = await runCommand(verify);
  expect(stdout).not.toMatch(/in its place|unchanged|proven/);
  expect(stdout).toMatch(/nothing ties .* to the checkpoint/i);
  expect(stdout).toMatch(/anyone could have written/);
  expect(stdout).toContain('--format bundle');
});
