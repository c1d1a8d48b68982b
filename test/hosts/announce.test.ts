import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunningApp } from '../../src-main/host.ts';
import { announce } from '../../src-main/node/announce.ts';

const token = 'f'.repeat(64);
const app = {
  ready: { mcpUrl: '', windowUrl: '', pid: 1, host: 'headless' },
  operatorToken: token,
  notes: [],
  window: { mintUrl: () => null },
} as unknown as RunningApp;
const say = (operatorTokenOut: string) =>
  announce({ app, isTerminal: false, operatorTokenOut, print: () => {}, tell: () => {} });

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'bulkhead-test-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

describe('the file of the operator token', () => {
  it('is a new one for its owner alone, so that who has the old one open reads nothing', () => {
    const file = join(folder(), 'token');
    writeFileSync(file, 'old');
    chmodSync(file, 0o644);
    const opened = openSync(file, 'r');
    say(file);
    const seen = Buffer.alloc(80);
    expect(seen.subarray(0, readSync(opened, seen, 0, 80, 0)).toString()).not.toContain(token);
    closeSync(opened);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([`${token}\n`, 0o600]);
  });

  it('is not written through a link that somebody put there', () => {
    const [file, elsewhere] = [join(folder(), 'token'), join(folder(), 'elsewhere')];
    writeFileSync(elsewhere, '');
    symlinkSync(elsewhere, file);
    expect(() => say(file)).toThrow(/not a plain file/);
    expect(readFileSync(elsewhere, 'utf8')).toBe('');
  });

  it('says in words why it cannot be written', () => {
    expect(() => say(join(folder(), 'nowhere', 'token'))).toThrow(
      expect.objectContaining({
        code: 'TOKEN_FILE',
        message: expect.stringMatching(/ENOENT/),
        remedy: expect.any(String),
      }),
    );
  });
});
