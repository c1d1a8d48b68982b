import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApp, fakeApp, operatorToken, state } from './fake-app.ts';
import { runCommand } from './run-command.ts';

const view = {
  code: 'CROSS-3',
  client: 'claude',
  customers: [
    { code: 'MERI-7', name: 'Meridian Dental' },
    { code: 'ALDR-3', name: 'Alder' },
  ],
  reason: 'Compare their backups',
  openedBy: 'Anna',
  openedAt: '2026-11-21T09:00:00.000Z',
  until: '2026-11-21T10:00:00.000Z',
};

let app: FakeApp;
beforeEach(async () => {
  app = await fakeApp({ state: () => ({ ...state, crosses: [view] }) });
});
afterEach(() => app.stop());

const operator = { env: { BULKHEAD_OPERATOR_TOKEN: operatorToken } };
const run = (words: readonly string[], given = {}) => runCommand([...words, '--json', '--home', app.home], given);
const good = ['cross', 'open', 'claude', 'MERI-7', 'alder', '--reason', 'Compare their backups', '--minutes', '60'];

describe('bulkhead cross open', () => {
  it('opens as the operator, with what was typed', async () => {
    const ran = await run(good, operator);
    expect([ran.code, ran.json]).toEqual([0, { code: 'CROSS-1', until: '2026-11-21T10:00:00.000Z' }]);
    expect(app.calls.at(-1)).toEqual([
      'openCross',
      { client: 'claude', customers: ['MERI-7', 'alder'], reason: 'Compare their backups', minutes: 60 },
    ]);
  });

  it('asks nothing of the app without the operator token', async () => {
    expect((await run(good)).json).toMatchObject({ error: { code: 'OPERATOR_ONLY' } });
    expect(app.calls).toEqual([]);
  });

  const without = (name: string) => good.filter((_, at) => good[at] !== name && good[at - 1] !== name);
  it.each([
    ['no reason', without('--reason')],
    ['a reason that says nothing', good.map((word) => (word.startsWith('Compare') ? '  because  ' : word))],
    ['no end', without('--minutes')],
    ['an end that is no number', good.map((word) => (word === '60' ? 'soon' : word))],
    ['a minute', good.map((word) => (word === '60' ? '1' : word))],
    ['more than eight hours', good.map((word) => (word === '60' ? '481' : word))],
    ['one customer', good.filter((word) => word !== 'alder')],
    ['no customer', good.filter((word) => word !== 'alder' && word !== 'MERI-7')],
  ])('is wrong usage with %s', async (_, words) => {
    const ran = await run(words, operator);
    expect([ran.code, app.calls]).toEqual([2, []]);
  });
});

describe('bulkhead cross list', () => {
  it('holds what is open', async () => {
    expect((await run(['cross', 'list'])).json).toEqual([view]);
    const { stdout } = await runCommand(['cross', 'list', '--home', app.home]);
    expect(stdout).toMatch(/CROSS-3 +claude +MERI-7 ALDR-3 +2026-11-21T10:00:00.000Z +Anna +Compare their backups/);
  });
});

describe('bulkhead cross close', () => {
  it('needs no operator token', async () => {
    const ran = await run(['cross', 'close', 'CROSS-3']);
    expect([ran.code, ran.json]).toEqual([0, { code: 'CROSS-3', state: 'closed' }]);
    expect(app.calls).toEqual([['closeCross', { code: 'CROSS-3' }]]);
  });
});
