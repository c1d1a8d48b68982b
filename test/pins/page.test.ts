// What the window's page may load and reach, in both hosts. The page shows vendors' text, so each word here is a wall.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, loginContentSecurityPolicy } from '../../src-main/content-security-policy.ts';

const preload = readFileSync(join(import.meta.dirname, '../../src-preload/preload.ts'), 'utf8').replaceAll(
  /\/\*[^]*?\*\/|\/\/.*/g,
  '',
);

describe('the page', () => {
  it('loads by this policy', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(loginContentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
  });

  it('reaches one object of two functions, on one channel', () => {
    expect([...preload.matchAll(/exposeInMainWorld\(\s*('[^']*')/g)].map(([, name]) => name)).toEqual(["'bulkhead'"]);
    expect([...preload.matchAll(/^ {4}(\w+)\(/gm)].map(([, name]) => name)).toEqual(['post', 'onMessage']);
    expect([...preload.matchAll(/ipcRenderer\.(\w+)\((\w+)/g)].map(([, call, channel]) => [call, channel])).toEqual([
      ['send', 'channel'],
      ['on', 'channel'],
    ]);
    expect(/const channel = '([^']*)';/.exec(preload)?.[1]).toBe('bulkhead:port');
    expect([...preload.matchAll(/from '([^']*)'/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(preload.match(/ipcRenderer|contextBridge/g)).toHaveLength(5);
  });
});
