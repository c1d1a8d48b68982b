/** The ledger with a million entries, none of which the fixture keeps. Run by ../window.test.ts, in the one browser it starts. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { GeneratedLedger } from '../../e2e/window-fixture-generated.ts';

const count = 1_000_000;

export function explorerTests(shown: () => WindowInBrowser): void {
  const generated = (): GeneratedLedger => {
    const ledger = new GeneratedLedger({ count, codes: ['MERI-7', 'FERN-2', 'DENH-4', 'CAFE-3'], end: Date.now() });
    shown().fixture.msp.setGenerated(ledger);
    return ledger;
  };
  const seqAt = (page: Page, place: number) => page.locator('.rows .entry-row .seq').nth(place).innerText();
  /** The entries whose rows are wholly in sight, fetched, from the top. */
  const inSight = (page: Page) =>
    page.evaluate(() => {
      const table = document.querySelector('.entry-table');
      const { top = 0, bottom = 0 } = table?.getBoundingClientRect() ?? {};
      return [...document.querySelectorAll('.rows .entry-row')]
        .filter((row) => {
          const box = row.getBoundingClientRect();
          return box.top >= top + 28 && box.bottom <= bottom && row.querySelector('.kind') !== null;
        })
        .map((row) => Number(row.querySelector('.seq')?.textContent?.replaceAll(',', '')));
    });
  const descending = (seqs: readonly number[]): boolean =>
    seqs.length > 8 && seqs.every((seq, at) => at === 0 || seq === (seqs[at - 1] ?? 0) - 1);

  describe('the ledger of a million entries', () => {
    it('draws a few dozen rows, and says to readers how many there are', async () => {
      generated();
      const { page, faults } = await shown().open('/ledger');
      const grid = page.getByRole('grid', { name: 'Entries' });
      await page.getByText('1,000,000 entries', { exact: true }).waitFor();
      expect(await grid.getAttribute('aria-rowcount')).toBe('1000001');
      expect(await page.getByRole('row').count()).toBeLessThan(60);
      await expect.poll(() => inSight(page).then(descending)).toBe(true);
      expect(await seqAt(page, 0)).toBe('1,000,000');
      expect(faults).toEqual([]);
    });

    it('scrolls to the middle and to the end by the bar, and there row by row by the wheel', async () => {
      generated();
      const { page } = await shown().open('/ledger');
      const table = page.locator('.entry-table');
      await table.evaluate((element) => (element.scrollTop = (element.scrollHeight - element.clientHeight) / 2));
      await expect.poll(async () => Math.abs(((await inSight(page))[0] ?? 0) - count / 2) < 100).toBe(true);
      await expect.poll(() => inSight(page).then(descending)).toBe(true);
      const [before = 0] = await inSight(page);
      await table.hover();
      await page.mouse.wheel(0, 340);
      await expect.poll(async () => (await inSight(page))[0]).toBe(before - 10);
      await page.waitForTimeout(400); // The bar is set to where the rows are; the rows stay.
      expect((await inSight(page))[0]).toBe(before - 10);
      await table.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await expect.poll(async () => (await inSight(page)).at(-1)).toBe(1);
    });

    it('shows rows that wait while their page is fetched, and says what failed', async () => {
      generated();
      const { msp } = shown().fixture;
      msp.slow.page = 10_000;
      const { page } = await shown().open('/ledger');
      await page.locator('.unfetched').first().waitFor();
      expect(await seqAt(page, 3)).toBe('999,997');
      msp.slow.page = 0;
      await page.locator('.rows .kind').first().waitFor();
      msp.entriesFault = new Error('away');
      await page.locator('.entry-table').evaluate((element) => (element.scrollTop = 3_000_000));
      await page.getByRole('alert').waitFor();
      msp.entriesFault = null;
      await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => inSight(page).then(descending)).toBe(true);
    });

    it('is worked by keys alone, from the newest entry to the first and into its detail', async () => {
      generated();
      const { page } = await shown().open('/ledger');
      const grid = page.getByRole('grid', { name: 'Entries' });
      await page.locator('.rows .kind').first().waitFor();
      await grid.focus();
      const current = async () => {
        const id = await grid.getAttribute('aria-activedescendant');
        return id === null ? null : page.locator(`[id="${id}"]`).getAttribute('aria-rowindex');
      };
      expect(await current()).toBe('2');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await current()).toBe('4');
      await page.keyboard.press('PageDown');
      expect(Number(await current())).toBeGreaterThan(12);
      await page.keyboard.press('End');
      await expect.poll(current).toBe('1000001');
      await expect.poll(async () => (await inSight(page)).at(-1)).toBe(1);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Entry detail' }).getByText('Entry 2', { exact: true }).waitFor();
      expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Escape');
      await page.getByRole('complementary', { name: 'Entry detail' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Home');
      await expect.poll(async () => (await inSight(page))[0]).toBe(count);
    });

    it('goes to an entry by its number, proves it in the window, and shows what leads there', async () => {
      generated();
      const { page } = await shown().open('/ledger');
      await page.getByRole('textbox', { name: 'Go to entry' }).fill('2000000');
      await page.keyboard.press('Enter');
      await page.getByText('The ledger has entries 1 to 1,000,000.').waitFor();
      await page.getByRole('textbox', { name: 'Go to entry' }).fill('500,000');
      await page.keyboard.press('Enter');
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByText('Entry 500,000 is in the tree of checkpoint 1,000,000.').waitFor();
      await detail
        .getByText('Its leaf and 20 hashes lead to the root, computed in this window.', { exact: false })
        .waitFor();
      await detail.getByText('signed by this device, checked here', { exact: false }).waitFor();
      await expect.poll(() => inSight(page).then((seqs) => seqs.includes(500_000))).toBe(true);
      expect(page.url()).toContain('entry=500000');
      expect(await page.locator('.entry-row[aria-selected="true"] .seq').innerText()).toBe('500,000');
    });

    it('goes to the entry of the address among those that match, although its page is slow to come', async () => {
      generated();
      shown().fixture.msp.slow.page = 200;
      const { page } = await shown().open('/ledger?denied=true&entry=500000');
      await expect
        .poll(async () => (await inSight(page)).filter((seq) => Math.abs(seq - 500_000) < 100).length)
        .not.toBe(0);
    });

    it('goes to an entry that came since the list was made', async () => {
      const ledger = generated();
      const { page } = await shown().open('/ledger');
      await page.locator('.rows .kind').first().waitFor();
      ledger.count += 3;
      shown().fixture.msp.hearing.grew(ledger.count);
      await page.getByRole('button', { name: '3 newer entries. Show them' }).waitFor();
      await page.getByRole('textbox', { name: 'Go to entry' }).fill(String(count + 2));
      await page.keyboard.press('Enter');
      await expect.poll(() => inSight(page).then((seqs) => seqs.includes(count + 2))).toBe(true);
    });

    it('says of an entry that was changed, and of a path that leads elsewhere, that it is not proven', async () => {
      const ledger = generated();
      ledger.tampered = 500_000;
      const { page } = await shown().open('/ledger?entry=500000');
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByText('Entry 500,000 is not proven.').waitFor();
      await detail
        .getByText('It was changed: it does not give the leaf it was recorded with.', { exact: false })
        .waitFor();
      await page.getByRole('textbox', { name: 'Go to entry' }).fill('123456');
      await page.keyboard.press('Enter');
      await detail.getByText('Entry 123,456 is not proven.').waitFor();
      await detail.getByText('does not lead to the root of checkpoint 1,000,000', { exact: false }).waitFor();
    });

    it('filters, keeps the filter in the address, and pages to any part of what matches', async () => {
      generated();
      const { page } = await shown().open('/ledger');
      await page.getByRole('combobox', { name: 'Customer' }).fill('fern legal');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Denied or asked' }).click();
      await page.getByText('17,063 of 1,000,000 entries').waitFor();
      expect(page.url()).toContain('customer=FERN-2');
      expect(page.url()).toContain('denied=true');
      await page.locator('.entry-table').evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
      await expect.poll(async () => (await inSight(page)).length).toBeGreaterThan(8);
      for (const row of await page.locator('.rows .entry-row:has(.kind)').all())
        expect((await row.innerText()).split('\n')).toEqual(expect.arrayContaining(['Call denied', 'FERN-2']));
      const link = page.url();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.getByText('1,000,000 entries', { exact: true }).waitFor();
      expect(page.url()).not.toContain('denied');
      await page.goto(link);
      await page.getByText('17,063 of 1,000,000 entries').waitFor();
      await page.getByRole('combobox', { name: 'Customer' }).fill('nobody at all');
      await page.keyboard.press('Enter');
      await page.getByText('No customer has this code or name.').waitFor();
      await page.getByText('17,063 of 1,000,000 entries').waitFor();
    });

    it('finds what was done across customers by the number of the scope, and from the detail of one entry', async () => {
      generated();
      const { page, faults } = await shown().open('/ledger');
      const field = page.getByRole('combobox', { name: 'Scope' });
      await field.fill('nine');
      await field.press('Enter');
      await page.getByText('A scope has a code such as CROSS-3.').waitFor();
      await field.fill('4');
      await field.press('Enter');
      await page.getByText('24 of 1,000,000 entries').waitFor();
      expect([await field.inputValue(), page.url().includes('cross=CROSS-4')]).toEqual(['CROSS-4', true]);
      await page.goto(`${page.url().split('#')[0]}#/ledger?entry=300007`);
      await page.getByText('1,000,000 entries', { exact: true }).waitFor();
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByRole('link', { name: 'CROSS-4' }).click();
      await page.getByText('24 of 1,000,000 entries').waitFor();
      expect(faults).toEqual([]);
    });

    it('tells how far a search has come, and that nothing matches', async () => {
      generated();
      const { slow } = shown().fixture.msp;
      slow.search = 20_000;
      const { page } = await shown().open('/ledger?tool=no_such_tool');
      await page.getByText(/^Looked at [\d,]+ of 1,000,000 entries$/).waitFor();
      expect(await page.getByRole('progressbar', { name: 'Searching' }).getAttribute('aria-valuenow')).toMatch(/^\d+$/);
      slow.search = 0;
      await page.getByRole('heading', { name: 'No entries match' }).waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).last().click();
      await page.getByText('1,000,000 entries', { exact: true }).waitFor();
    });

    it('shows the entries over time, and takes a span of it by keys and by pointer', async () => {
      generated();
      const { page } = await shown().open('/ledger');
      const bars = page.getByRole('listbox', { name: /^Entries over time/ });
      await bars.waitFor();
      expect(await bars.getByRole('option').first().getAttribute('aria-label')).toMatch(
        /^\d+ \w+ \d{4} \d\d:\d\d to \d+ \w+ \d{4} \d\d:\d\d: [\d,]+ entries, [\d,]+ denied or asked$/,
      );
      await bars.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      expect(await bars.locator('[aria-selected="true"]').count()).toBe(2);
      await page.keyboard.press('Enter');
      await page.getByText(/^[\d,]+ of 1,000,000 entries$/).waitFor();
      expect(page.url()).toMatch(/from=.+&to=.+/);
      await page.getByRole('button', { name: 'Remove this span of time' }).click();
      await page.getByText('1,000,000 entries', { exact: true }).waitFor();
      await bars.getByRole('option').nth(3).hover();
      await page.mouse.down();
      await bars.getByRole('option').nth(6).hover();
      await page.mouse.up();
      await page.getByText(/^[\d,]+ of 1,000,000 entries$/).waitFor();
    });

    it('does not move while entries are added, says how many, and shows them when told to', async () => {
      const ledger = generated();
      const { page } = await shown().open('/ledger');
      await page.locator('.rows .kind').first().waitFor();
      ledger.count += 3;
      shown().fixture.msp.hearing.grew(ledger.count);
      await page.getByRole('button', { name: '3 newer entries. Show them' }).waitFor();
      expect(await seqAt(page, 0)).toBe('1,000,000');
      await page.getByRole('button', { name: '3 newer entries. Show them' }).click();
      await expect.poll(() => seqAt(page, 0)).toBe('1,000,003');
    });

    it('scrolls without holding the page up', async () => {
      generated();
      const { page } = await shown().open('/ledger');
      await page.locator('.rows .kind').first().waitFor();
      const frames = await page.evaluate(async () => {
        const table = document.querySelector('.entry-table');
        const frames: number[] = [];
        let last = performance.now();
        for (let frame = 0; frame < 90; frame++) {
          table?.scrollBy(0, frame < 60 ? 170 : 60_000);
          await new Promise((resolve) => requestAnimationFrame(resolve));
          frames.push(performance.now() - last);
          last = performance.now();
        }
        return frames;
      });
      // A list that draws all takes seconds for each; a busy machine now and then for one.
      expect(frames.filter((ms) => ms > 400).length).toBeLessThan(5);
    });
  });
}
