import { expect, it } from 'vitest';
import { forgetFailure, keepFailure } from '../../src-main/app/failed-start.ts';
import { startApp } from '../../src-main/app/start.ts';
import type { AppOptions, Host } from '../../src-main/host.ts';
import { Fault } from '../../src-shared/fault.ts';
import { diskFull, fakeHost } from './fake-host.ts';

const path = 'run/failed-start.json';
const damaged = new Fault('VAULT_UNREADABLE', 'The vault is damaged.', 'Restore it.');

it('keeps why a start failed, until one did not', () => {
  const host = fakeHost();
  keepFailure(host, damaged);
  expect(JSON.parse(host.files.texts.get(path) ?? '')).toEqual({
    at: '2026-11-21T12:00:00.000Z',
    code: 'VAULT_UNREADABLE',
    message: 'The vault is damaged.',
    remedy: 'Restore it.',
  });
  forgetFailure(host);
  expect(host.files.texts.has(path)).toBe(false);
});

it('says nothing of what was thrown and is not ours, and nothing where one runs already', () => {
  const host = fakeHost();
  for (const code of ['ALREADY_RUNNING', 'LEDGER_LOCKED']) keepFailure(host, new Fault(code, 'x'));
  expect(host.files.texts.has(path)).toBe(false);
  keepFailure(host, new Error('secret'));
  expect(host.files.texts.get(path)).not.toContain('secret');
});

it('leaves the fault as it is where not even that can be written', () => {
  const host = fakeHost();
  keepFailure({ ...host, files: { ...host.files, write: diskFull } }, damaged);
});

it('is kept by a start that fails', async () => {
  const host = { ...fakeHost(), serveControl: async () => Promise.reject(damaged) };
  const options = { logLevel: null } as AppOptions;
  await expect(startApp(host as unknown as Host, options)).rejects.toBe(damaged);
  expect(host.files.texts.get(path)).toContain('VAULT_UNREADABLE');
});
