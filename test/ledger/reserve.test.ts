import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileReserve } from '../../src-ledger/reserve.ts';
import { makeFolder } from './folder.ts';

const bytes = 64 * 1024;
const never = 2 ** 60; // More than any disk has.
const path = (): string => join(makeFolder(), 'ledger.reserve');

describe('fileReserve', () => {
  it('takes its room in bytes that no file system can make smaller', () => {
    const file = path();
    expect(fileReserve(file, bytes).take()).toBe(true);
    expect(gzipSync(readFileSync(file)).length).toBeGreaterThan(bytes);
  });

  it('gives its room up once, and leaves a mark for the next start', () => {
    const file = path();
    const reserve = fileReserve(file, bytes);
    reserve.take();
    expect(reserve.isSpent()).toBe(false);
    expect([reserve.release(), reserve.release()]).toEqual([true, false]);
    expect(statSync(file).size).toBe(0);
    expect(fileReserve(file, bytes).isSpent()).toBe(true);
  });

  it('is spent no longer once it is taken again', () => {
    const file = path();
    const reserve = fileReserve(file, bytes);
    reserve.take();
    reserve.release();
    expect(reserve.take()).toBe(true);
    expect([reserve.isSpent(), statSync(file).size]).toEqual([false, bytes]);
  });

  it('keeps its mark where there is no room to take it again', () => {
    const file = path();
    writeFileSync(file, '');
    const reserve = fileReserve(file, never);
    expect([reserve.take(), reserve.isSpent()]).toEqual([false, true]);
  });

  it('was never spent on a disk that had no room for it', () => {
    const file = path();
    const reserve = fileReserve(file, never);
    expect([reserve.take(), reserve.isSpent(), reserve.release(), existsSync(file)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('gives up a part that a crash left of it', () => {
    const file = path();
    writeFileSync(file, Buffer.alloc(1000, 1));
    const reserve = fileReserve(file, never);
    expect([reserve.take(), reserve.isSpent(), reserve.release(), reserve.isSpent()]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
