import { describe, expect, it } from 'vitest';
import { approvalNews } from '../../src-renderer/frame/approval-news.ts';
import { asClock, asMinutes, secondsLeft } from '../../src-renderer/screens/approvals/time-left.ts';
import { fixtureCustomers } from '../e2e/window-fixture-data.ts';
import { FixtureDesk } from '../e2e/window-fixture-desk.ts';

/** A clock of the test's own, and what was said at which second. */
function listen() {
  const start = Date.now();
  let now = start;
  const timers: { at: number; act: (() => void) | null }[] = [];
  const said: string[] = [];
  const desk = new FixtureDesk(fixtureCustomers(5), () => undefined);
  const news = approvalNews({
    say: (loudness, words) => said.push(`${(now - start) / 1000} ${loudness}: ${words}`),
    now: () => now,
    after: (ms, act) => {
      const timer: (typeof timers)[number] = { at: now + ms, act };
      timers.push(timer);
      return () => void (timer.act = null);
    },
  });
  return {
    desk,
    said,
    news,
    hear: () => news.hear(desk.approvals.filter(({ state }) => state === 'pending')),
    to: (seconds: number) => {
      for (const timer of timers.toSorted((one, other) => one.at - other.at)) {
        if (timer.at > start + seconds * 1000) continue;
        now = Math.max(now, timer.at);
        timer.act?.();
        timer.act = null;
      }
      now = start + seconds * 1000;
    },
  };
}

describe('approvalNews', () => {
  it('tells of one call with its tool, its customer and its time', () => {
    const { desk, hear, said } = listen();
    desk.ask({ expiresIn: 300 });
    hear();
    expect(said).toEqual([
      '0 polite: Approval needed: Add a note to a ticket, Meridian Dental Group. 5 minutes to decide.',
    ]);
  });

  it('says one polite sentence in five seconds, whatever storm comes', () => {
    const { desk, hear, said, to } = listen();
    for (let second = 0; second < 12; second++) {
      to(second);
      for (let place = 0; place < 5; place++) {
        desk.ask();
        hear();
      }
    }
    to(30);
    expect(said).toEqual([
      '0 polite: Approval needed: Add a note to a ticket, Meridian Dental Group. 5 minutes to decide.',
      '5 polite: 25 calls wait for you, 24 new.',
      '10 polite: 50 calls wait for you, 25 new.',
      '15 polite: 60 calls wait for you, 10 new.',
    ]);
  });

  it('is assertive for what destroys only, and that no oftener', () => {
    const { desk, hear, said, to } = listen();
    desk.ask();
    hear();
    to(1);
    desk.ask({ risk: 'destructive', title: 'Cancel a subscription', expiresIn: 300 });
    hear();
    desk.ask({ risk: 'destructive' });
    desk.ask({ risk: 'destructive' });
    hear();
    to(20);
    expect(said.slice(1)).toEqual([
      '1 assertive: Destructive call waits: Cancel a subscription, Meridian Dental Group. 5 minutes to decide.',
      '6 assertive: 2 new destructive calls wait, 4 calls in all.',
    ]);
  });

  it('tells of each call once, and not of one that ended before its turn', () => {
    const { desk, hear, said, to } = listen();
    desk.ask();
    hear();
    hear();
    const short = desk.ask();
    hear();
    desk.end(short.id, 'withdrawn');
    hear();
    to(30);
    hear();
    expect(said).toHaveLength(1);
  });

  it('falls silent when it is closed', () => {
    const { desk, hear, said, to, news } = listen();
    desk.ask();
    hear();
    desk.ask();
    hear();
    news.close();
    to(30);
    expect(said).toHaveLength(1);
  });
});

describe('secondsLeft', () => {
  it('counts whole seconds up, and never below none', () => {
    const now = Date.parse('2026-11-22T10:00:00.500Z');
    expect(secondsLeft('2026-11-22T10:04:32.000Z', now)).toBe(272);
    expect(secondsLeft('2026-11-22T09:00:00.000Z', now)).toBe(0);
  });
});

describe('asClock', () => {
  it('has minutes and seconds, and hours where there are any', () => {
    expect([0, 9, 272, 3599, 3872].map(asClock)).toEqual(['0:00', '0:09', '4:32', '59:59', '1:04:32']);
  });
});

describe('asMinutes', () => {
  it('says whole minutes, and that the last one is the last', () => {
    expect([30, 60, 299, 300].map(asMinutes)).toEqual(['less than a minute', '1 minute', '5 minutes', '5 minutes']);
  });
});
