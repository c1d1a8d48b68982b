import { describe, expect, it } from 'vitest';
import { readDesk, writeDesk } from '../../src-main/app/desk.ts';
import { clientOf, msp } from '../gateway/given.ts';
import { fakeHost } from './fake-host.ts';

const file = 'tenants/msp/desk.json';

describe('readDesk', () => {
  it('begins empty', () => {
    expect(readDesk(fakeHost(), msp)).toEqual({ v: 1, epoch: 0, clients: [], recents: [] });
  });

  it('reads what was written', () => {
    const host = fakeHost();
    const desk = { v: 1 as const, epoch: 7, clients: [clientOf()], recents: [] };
    writeDesk(host, msp, desk);
    expect(readDesk(host, msp)).toEqual(desk);
  });

  it.each([
    ['cut short', '{"v":1,"epoch":7,"cli'],
    ['empty', ''],
    ['of a later version', '{"v":2,"epoch":7,"clients":[],"recents":[]}'],
    ['with a member more', '{"v":1,"epoch":7,"clients":[],"recents":[],"admin":true}'],
    ['with an epoch that is none', '{"v":1,"epoch":-1,"clients":[],"recents":[]}'],
    ['with a client of a shape we do not know', '{"v":1,"epoch":7,"clients":[{"name":"x"}],"recents":[]}'],
  ])('refuses a file that is %s, and leaves it as it was', (_, text) => {
    const host = fakeHost();
    host.files.texts.set(file, text);
    expect(() => readDesk(host, msp)).toThrow(expect.objectContaining({ code: 'DESK_UNREADABLE' }) as Error);
    expect([...host.files.texts]).toEqual([[file, text]]);
  });
});
