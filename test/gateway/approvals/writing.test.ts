import { beforeEach, describe, expect, it } from 'vitest';
import { hold, type HeldCall } from '../../../src-gateway/approvals/held-call.ts';
import { Writing } from '../../../src-gateway/approvals/writing.ts';
import type { GatewayDraft } from '../../../src-shared/contract/ledger.ts';
import { testNow } from '../enrolment.ts';
import { settle } from '../given.ts';
import { makeDesk } from './desk.ts';

const call = makeDesk().call();
const heldCall = (): HeldCall =>
  hold(call, { id: 'ap-0000000000000001' as never, fingerprint: 'a'.repeat(64), ranAt: null }, { at: 0, now: testNow });
const draft = (name: string): GatewayDraft => ({
  kind: 'approval.decided',
  principal: call.principal,
  customer: 'ACME-1',
  tool: name,
});

/** What the ledger was asked to write, in order, and has not answered yet. */
let asked: { readonly name: string; answer(isWritten: boolean): void }[];
let writing: Writing;
beforeEach(() => {
  asked = [];
  writing = new Writing({
    record: ({ tool }) =>
      new Promise((resolve) => {
        const answer = (ok: boolean) => resolve(ok ? { ok, seq: 1, ms: 0 } : { ok, isAnswered: true });
        asked.push({ name: String(tool), answer });
      }),
  });
});
const names = async (): Promise<string[]> => {
  await settle();
  return asked.map(({ name }) => name);
};
/** The ledger answers what it was asked `which`th. */
const answer = async (which: number, isWritten = true): Promise<void> => {
  await settle();
  asked[which]?.answer(isWritten);
  await settle();
};
/** Ends that the ledger did not take. */
async function owe(...ends: readonly string[]): Promise<void> {
  for (const end of ends) void writing.writeEnd(heldCall(), draft(end));
  await settle();
  for (const each of asked.splice(0)) each.answer(false);
  await settle();
}

describe('write', () => {
  it('writes of one call one after the other, whatever becomes of it', async () => {
    const held = heldCall();
    const written = [writing.write(held, draft('first')), writing.write(held, draft('second'))];
    expect(await names()).toEqual(['first']);
    await answer(0, false);
    expect(await names()).toEqual(['first', 'second']);
    written.push(writing.write(held, draft('third')));
    expect(await names()).toEqual(['first', 'second']);
    await answer(1);
    await answer(2);
    expect(await Promise.all(written)).toEqual([false, true, true]);
  });

  it('keeps one call waiting for no other', async () => {
    void writing.write(heldCall(), draft('one'));
    void writing.write(heldCall(), draft('other'));
    expect(await names()).toEqual(['one', 'other']);
  });
});

describe('rest', () => {
  it('resolves when all that is being written is written, or cannot be', async () => {
    void writing.write(heldCall(), draft('one'));
    void writing.write(heldCall(), draft('other'));
    let isResting = false;
    const rest = writing.rest().then(() => (isResting = true));
    await answer(1);
    expect(isResting).toBe(false);
    await answer(0, false);
    await rest;
    await writing.rest();
  });
});

describe('pay', () => {
  it('writes the ends that could not be written, each once, in their order', async () => {
    await owe('one', 'two');
    const paid = writing.pay();
    expect(await names()).toEqual(['one']);
    await answer(0);
    expect(await names()).toEqual(['one', 'two']);
    await answer(1);
    await paid;
    await writing.pay();
    expect(await names()).toEqual(['one', 'two']);
  });

  it('stops at the first that cannot be written, and begins with it the next time', async () => {
    await owe('one', 'two');
    const failed = writing.pay();
    await answer(0, false);
    await failed;
    expect(await names()).toEqual(['one']);
    void writing.pay();
    expect(await names()).toEqual(['one', 'one']);
  });

  it('writes nothing twice when it is asked again meanwhile', async () => {
    await owe('one');
    const both = [writing.pay(), writing.pay()];
    expect(await names()).toEqual(['one']);
    await answer(0);
    await Promise.all(both);
    expect(await names()).toEqual(['one']);
  });

  it('is behind until all of it is written', async () => {
    expect(writing.isBehind).toBe(false);
    await owe('one', 'two');
    expect(writing.isBehind).toBe(true);
    const paid = writing.pay();
    await answer(0);
    expect(writing.isBehind).toBe(true);
    await answer(1);
    await paid;
    expect(writing.isBehind).toBe(false);
  });

  it('keeps the five hundred latest', async () => {
    const ends = Array.from({ length: 501 }, (_, end) => String(end));
    await owe(...ends);
    const paid = writing.pay();
    for (let end = 0; end < 500; end += 1) await answer(end);
    await paid;
    expect(await names()).toEqual(ends.slice(1));
  });
});
