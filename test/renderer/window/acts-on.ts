/** What an approval names: on the card, in the queue, at every width. Run by ../window.test.ts, in the one browser it starts. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { Subject } from '../../../src-shared/model/subject.ts';
import { axe, type WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

const firewall = { kind: 'credential', id: '50025', name: 'Firewall admin' };
const reveal = {
  tool: 'credential_reveal',
  title: 'Reveal a credential',
  connector: 'hudu',
  risk: 'credential',
} as const;

export function actsOnTests(shown: () => WindowInBrowser): void {
  const ask = (subjects: readonly Subject[] | null) =>
    shown().fixture.msp.desk.ask({
      ...reveal,
      arguments: { customer: 'MERI-7', id: 50_025, part: 'both' },
      subjects: subjects && [...subjects],
    });
  const on = (page: Page) => page.locator('.approval .acts-on');
  const line = (page: Page) => page.getByRole('option').first();

  const isAccessible = async (page: Page): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axe(page, colorScheme)).toEqual([]);
    }
  };

  describe('what an approval names', () => {
    it('is told by its name, with what it is and its id, on the card and in the queue', async () => {
      ask([firewall]);
      const { page, faults } = await shown().open('/approvals');
      expect(await on(page).innerText()).toBe('Firewall admin (Hudu credential 50025)');
      expect(await line(page).innerText()).toContain('Firewall admin');
      expect(await line(page).innerText()).toContain('(credential 50025)');
      expect(await line(page).innerText()).toContain('part both');
      expect(await line(page).innerText()).not.toContain('id 50025');
      await isAccessible(page);
      expect(faults).toEqual([]);
    });

    it('tells of each where there are several, and says of one without a name that it has none', async () => {
      ask([
        { kind: 'contact', id: '31', name: 'Rita Amato' },
        { kind: 'site', id: '4', name: null },
      ]);
      const { page } = await shown().open('/approvals');
      expect((await on(page).innerText()).split('\n')).toEqual([
        'Rita Amato (Hudu contact 31)',
        'without a name (Hudu site 4)',
      ]);
      expect(await line(page).innerText()).toContain('(contact 31) +1');
    });

    it('says so where it could not be looked up, and nothing where there is nothing to name', async () => {
      ask(null);
      const { page } = await shown().open('/approvals');
      expect(await on(page).innerText()).toContain('It could not be looked up what this is');
      expect(await line(page).innerText()).toContain('What it acts on is not known');
      await isAccessible(page);
      shown().fixture.msp.desk.reset();
      ask([]);
      await page.getByText('What it acts on is not known').waitFor({ state: 'detached' });
      expect(await on(page).count()).toBe(0);
    });

    it('is shown as text on one line, whatever somebody named it, and never in the place of its id', async () => {
      const name = '<b>Guest</b>\n\u202eWi-Fi (Hudu credential 1)\u200b';
      ask([{ ...firewall, name }]);
      const { page } = await shown().open('/approvals');
      expect(await on(page).innerText()).toBe('<b>Guest</b> Wi-Fi (Hudu credential 1) (Hudu credential 50025)');
      expect(await on(page).locator('b bdi').innerText()).toBe('<b>Guest</b> Wi-Fi (Hudu credential 1)');
    });

    it.each([
      [1360, 820],
      [680, 410],
      [320, 640],
    ])('keeps its id in sight at %i by %i, however long its name', async (width, height) => {
      ask([{ ...firewall, name: 'Firewall of the main office '.repeat(5).trim() }]);
      const { page } = await shown().open('/approvals', { viewport: { width, height } });
      await line(page).or(on(page)).first().waitFor();
      const shownId = page.locator('.queue-id:visible, .acts-on:visible').first();
      const box = await shownId.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBe(0);
    });
  });
}
