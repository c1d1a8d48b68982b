import { beforeEach, describe, expect, it } from 'vitest';
import { type FrontEndWorld, frontEndWorld } from './front-end-of.ts';

let world: FrontEndWorld;
beforeEach(() => {
  world = frontEndWorld();
});

const problems = async () => (await world.connect(true).state(undefined)).problems;

describe('the problems a front end is told of', () => {
  it('are none while the ledger records, signs and the clock goes on', async () => {
    expect((await problems()).filter(({ id }) => ['ledger', 'clock', 'checkpoint'].includes(id))).toEqual([]);
  });

  it('say what the ledger says is to be done about its disk', async () => {
    const { facts } = world.desk;
    facts.ledger = { ...facts.ledger, problem: 'The file of the ledger is damaged.' };
    facts.ledgerRemedy = 'Keep it.';
    expect((await problems()).find(({ id }) => id === 'ledger')).toMatchObject({
      severity: 'blocking',
      text: 'Nothing can be recorded, so every tool is blocked. The file of the ledger is damaged.',
      remedy: 'Keep it.',
    });
  });

  it('say that the clock is behind the ledger, and by how much', async () => {
    world.desk.facts.clockBehind = 7200;
    expect((await problems()).find(({ id }) => id === 'clock')).toMatchObject({
      severity: 'warning',
      text: expect.stringContaining('7200 s behind'),
      remedy: expect.stringContaining('Set the clock'),
    });
  });

  it('say that checkpoints are not signed', async () => {
    world.desk.facts.isUnsigned = true;
    expect((await problems()).find(({ id }) => id === 'checkpoint')).toMatchObject({
      severity: 'warning',
      remedy: expect.stringContaining('as soon as the broker answers'),
    });
  });

  it('promise no signature where the key is gone: it comes with the next start', async () => {
    world.desk.facts.isUnsigned = world.desk.facts.isKeyLost = true;
    const found = (await problems()).find(({ id }) => id === 'checkpoint');
    expect(found?.remedy).toContain('Stop Bulkhead and start it again');
    expect(found?.remedy).not.toContain('as soon as');
  });
});
