import { beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src-main/app/verify-ledger.ts';
import type { Verdict } from '../../src-shared/contract/ledger.ts';
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
    facts.ledger = { ...facts.ledger, problem: 'The disk is full: calls are refused, and only denials are recorded.' };
    facts.ledgerRemedy = 'Free some.';
    expect((await problems()).find(({ id }) => id === 'ledger')).toEqual({
      id: 'ledger',
      severity: 'blocking',
      text: 'The disk is full: calls are refused, and only denials are recorded.',
      remedy: 'Free some.',
    });
  });

  it('ask for no disk space where the ledger itself asks for none', async () => {
    const { facts } = world.desk;
    facts.ledger = { ...facts.ledger, problem: 'It is starting again.' };
    expect((await problems()).find(({ id }) => id === 'ledger')?.remedy).toContain('bulkhead doctor');
  });

  it('say that the clock is behind the ledger, and by how much', async () => {
    world.desk.facts.clockBehind = 165_887;
    expect((await problems()).find(({ id }) => id === 'clock')).toMatchObject({
      severity: 'warning',
      text: expect.stringContaining(
        'The clock is 46 hours behind the last entry of the ledger: it was ahead once, or is behind now.',
      ),
      remedy: expect.stringContaining('If it is right, there is nothing to do'),
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

describe('a ledger that was found broken', () => {
  let answers: Promise<Verdict>[];
  const broken: Verdict = { ok: false, entries: 211, firstBad: { seq: 212, problem: 'It was changed.' } };
  const whole: Verdict = { ok: true, entries: 300 };
  const verified = (verdict: Verdict | Promise<Verdict>): Promise<Verdict> => {
    answers.push(Promise.resolve(verdict));
    return verifyLedger(world.powers, AbortSignal.any([]));
  };
  const told = async () => (await problems()).find(({ id }) => id === 'broken');

  beforeEach(() => {
    answers = [];
    Object.assign(world.powers.crew.ledger, { verify: () => answers.shift() });
  });

  it('is told to every front end, with the entry and what to do, until it is found whole', async () => {
    expect(await verified(broken)).toEqual(broken);
    expect(await told()).toEqual({
      id: 'broken',
      severity: 'blocking',
      text: 'The ledger is broken at entry 212.',
      remedy: expect.stringMatching(/^It was changed\. Export it now, keep the file, and tell/),
    });
    await verified(whole);
    expect(await told()).toBeUndefined();
  });

  it('asks for no export of a file that cannot be read', async () => {
    const firstBad = { seq: 0, problem: 'The file is damaged where it ends.' };
    await verified({ ok: false, entries: 0, firstBad, isUnreadable: true });
    expect(await told()).toMatchObject({
      text: 'The ledger does not prove itself.',
      remedy: expect.stringMatching(/^The file is damaged where it ends\. Keep the file as it is, and tell/),
    });
  });

  it('stays broken when a verify that began before finds nothing', async () => {
    const early = Promise.withResolvers<Verdict>();
    const first = verified(early.promise);
    await verified(broken);
    early.resolve(whole);
    await first;
    expect(await told()).toBeDefined();
  });

  it('stays broken when the next verify does not come to its end', async () => {
    await verified(broken);
    await expect(verified(Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(await told()).toBeDefined();
  });
});
