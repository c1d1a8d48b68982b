import { afterEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { type FakeApp, fakeApp, operatorToken, state } from './fake-app.ts';
import { runCommand } from './run-command.ts';

let app: FakeApp;
afterEach(() => app.stop());
const operator = { env: { BULKHEAD_OPERATOR_TOKEN: operatorToken } };
const run = (words: string, given = {}) =>
  runCommand([...words.split(' '), ...(words.includes('--json') ? [] : ['--json']), '--home', app.home], given);

describe('bulkhead ai stop', () => {
  it('needs no operator token: anyone may take rights away', async () => {
    app = await fakeApp();
    const ran = await run('ai stop');
    expect([ran.code, ran.json, ran.stderr]).toEqual([0, { stopped: true }, '']);
    expect(app.calls.map(([name]) => name)).toEqual(['stopAi']);
  });

  it('says when it counts but could not be kept, and exits 1', async () => {
    app = await fakeApp({
      stopAi: () => {
        throw new Fault(
          'LEDGER_UNWRITABLE',
          'All AI work is stopped, but not all of it was kept.',
          'Look at the disk.',
        );
      },
    });
    const ran = await run('ai stop');
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'LEDGER_UNWRITABLE' } }]);
    expect(ran.stderr).toContain('All AI work is stopped');
  });
});

describe('bulkhead ai resume', () => {
  it('shows the operator token first', async () => {
    app = await fakeApp();
    expect((await run('ai resume')).json).toMatchObject({ error: { code: 'OPERATOR_ONLY' } });
    expect(app.calls).toEqual([]);
    const ran = await run('ai resume', operator);
    expect([ran.code, ran.json]).toEqual([0, { stopped: false }]);
    expect(app.calls.map(([name]) => name)).toEqual(['authenticate', 'resumeAi']);
  });

  it('says that policy does not let this technician', async () => {
    app = await fakeApp({
      resumeAi: () => {
        throw new Fault('NOT_ALLOWED', 'No.', 'Ask a manager.');
      },
    });
    expect((await run('ai resume', operator)).json).toMatchObject({ error: { code: 'NOT_ALLOWED' } });
  });
});

describe('bulkhead status', () => {
  it('says since when and by whom AI work is stopped', async () => {
    const stopped = { since: '2026-11-21T10:00:00.000Z', by: 'Helen' };
    app = await fakeApp({ state: () => ({ ...state, stopped }) });
    expect((await run('status')).json).toMatchObject({ aiStopped: stopped });
    const { stdout } = await runCommand(['status', '--home', app.home]);
    expect(stdout).toContain('stopped since 2026-11-21T10:00:00.000Z by Helen');
  });

  it('says null while it is not', async () => {
    app = await fakeApp();
    expect((await run('status')).json).toMatchObject({ aiStopped: null });
  });
});
