import { mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isRefusal, whyRefused } from '../../src-shared/node/why-refused.ts';

const thrown = (code: string) => Object.assign(new Error(`${code}: /home/x`), { code });
const caught = (deed: () => unknown): unknown => {
  try {
    return deed();
  } catch (error) {
    return error;
  }
};

it.each([
  ['ENOSPC', /no space left/, /Free some space/],
  ['EDQUOT', /quota/, /raised/],
  ['EROFS', /only be read/, /writable again/],
  ['EACCES', /the right/, /right to read and write/],
  ['EPERM', /the right/, /right to read and write/],
  ['EIO', /reports an error/, /Check that disk/],
  ['EWHATEVER', /refuses/, /Check its disk/],
])('says what %s means and what to do, and quotes no path', (code, meaning, todo) => {
  const { why, remedy } = whyRefused(thrown(code));
  expect(why).toMatch(meaning);
  expect(why).toContain(`(${code})`);
  expect(remedy).toMatch(todo);
  expect(why + remedy).not.toContain('/home/x');
});

it('knows what the system refused from what is a mistake of ours', () => {
  expect(isRefusal(caught(() => mkdirSync('/')))).toBe(true);
  expect(isRefusal(caught(() => readFileSync(import.meta.dirname)))).toBe(true);
  expect(isRefusal(new TypeError('x'))).toBe(false);
  expect(whyRefused('x').why).toContain('(unknown)');
});

it.skipIf(process.platform !== 'linux')('knows a disk that is full', () => {
  const full = openSync('/dev/full', 'w');
  expect(whyRefused(caught(() => writeSync(full, 'x'))).why).toMatch(/no space left/);
});
