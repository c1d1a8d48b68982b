import { describe, expect, it } from 'vitest';
import { torture } from '../torture/torture.ts';

/** A sample of `npm run torture`, of one seed: every process and every occasion, once at least. */
describe('an app whose processes are killed at random while calls run', () => {
  it('explains every vendor request and every answer, serves again each time, and leaves nothing behind', async () => {
    const said: string[] = [];
    const outcome = await torture({ kills: 15, seed: 4, say: (text) => said.push(text) });
    expect(outcome.violations).toEqual([]);
    expect(Object.keys(outcome.kills).toSorted()).toEqual(['broker', 'gateway', 'ledger', 'supervisor', 'worker']);
    expect(outcome.requests).toBeGreaterThan(30);
    expect(outcome.intents).toBeGreaterThan(30);
    expect(outcome.outcomes).toBe(outcome.intents);
    expect(outcome.calls).toMatchObject({ read: expect.any(Number), write: expect.any(Number) });
  }, 900_000);
});
