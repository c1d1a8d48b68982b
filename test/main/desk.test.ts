import { describe, expect, it } from 'vitest';
import { emptyDesk, readDesk, writeDesk } from '../../src-main/app/desk.ts';
import { CrossScope } from '../../src-shared/model/cross.ts';
import { clientOf, msp } from '../gateway/given.ts';
import { fakeHost } from './fake-host.ts';

const file = 'tenants/msp/desk.json';

const scopeOf = (app: string): CrossScope =>
  CrossScope.parse({
    code: 'CROSS-3',
    app,
    members: [
      { customer: 'acme', epoch: 6 },
      { customer: 'zenith', epoch: 7 },
    ],
    reason: 'Compare their backups',
    openedBy: 'Amy',
    openedAt: '2026-11-21T11:00:00.000Z',
    until: '2026-11-21T13:00:00.000Z',
  });

describe('readDesk', () => {
  it('begins empty', () => {
    expect(readDesk(fakeHost(), msp)).toEqual({
      v: 1,
      epoch: 0,
      clients: [],
      recents: [],
      stopped: null,
      crosses: [],
      lastCross: 0,
    });
  });

  it('reads what was written', () => {
    const host = fakeHost();
    const app = clientOf();
    const stopped = { since: '2026-11-21T11:00:00.000Z', by: 'Amy' };
    const desk = { ...emptyDesk, epoch: 7, clients: [app], stopped, crosses: [scopeOf(app.id)], lastCross: 3 };
    writeDesk(host, msp, desk);
    expect(readDesk(host, msp)).toEqual(desk);
  });

  it('reads a file of before AI work could be stopped or cross customers', () => {
    const host = fakeHost();
    host.files.texts.set(file, JSON.stringify({ v: 1, epoch: 7, clients: [clientOf({ name: 'old' })], recents: [] }));
    expect(readDesk(host, msp)).toMatchObject({ epoch: 7, clients: [{ name: 'old' }], stopped: null, crosses: [] });
  });

  it.each([
    ['cut short', '{"v":1,"epoch":7,"cli'],
    ['empty', ''],
    ['of a later version', '{"v":2,"epoch":7,"clients":[],"recents":[]}'],
    ['with a member more', '{"v":1,"epoch":7,"clients":[],"recents":[],"admin":true}'],
    ['with an epoch that is none', '{"v":1,"epoch":-1,"clients":[],"recents":[]}'],
    ['with a stop that says nothing', '{"v":1,"epoch":7,"clients":[],"recents":[],"stopped":true}'],
    [
      'with a scope of one',
      JSON.stringify({ ...emptyDesk, crosses: [{ ...scopeOf('client-0123456789abcdef'), members: [] }] }),
    ],
    ['with a client of a shape we do not know', '{"v":1,"epoch":7,"clients":[{"name":"x"}],"recents":[]}'],
  ])('refuses a file that is %s, and leaves it as it was', (_, text) => {
    const host = fakeHost();
    host.files.texts.set(file, text);
    expect(() => readDesk(host, msp)).toThrow(expect.objectContaining({ code: 'DESK_UNREADABLE' }) as Error);
    expect([...host.files.texts]).toEqual([[file, text]]);
  });
});
