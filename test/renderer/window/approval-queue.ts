/** The queue of approvals, and what is heard and seen of it elsewhere. Run by ../window.test.ts, in its one browser. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Fault } from '../../../src-shared/fault.ts';
import { axe, type WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

export function approvalQueueTests(shown: () => WindowInBrowser): void {
  const desk = () => shown().fixture.msp.desk;
  const asked = (name: string): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === name)
      .map(({ input }) => input);
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? '');
  const current = (page: Page) => page.locator('.queue [aria-current=true]').getAttribute('data-id');

  describe('the queue of approvals', () => {
    it('moves by J, K and arrows only while it has the focus, and no letter ever answers', async () => {
      const ids = [9, 8, 7].map((askedAgo) => desk().ask({ askedAgo }).id);
      const { page } = await shown().open('/approvals');
      await page.getByRole('option').first().waitFor();
      for (const key of ['j', 'k', 'a', 'y', 'd', 'Enter']) await page.keyboard.press(key);
      expect(await current(page)).toBe(ids[0]);
      await page.getByRole('option').first().focus();
      const seen: string[] = [];
      for (const key of ['j', 'ArrowDown', 'j', 'k', 'ArrowUp', 'End', 'Home']) {
        await page.keyboard.press(key);
        seen.push(await focused(page));
      }
      expect(seen).toEqual([ids[1], ids[2], ids[2], ids[1], ids[0], ids[2], ids[0]]);
      expect(await current(page)).toBe(ids[0]);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Add a note to a ticket');
      for (const key of ['a', 'y', 'd', 'n']) await page.keyboard.press(key);
      expect([asked('approve'), asked('deny')]).toEqual([[], []]);
    });

    it('is reached from anywhere by one chord, and leaves the focus alone otherwise', async () => {
      const first = desk().ask();
      const { page } = await shown().open('/try');
      await page.getByRole('searchbox', { name: 'Find a tool' }).fill('note');
      desk().ask({ risk: 'destructive' });
      await page.getByText('2 calls wait for you', { exact: true }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
      await page.keyboard.press('Control+Shift+A');
      await page.getByRole('heading', { level: 1, name: 'Approvals' }).waitFor();
      await expect.poll(() => focused(page)).not.toBe('');
      await page.keyboard.press('End');
      expect(await focused(page)).toBe(first.id);
    });

    it('keeps the card that is shown when others come and go before it', async () => {
      const mine = desk().ask({ askedAgo: 5 });
      const { page } = await shown().open('/approvals');
      await page.getByRole('button', { name: 'Deny', exact: true }).focus();
      const other = desk().ask({ risk: 'destructive', askedAgo: 60 });
      await expect.poll(() => page.getByRole('option').count()).toBe(2);
      desk().end(other.id, 'expired');
      await expect.poll(() => page.getByRole('option').count()).toBe(1);
      expect(await current(page)).toBe(mine.id);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Deny');
    });

    it('stays usable in a storm, and denies many at once with one reason', async () => {
      const { page, faults } = await shown().open('/approvals');
      await page.getByText('Nothing waits for you').waitFor();
      const started = performance.now();
      desk().storm(50);
      await expect.poll(() => page.getByRole('option').count()).toBe(50);
      expect(performance.now() - started).toBeLessThan(10_000);
      await page.getByRole('option').first().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('j');
      await page.keyboard.press('Space');
      await page.getByText('2 marked', { exact: true }).waitFor();
      await page.keyboard.press('Control+a');
      await page.getByRole('button', { name: 'Deny 50…' }).click();
      desk().end(desk().approvals[0]?.id ?? '', 'expired');
      await page.getByRole('textbox', { name: 'Reason optional' }).fill('A loop.');
      await page.getByRole('button', { name: 'Deny 50 calls' }).click();
      await page.getByText('49 calls are denied. 1 had ended by itself before.').waitFor();
      expect(asked('denyApprovals')).toEqual([{ ids: desk().approvals.map(({ id }) => id), reason: 'A loop.' }]);
      expect(faults).toEqual([]);
    });

    it('says little aloud in a storm, and loudly only what destroys', async () => {
      const { page } = await shown().open('/activity');
      await page.evaluate(() => {
        const heard: string[] = [];
        Object.assign(window, { heard });
        for (const region of document.querySelectorAll('[data-news]'))
          new MutationObserver(() => {
            const words = `${region.getAttribute('aria-live')}: ${region.textContent}`;
            if (heard.at(-1) !== words) heard.push(words);
          }).observe(region, { childList: true, subtree: true, characterData: true });
      });
      const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
      desk().storm(20);
      await page.getByText('20 calls wait for you', { exact: true }).waitFor();
      await page.waitForTimeout(1500);
      expect((await heard()).filter((words) => words.startsWith('polite'))).toHaveLength(1);
      expect((await heard()).filter((words) => words.startsWith('assertive'))).toEqual([]);
      desk().ask({ risk: 'destructive', title: 'Cancel a subscription', expiresIn: 300 });
      await expect
        .poll(heard)
        .toContain(
          'assertive: Destructive call waits: Cancel a subscription, Meridian Dental Group. 5 minutes to decide.',
        );
    });

    it('shows how many wait on every screen, in the title and above every veil', async () => {
      desk().ask();
      desk().ask();
      const { page } = await shown().open('/ledger');
      await expect.poll(() => page.title()).toBe('(2) Meridian Dental Group - Bulkhead');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      const badge = page.locator('.approval-notice');
      const isOnTop = await badge.evaluate((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return node.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
      expect([isOnTop, await badge.innerText()]).toEqual([true, '2 calls wait for you']);
      await page.keyboard.press('Escape');
      desk().reset();
      await expect.poll(() => page.title()).toBe('Meridian Dental Group - Bulkhead');
      expect(await badge.count()).toBe(0);
    });

    it('tells how each one ended, in words that differ', async () => {
      for (const state of ['approved', 'denied', 'expired', 'withdrawn'] as const)
        desk().end(desk().ask().id, state, state === 'withdrawn' ? 'Another customer was bound.' : '');
      const { page } = await shown().open('/approvals');
      await page.getByRole('button', { name: /^Decided/ }).click();
      await page.getByRole('option').nth(3).waitFor();
      const rows = (await page.getByRole('option').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
      for (const words of [
        'Approved by Sam Ortiz',
        'Denied by Sam Ortiz',
        'Expired nobody decided',
        'Withdrawn Another customer was bound.',
      ])
        expect(rows.filter((row) => row.includes(words))).toHaveLength(1);
    });

    it('is what its badge and its place in the navigation lead to, also from what is approved for a while', async () => {
      const one = desk().ask();
      desk().stand();
      const { page } = await shown().open('/approvals');
      await page.getByRole('button', { name: /^For a while/ }).click();
      await page.locator('.approval-notice').click();
      await expect.poll(() => focused(page)).toBe(one.id);
      await page.getByRole('button', { name: /^Decided/ }).click();
      const link = page.getByRole('link', { name: /^Approvals/ });
      await link.click();
      await page.getByRole('option').waitFor();
      expect(await page.getByRole('button', { name: 'Waiting 1' }).getAttribute('aria-pressed')).toBe('true');
      expect(await link.evaluate((node) => node === document.activeElement)).toBe(true);
    });

    it('is what the navigation leads to from a request that is open', async () => {
      const one = desk().ask();
      const { page } = await shown().open(`/approvals/${one.id}`);
      await page.getByRole('link', { name: /^Approvals/ }).click();
      await expect.poll(() => new URL(page.url()).hash).toBe('#/approvals');
      const link = page.getByRole('navigation').getByRole('link', { name: /^Approvals/ });
      expect(await link.getAttribute('aria-current')).toBe('page');
    });

    it('says of what is approved for a while what it lets run: each value that is fixed, and what is free', async () => {
      desk().stand({
        fixed: { customer: 'MERI-7', to: 'vikram@meridian.example', note: 'hid\u200Bden' },
        free: ['text', 'subject'],
      });
      desk().stand({ fixed: { customer: 'MERI-7' }, free: [] });
      desk().stand({ fixed: { customer: 'MERI-7' }, free: ['id'] });
      const { page } = await shown().open('/approvals');
      await page.getByRole('button', { name: /^For a while/ }).click();
      const rows = (await page.locator('.standing-row').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
      expect(rows[0]).toContain('to vikram@meridian.example note hidU+200Bden');
      expect(rows[0]).toContain('Free to change: text, subject.');
      expect(rows[1]).toContain('Only with these very arguments.');
      expect(rows[2]).toContain('Free to change: id.');
    });

    it('opens the request of an address, and says when it is gone', async () => {
      const one = desk().ask({ title: 'Close a ticket' });
      desk().ask({ risk: 'destructive' });
      const { page } = await shown().open(`/approvals/${one.id}`);
      await page.getByRole('article', { name: 'Approval: Close a ticket, Meridian Dental Group' }).waitFor();
      await page.goto(`${shown().fixture.url}#/approvals/ap-ffffffffffffffff`);
      await page.getByText('This request is gone').waitFor();
      await page.getByRole('button', { name: 'Show the queue' }).click();
      await page.getByRole('article', { name: /^Approval: Add a note/ }).waitFor();
    });

    it('says what would come when nothing waits, and what is wrong when it cannot ask', async () => {
      desk().listFault = new Fault('GATEWAY_DOWN', 'The gateway is starting again.', 'Wait a moment.');
      const { page } = await shown().open('/approvals');
      await page.getByText('The gateway is starting again.').waitFor();
      desk().listFault = null;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Nothing waits for you').waitFor();
      await page.getByText('It runs only after a yes.').waitFor();
    });

    it('fits 320 pixels: the queue, then one card, then back', async () => {
      desk().ask({ needed: 2, arguments: { customer: 'MERI-7', note: 'w'.repeat(300) } });
      const { page } = await shown().open('/approvals', { viewport: { width: 320, height: 640 } });
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      await page.getByRole('option').waitFor();
      expect(await width()).toBe(320);
      await page.getByRole('option').click();
      await page.getByRole('article').waitFor();
      expect(await width()).toBe(320);
      await page.getByRole('link', { name: 'Back to the queue' }).click();
      await page.getByRole('option').waitFor();
    });
  });

  describe.each(['light', 'dark'] as const)('approvals in %s', (colorScheme) => {
    it('break no accessibility rule, on the card of each kind and in each list', async () => {
      desk().ask({ risk: 'destructive', expiresIn: 50 });
      desk().ask({
        risk: 'spend',
        needed: 2,
        mayStand: false,
        approvedBy: [{ id: 'sam', name: 'Sam Ortiz', at: new Date().toISOString() }],
      });
      desk().ask({
        customer: 'fern-legal',
        arguments: { customer: 'FERN-2', note: `hid\u200Bden ${'long '.repeat(300)}` },
      });
      desk().stand();
      for (const state of ['approved', 'denied', 'expired', 'withdrawn'] as const) desk().end(desk().ask().id, state);
      const { page, faults } = await shown().open('/approvals', { colorScheme });
      for (const place of [0, 1, 2]) {
        await page.getByRole('option').nth(place).click();
        await page.waitForTimeout(1100);
        expect(await axe(page, colorScheme)).toEqual([]);
      }
      for (const view of ['Decided', 'For a while']) {
        await page.getByRole('button', { name: new RegExp(`^${view}`) }).click();
        expect(await axe(page, colorScheme)).toEqual([]);
      }
      expect(faults).toEqual([]);
    });

    it('break none in what opens over the card', async () => {
      desk().ask();
      desk().ask();
      const { page } = await shown().open('/approvals', { colorScheme });
      for (const name of ['Deny with reason…', 'Approve for a while…', 'Someone else approves…']) {
        await page.getByRole('button', { name }).click();
        await page.getByRole('dialog').waitFor();
        expect(await axe(page, colorScheme)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await page.getByRole('button', { name: 'Mark all 2' }).click();
      await page.getByRole('button', { name: 'Deny 2…' }).click();
      expect(await axe(page, colorScheme)).toEqual([]);
    });
  });
}
