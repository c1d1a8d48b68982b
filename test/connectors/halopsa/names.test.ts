import { describe, expect, it } from 'vitest';
import { haloNames } from '../../../src-connectors/halopsa/names.ts';
import type { ToolCall } from '../../../src-connectors/vendor.ts';

const call = {} as ToolCall;
const rows: Record<string, readonly unknown[]> = {
  '/Status': [{ id: 1, name: 'New' }, { id: '2', name: 'Text id' }, { id: 3 }, null, { id: 4, name: 'With User' }],
  '/Priority': [{ id: '7c0d7a0e', priorityid: 3, name: 'Medium' }],
  '/TicketType': [{ id: 1, name: 'Incident' }],
};
const known = {
  status: new Map([
    ['1', 'New'],
    ['4', 'With User'],
  ]),
  priority: new Map([['3', 'Medium']]),
  type: new Map([['1', 'Incident']]),
};

describe('haloNames', () => {
  it('reads what numbers are called, and keeps it for ten minutes', async () => {
    let [time, reads] = [0, 0];
    const names = haloNames(
      async (path) => (reads++, rows[path] ?? []),
      () => time,
    );
    expect(await names(call)).toEqual(known);
    time = 10 * 60_000 - 1;
    await Promise.all([names(call), names(call)]);
    expect(reads).toBe(3);
    time += 1;
    await names(call);
    expect(reads).toBe(6);
  });

  it('goes without names that cannot be read, and tries again after half a minute', async () => {
    let [time, reads] = [0, 0];
    const names = haloNames(
      async (path) => {
        reads += 1;
        if (path === '/Status') throw new Error('refused');
        return rows[path] ?? [];
      },
      () => time,
    );
    expect(await names(call)).toEqual({ ...known, status: new Map() });
    time = 29_999;
    await names(call);
    expect(reads).toBe(3);
    time = 30_000;
    await names(call);
    expect(reads).toBe(6);
  });
});
