import { beforeEach, describe, expect, it } from 'vitest';
import { Ran } from '../../../src-gateway/approvals/ran.ts';
import { testNow } from '../enrolment.ts';
import { minute } from './desk.ts';

let ran: Ran;
beforeEach(() => {
  ran = new Ran();
});
const moment = (ms: number) => ({ at: ms, now: testNow + ms });

describe('lately', () => {
  it('knows for an hour when a call ran, by the wall clock of then', () => {
    ran.add('a', moment(0));
    expect(ran.lately('a', moment(60 * minute - 1))).toBe('2026-11-21T12:00:00.000Z');
    expect(ran.lately('a', moment(60 * minute))).toBeNull();
  });

  it('has nothing to say of a call that did not run', () => {
    ran.add('a', moment(0));
    expect(ran.lately('b', moment(0))).toBeNull();
  });

  it('knows the last time of a call that ran again', () => {
    ran.add('a', moment(0));
    ran.add('a', moment(minute));
    expect(ran.lately('a', moment(2 * minute))).toBe('2026-11-21T12:01:00.000Z');
  });

  it('remembers the five hundred calls that ran last', () => {
    for (let call = 0; call < 500; call += 1) ran.add(String(call), moment(call));
    ran.add('0', moment(500));
    expect(ran.lately('1', moment(500))).not.toBeNull();
    ran.add('500', moment(501));
    const known = Array.from({ length: 501 }, (_, call) => ran.lately(String(call), moment(501)) !== null);
    expect(known.flatMap((isKnown, call) => (isKnown ? [] : [call]))).toEqual([1]);
  });
});
