import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileIfThere, writeFileAtomic } from '../../src-shared/node/atomic-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeFileAtomic', () => {
  it('makes a file that only its owner can read, whatever was there', () => {
    const file = join(folder, 'x.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    chmodSync(file, 0o644);
    writeFileAtomic(file, 'new ä');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new ä', 0o600]);
  });

  it('leaves nothing beside it', () => {
    writeFileAtomic(join(folder, 'x'), 'one');
    writeFileAtomic(join(folder, 'x'), 'two');
    expect(readdirSync(folder)).toEqual(['x']);
  });

  it('leaves the old text when it fails', () => {
    const file = join(folder, 'x');
    writeFileAtomic(file, 'old');
    mkdirSync(`${file}.new`);
    expect(() => writeFileAtomic(file, 'new')).toThrow();
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it('writes over what a crash left half done', () => {
    const file = join(folder, 'x');
    writeFileSync(`${file}.new`, 'a much longer text than the next one');
    writeFileAtomic(file, 'short');
    expect(readFileSync(file, 'utf8')).toBe('short');
  });

  it('replaces a link by a file rather than write through it', async () => {
    const { symlinkSync } = await import('node:fs');
    const target = join(folder, 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, join(folder, 'x'));
    writeFileAtomic(join(folder, 'x'), 'new');
    expect([readFileSync(target, 'utf8'), readFileSync(join(folder, 'x'), 'utf8')]).toEqual(['untouched', 'new']);
  });

  it('writes a text larger than one write may take', () => {
    const text = 'x'.repeat(8 * 1024 * 1024);
    writeFileAtomic(join(folder, 'x'), text);
    expect(readFileSync(join(folder, 'x'), 'utf8') === text).toBe(true);
  });
});

describe('readFileIfThere', () => {
  it('tells a file that is not there from one that cannot be read', () => {
    expect(readFileIfThere(join(folder, 'nothing'))).toBeUndefined();
    expect(() => readFileIfThere(folder)).toThrow(expect.objectContaining({ code: 'EISDIR' }) as Error);
  });
});
