import { beforeEach, describe, expect, it } from 'vitest';
import { Refusals } from '../../../src-gateway/approvals/refusals.ts';
import { minute } from './desk.ts';

/** A clock that has run for a day: the times are long ones. */
const start = 24 * 60 * minute;
const approval = 'ap-0000000000000001' as never;
let refusals: Refusals;
beforeEach(() => {
  refusals = new Refusals();
});
const refusal = (minutes: number, caller = 'app') => ({ caller, approval, at: start + minutes * minute });
const of = (minutes: number, fingerprint = 'call') => refusals.of(fingerprint, start + minutes * minute);
const expired = (isFinal: boolean) => ({ state: 'expired', approval, isFinal });

/** Nobody answers at these minutes; the caller hears it each time. */
function unanswered(...minutes: readonly number[]): void {
  for (const each of minutes) {
    refusals.expire('call', refusal(each));
    refusals.told('call');
  }
}

describe('of', () => {
  it('says that a call expired until its caller has heard it', () => {
    refusals.expire('call', refusal(0));
    expect([of(1), of(2)]).toEqual([expired(false), expired(false)]);
    refusals.told('call');
    expect(of(3)).toBeUndefined();
  });

  it('says so for good while the call was left unanswered three times within an hour', () => {
    unanswered(0, 20, 40);
    expect([of(41), of(60 - 1 / minute)]).toEqual([expired(true), expired(true)]);
    expect(of(60)).toBeUndefined();
  });

  it('counts the last three times only', () => {
    unanswered(0, 61, 80, 100);
    expect(of(101)).toEqual(expired(true));
    expect(of(121)).toBeUndefined();
  });

  it('lets a no outlast that nobody answered, and the other way round', () => {
    unanswered(0, 1);
    refusals.deny('call', refusal(2));
    expect(of(3)).toEqual({ state: 'denied', approval });
    expect(of(17)).toBeUndefined();
    refusals.expire('call', refusal(18));
    expect(of(19)).toEqual(expired(true));
  });

  it('holds a no also when nobody answered the call afterwards', () => {
    refusals.deny('call', refusal(0));
    refusals.expire('call', refusal(1));
    expect(of(14)).toEqual({ state: 'denied', approval });
  });

  it('knows nothing of a call that nobody refused, whoever is told of it', () => {
    refusals.expire('another', refusal(0));
    refusals.told('call');
    expect(of(0)).toBeUndefined();
    expect(of(0, 'another')).toEqual(expired(false));
  });
});

describe('denied', () => {
  it('is every call whose no holds, and none that nobody answered', () => {
    refusals.deny('call', refusal(0));
    refusals.deny('another', refusal(5));
    refusals.expire('another', refusal(6));
    refusals.expire('a third', refusal(6));
    const at = (minutes: number) => refusals.denied(start + minutes * minute);
    expect([at(14), at(15), at(20)]).toEqual([['call', 'another'], ['another'], []]);
  });
});

describe('forget', () => {
  const fill = (): void => {
    for (let call = 1; call <= 199; call += 1) refusals.deny(String(call), refusal(59));
  };
  const isFull = (minutes: number): boolean => {
    refusals.forget(start + minutes * minute);
    return refusals.isFull('app');
  };

  it('keeps what nobody answered for an hour', () => {
    refusals.expire('call', refusal(0));
    fill();
    expect([isFull(60 - 1 / minute), isFull(60)]).toEqual([true, false]);
  });

  it('keeps a no for a quarter of an hour', () => {
    fill();
    refusals.deny('call', refusal(45));
    expect([isFull(60 - 1 / minute), isFull(60)]).toEqual([true, false]);
  });

  it('keeps what was left unanswered once more within the hour', () => {
    unanswered(0, 30);
    fill();
    expect([isFull(61), of(61)]).toEqual([true, undefined]);
  });
});
