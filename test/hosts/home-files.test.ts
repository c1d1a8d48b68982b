import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { homeFiles } from '../../src-main/node/home-files.ts';
import { makeFolder } from '../ledger/folder.ts';

it('reads no file that is longer than asked for', () => {
  const home = makeFolder();
  const files = homeFiles(home);
  files.write('a/b.json', 'é');
  expect(files.read('a/b.json')).toBe('é');
  expect(files.read('a/b.json', 2)).toBe('é');
  expect(files.read('a/b.json', 1)).toBeUndefined();
  expect(files.read('a/c.json', 1)).toBeUndefined();
  expect(statSync(join(home, 'a/b.json')).mode & 0o777).toBe(0o600);
});

it('says in words what the file system refused, and quotes no path', () => {
  const home = makeFolder();
  mkdirSync(join(home, 'tenants/acme-msp/desk.json'), { recursive: true });
  const read = () => homeFiles(home).read('tenants/acme-msp/desk.json');
  expect(read).toThrow(/a folder is in its place \(EISDIR\)/);
  expect(read).not.toThrow(/acme/);
  expect(read).toThrow(expect.objectContaining({ code: 'HOME_UNUSABLE', remedy: expect.stringMatching(/Move away/) }));
});
