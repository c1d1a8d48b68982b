/** The window where there is little room, and what must not move under the pointer. Run by ../window.test.ts, in the one browser it starts. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openRow } from '../../open-row.ts';
import { axe, type WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { fixtureCross } from '../../e2e/window-fixture-policy.ts';

export function smallTests(shown: () => WindowInBrowser): void {
  describe('a window at 200 % zoom', () => {
    it.each([
      { route: '/ledger', width: 680, height: 410 },
      { route: '/ledger', width: 683, height: 384 },
      { route: '/ledger', width: 960, height: 540 },
      { route: '/activity', width: 680, height: 410 },
    ])('has rows, which can be scrolled to: $route at $width x $height', async ({ route, ...viewport }) => {
      const { msp } = shown().fixture;
      const customers = ['fern-legal', 'denholm-construction'];
      msp.change({ crosses: [fixtureCross(msp, { client: 'Cursor', customers, reason: 'Firewalls', minutes: 42 })] });
      const { page, faults } = await shown().open(route, { viewport });
      const table = page.locator('.table');
      await page.locator('.rows .what').first().waitFor({ state: 'attached' });
      const box = await table.evaluate((element) => element.getBoundingClientRect().height);
      expect(box).toBeGreaterThan(34 * 5);
      await page.locator('.page h1').hover();
      await page.mouse.wheel(0, 2000);
      await expect.poll(() => isWhole(page, '.rows [role=row]')).toBe(true);
      expect(faults).toEqual([]);
    });

    it('takes a person to the entry they asked for, in sight', async () => {
      const { page } = await shown().open('/ledger', { viewport: { width: 680, height: 410 } });
      await page.locator('.rows .entry-row .kind').first().waitFor();
      await page.getByRole('textbox', { name: 'Go to entry' }).fill('20');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Entry detail' }).getByText('Entry 20', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => isWhole(page, '.rows .entry-row[data-current="true"]')).toBe(true);
    });

    it('shows where one is in the navigation, and that there is more of it', async () => {
      const { page } = await shown().open('/ledger', { viewport: { width: 680, height: 410 } });
      await expect.poll(() => isWhole(page, '.nav-link[aria-current="page"]')).toBe(true);
      await page.getByRole('link', { name: 'Ledger', exact: true }).focus();
      for (let link = 0; link < 8; link++) await page.keyboard.press('Shift+Tab');
      await page.getByRole('link', { name: 'Customer', exact: true }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Meridian Dental Group' }).waitFor();
      await expect.poll(() => isWhole(page, '.nav-link[aria-current="page"]')).toBe(true);
      const edges = () =>
        page
          .locator('nav')
          .first()
          .evaluate((nav) => getComputedStyle(nav).getPropertyValue('--hidden-after'));
      await expect.poll(edges).not.toBe('0px');
      await page.setViewportSize({ width: 1360, height: 820 });
      await expect.poll(edges).toBe('0px');
    });
  });

  describe.each(['light', 'dark'] as const)('what is recorded of work across customers, in %s', (colorScheme) => {
    it.each(['/activity', '/ledger'])('breaks no accessibility rule, with room and without: %s', async (route) => {
      const { page, faults } = await shown().open(route, { colorScheme });
      shown().fixture.msp.record({
        kind: 'call.outcome',
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' },
        customer: null,
        cross: 'CROSS-1',
        tool: 'asset_list',
        connector: 'halopsa',
        gates: [{ gate: 'principal', ok: true, ms: 0.1 }],
        result: { status: 'ok', records: 4, dropped: 0, redacted: 0, bytes: 10, ms: 99 },
      });
      if (route === '/ledger') await page.getByRole('button', { name: /newer/ }).click();
      await openRow(page, page.getByRole('row').filter({ hasText: 'CROSS-1' }).first());
      await page.locator('.gate-list li.unrecorded').first().waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.setViewportSize({ width: 680, height: 410 });
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('complementary', { name: /detail$/ }).waitFor({ state: 'detached' });
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });
  });

  describe('a detail that opens beside the list', () => {
    it.each(['/ledger', '/activity'])('leaves what ends work across customers within reach: %s', async (route) => {
      const { msp } = shown().fixture;
      const customers = ['fern-legal', 'denholm-construction'];
      msp.change({ crosses: [fixtureCross(msp, { client: 'Cursor', customers, reason: 'Firewalls', minutes: 42 })] });
      const { page } = await shown().open(route, { viewport: { width: 1000, height: 820 } });
      const row = page.locator('.rows [role=row]').nth(3);
      await row.locator('.time').waitFor(); // Until its page is there, a row opens nothing.
      await openRow(page, row);
      await page
        .getByRole('complementary', { name: /detail$/ })
        .locator('h2')
        .waitFor();
      await page.getByRole('button', { name: /^End it now/ }).click();
      await expect.poll(() => msp.state.crosses).toEqual([]);
    });

    it.each([
      { route: '/ledger?denied=true', width: 1360, row: '.entry-row' },
      { route: '/ledger', width: 1100, row: '.entry-row' },
      { route: '/ledger', width: 1920, row: '.entry-row' },
      { route: '/activity', width: 1360, row: '.call-row' },
    ])('leaves the row under the pointer where it is: $route at $width', async ({ route, width, row }) => {
      const { page } = await shown().open(route, { viewport: { width, height: 820 } });
      const third = page.locator(`.rows ${row}`).nth(3);
      await third.locator('.time').waitFor();
      const top = () => third.evaluate((element) => element.getBoundingClientRect().top);
      const before = await top();
      await openRow(page, third);
      await page
        .getByRole('complementary', { name: /detail$/ })
        .locator('h2')
        .waitFor();
      expect(await top()).toBe(before);
    });

    it('cuts no kind of entry without saying so, and names the AI tool of each', async () => {
      const { msp } = shown().fixture;
      const principal = { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Claude Desktop' } as const;
      const params = { approval: 'ap-00000000000000ff', outcome: 'approved', reason: '', needed: 1, have: 1 };
      msp.record({ kind: 'approval.decided', principal, customer: 'MERI-7', tool: 'ticket_note_add', params });
      const { page } = await shown().open('/ledger');
      const kind = page.getByRole('gridcell', { name: 'Approved by a person' }).first();
      await kind.waitFor();
      expect(await isCut(page, '.entry-row .kind span')).toBe(false);
      expect(await isCut(page, '.entry-row .who')).toBe(false);
      await page.setViewportSize({ width: 800, height: 820 });
      expect(await kind.locator('span').evaluate((element) => getComputedStyle(element).textOverflow)).toBe('ellipsis');
    });
  });

  describe('going to an entry by its number', () => {
    it('says what is wrong only as long as the number stands there to be mended', async () => {
      const { page } = await shown().open('/ledger');
      const jump = page.getByRole('textbox', { name: 'Go to entry' });
      const wrong = page.getByText(/^The ledger has entries 1 to [\d,]+\.$/);
      await jump.fill('99999999');
      await jump.press('Enter');
      await wrong.waitFor();
      await jump.press('Escape');
      await wrong.waitFor({ state: 'detached' });
      await jump.press('Enter');
      await wrong.waitFor();
      await page.getByRole('button', { name: 'Verify' }).focus();
      await wrong.waitFor({ state: 'detached' });
    });
  });
}

/** Whether the first of these is in sight with nothing of it cut off or covered. */
const isWhole = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const corners = [
        [left + 3, top + 3],
        [right - 3, bottom - 3],
      ] as const;
      return corners.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
    });

/** Whether the text of any of these is wider than its room. */
const isCut = (page: Page, selector: string): Promise<boolean> =>
  page.locator(selector).evaluateAll((all) => all.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth));
