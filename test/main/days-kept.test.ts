import { describe, expect, it } from 'vitest';
import { daysKept } from '../../src-main/app/days-kept.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { bundleOf } from '../gateway/enrolment.ts';

const [acme, zenith, gone] = ['acme', 'zenith', 'gone'].map((id) => CustomerId.parse(id)) as [
  CustomerId,
  CustomerId,
  CustomerId,
];
const group = (id: string, ...customers: string[]) => ({ id, name: id, customers });
const kept = (retention: object | undefined, customer: CustomerId | null, groups: object[] = []) =>
  daysKept(bundleOf({ policy: { policies: {}, groups, ...(retention ? { retention } : {}) } }), customer);

describe('daysKept', () => {
  it('is for good where the company says nothing', () => {
    expect([kept(undefined, acme), kept(undefined, null)]).toEqual([null, null]);
  });

  it('is what the company says, of every customer and of none', () => {
    expect([kept({ days: 90 }, acme), kept({ days: 90 }, null)]).toEqual([90, 90]);
  });

  it('is what is said of the customer’s group, longer or shorter, and of that group alone', () => {
    const groups = [group('regulated', 'zenith')];
    for (const days of [30, 2555]) {
      expect(kept({ days: 90, groups: { regulated: days } }, zenith, groups)).toBe(days);
      expect(kept({ days: 90, groups: { regulated: days } }, acme, groups)).toBe(90);
      expect(kept({ groups: { regulated: days } }, acme, groups)).toBe(null);
      expect(kept({ days: 90, groups: { regulated: days } }, null, groups)).toBe(90);
    }
  });

  it('is the longest of several groups, whichever comes first', () => {
    const groups = [group('a', 'acme'), group('b', 'acme', 'zenith'), group('silent', 'acme'), group('c', 'zenith')];
    const retention = { days: 1, groups: { a: 10, b: 700, c: 30 } };
    expect([kept(retention, acme, groups), kept(retention, zenith, groups)]).toEqual([700, 700]);
    expect(kept(retention, acme, groups.toReversed())).toBe(700);
  });

  it('is the longest of all that is said, of a customer the company no longer has: nothing tells its groups any more', () => {
    const groups = [group('regulated', 'zenith'), group('brief', 'acme', 'gone')];
    expect(kept({ days: 365, groups: { regulated: 2555, brief: 30 } }, gone, groups)).toBe(2555);
    expect(kept({ days: 365, groups: { brief: 30 } }, gone, groups)).toBe(365);
    expect(kept({ groups: { regulated: 2555, brief: 30 } }, gone, groups)).toBe(null);
    expect(kept({ days: 365 }, gone)).toBe(365);
  });

  it('takes no group for one whose name every object knows', () => {
    expect(kept({ days: 5 }, acme, [group('constructor', 'acme')])).toBe(5);
  });
});
