import { describe, expect, it } from 'vitest';
import { EntryPages } from '../../src-renderer/screens/ledger/entry-pages.ts';
import { everyEntry, matching } from '../../src-renderer/screens/ledger/places.ts';
import { GeneratedLedger } from '../e2e/window-fixture-generated.ts';

const ledger = new GeneratedLedger({ count: 1_000_000, codes: ['MERI-7'], end: Date.UTC(2026, 10, 22) });

/** Every second entry of the million. */
const twos = matching({
  entries: 500_000,
  upTo: 1_000_000,
  every: 200,
  marks: Array.from({ length: 2500 }, (_, mark) => 2 + mark * 400),
  spans: [],
});

/** Pages that are answered when the test says so. */
function asked(listing = everyEntry(1_000_000)) {
  const asking: { page: number; signal: AbortSignal; answer: () => void; fail: (thrown: unknown) => void }[] = [];
  const pages = new EntryPages(listing, (page, signal) => {
    return new Promise((resolve, reject) => {
      const first = page * listing.perPage + 1;
      const step = listing.upTo / listing.total;
      const answer = (): void =>
        resolve(Array.from({ length: listing.perPage }, (_, at) => ledger.entry((first + at) * step)));
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      asking.push({ page, signal, answer, fail: reject });
    });
  });
  return { pages, asking };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('EntryPages', () => {
  it('fetches the pages of the places looked at, once', async () => {
    const { pages, asking } = asked();
    pages.look(0, 40);
    pages.look(3, 43);
    expect(asking.map(({ page }) => page)).toEqual([4999]);
    const before = pages.version();
    asking[0]?.answer();
    await settled();
    expect([pages.at(0)?.seq, pages.at(199)?.seq, pages.at(200)]).toEqual([1_000_000, 999_801, undefined]);
    expect(pages.version()).not.toBe(before);
    pages.look(190, 210);
    expect(asking.map(({ page }) => page)).toEqual([4999, 4998]);
  });

  it('gives up pages that nobody looks at any more, without calling it a fault', async () => {
    const { pages, asking } = asked();
    pages.look(0, 40);
    pages.look(500_000, 500_040);
    expect([asking[0]?.signal.aborted, asking[1]?.signal.aborted]).toEqual([true, false]);
    await settled();
    expect(pages.failed).toBeNull();
    pages.look(0, 40);
    expect(asking.at(-1)?.page).toBe(4999);
  });

  it('says what failed, asks for nothing more, and tries again when told to', async () => {
    const { pages, asking } = asked();
    const fault = new Error('away');
    pages.look(0, 40);
    asking[0]?.fail(fault);
    await settled();
    expect(pages.failed).toEqual({ thrown: fault });
    pages.look(0, 40);
    expect(asking.length).toBe(1);
    pages.retry(0, 40);
    expect([pages.failed, asking.length]).toEqual([null, 2]);
  });

  it('forgets the pages looked at longest ago', async () => {
    const { pages, asking } = asked();
    for (let page = 0; page < 70; page++) {
      pages.look(page * 200, page * 200 + 10);
      asking.at(-1)?.answer();
      await settled();
    }
    expect([pages.at(0), pages.at(69 * 200)?.seq]).toEqual([undefined, 1_000_000 - 69 * 200]);
  });

  it('knows the place of an entry where every entry is listed, and asks for nothing to find it', async () => {
    const { pages, asking } = asked();
    expect(await Promise.all([500_000, 1_000_000, 1, 2_000_000].map((seq) => pages.find(seq)))).toEqual([
      500_000, 0, 999_999, 0,
    ]);
    expect(asking).toEqual([]);
  });

  it('does not give up the page it seeks an entry on while others are looked at', async () => {
    const { pages, asking } = asked(twos);
    const found = pages.find(100_000);
    pages.look(0, 40);
    pages.look(300, 340);
    expect(asking.map(({ page, signal }) => [page, signal.aborted])).toEqual([
      [249, false],
      [2499, true],
      [2498, false],
    ]);
    asking[0]?.answer();
    expect(await found).toBe(500_000 - 50_000);
    pages.look(0, 40);
    expect(asking[0]?.signal.aborted).toBe(false);
  });

  it('waits for the page of an entry where that is asked for already', async () => {
    const { pages, asking } = asked(twos);
    pages.look(450_000, 450_040);
    const found = pages.find(100_000);
    expect(asking.map(({ page }) => page)).toEqual([249]);
    asking[0]?.answer();
    expect(await found).toBe(450_000);
  });

  it('finds an entry although something failed before, and finds nothing when its page does not come', async () => {
    const { pages, asking } = asked(twos);
    pages.look(0, 40);
    asking[0]?.fail(new Error('away'));
    await settled();
    const found = pages.find(100_000);
    asking[1]?.answer();
    expect(await found).toBe(450_000);
    const lost = pages.find(300_000);
    asking[2]?.fail(new Error('away again'));
    expect(await lost).toBeNull();
    expect(pages.failed).toMatchObject({ thrown: { message: 'away again' } });
    const closed = pages.find(300_000);
    pages.close();
    expect(await closed).toBeNull();
  });

  it('finds the place of an entry, or of the one before it that is listed', async () => {
    const listing = matching({ entries: 4, upTo: 1000, every: 2, marks: [10, 30], spans: [] });
    const kept = [
      [10, 20],
      [30, 40],
    ].map((page) => page.map((seq) => ledger.entry(seq)));
    const pages = new EntryPages(listing, async (page) => kept[page] ?? []);
    expect(await Promise.all([10, 15, 20, 30, 39, 40, 900, 1].map((seq) => pages.find(seq)))).toEqual([
      3, 3, 2, 1, 1, 0, 0, 3,
    ]);
  });
});
