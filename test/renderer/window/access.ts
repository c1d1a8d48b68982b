/** Accessibility, on every screen and in what opens over it. Run by ../window.test.ts, in the one browser it starts. */
import { describe, expect, it } from 'vitest';
import { axe, type WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { openRow } from '../../open-row.ts';
import { fixtureCross } from '../../e2e/window-fixture-policy.ts';
import { fixtureReviews } from '../../e2e/window-fixture-reviews.ts';

const mapping = '/connectors/hudu-main/map';

export function accessTests(shown: () => WindowInBrowser): void {
  const routes = [
    '/',
    '/activity',
    '/approvals',
    '/try',
    '/ai-tools',
    '/connectors',
    mapping,
    '/tools',
    '/ledger',
    '/ledger/kept',
  ] as const;

  describe.each(['light', 'dark'] as const)('the window in %s', (colorScheme) => {
    it.each(routes)('breaks no accessibility rule on %s, and asks for nothing from elsewhere', async (route) => {
      if (route === '/ledger') shown().fixture.msp.call('ticket_list');
      const { page, faults } = await shown().open(route, { colorScheme });
      if (route === '/activity') await openRow(page, page.getByRole('row').filter({ hasText: 'Denied' }).first());
      if (route === '/ledger') {
        await openRow(page, page.getByRole('row').filter({ hasText: 'Call answered' }).first());
        await page.getByText('is in the tree of checkpoint').waitFor();
        await page.getByRole('button', { name: 'Show the records' }).click();
        await page.getByText('in the ledger now').waitFor();
      }
      if (route === '/tools') shown().fixture.msp.setReviews(fixtureReviews());
      if (route === '/tools') await page.locator('.review').first().waitFor();
      if (route === '/') await page.locator('.may-do-row summary').first().click();
      if (route === '/try') await page.getByRole('button', { name: 'Reveal a password' }).click();
      if (route === mapping)
        await page
          .getByRole('button', { name: /^Accept/ })
          .nth(1)
          .click();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none in what opens over the connectors', async () => {
      const { page, faults } = await shown().open('/connectors', { colorScheme });
      await page.getByRole('button', { name: 'More for HaloPSA' }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByLabel('Base URL').fill('https://other.example');
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add instance' }).click();
      await page.getByRole('radio', { name: 'Hudu' }).check();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Set the credential/ }).click();
      await page.getByLabel('Client secret').waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none in the chooser, nor while a vendor is asked', async () => {
      const { page, faults } = await shown().open(mapping, { colorScheme });
      await page.getByRole('grid').waitFor();
      await page
        .getByRole('button', { name: /^Choose/ })
        .first()
        .click();
      await page.getByRole('combobox').fill('dental');
      await page.getByText('used by').first().waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Accept all/ }).click();
      await page.getByRole('link', { name: 'Ledger' }).click();
      await page.getByRole('button', { name: 'Stay here' }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.getByRole('button', { name: 'Leave and forget' }).click();
      shown().fixture.msp.survey = { ms: 60_000, fault: null, isWhole: true, isEmpty: false };
      await page.goBack();
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none in a form with groups, nor in an answer', async () => {
      const { page, faults } = await shown().open('/try', { colorScheme });
      await page.getByRole('button', { name: 'Order licences' }).click();
      await page.getByRole('button', { name: /^Run in/ }).click();
      await page.getByText('This is needed.').first().waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.getByRole('button', { name: 'Read a password' }).click();
      await page.getByLabel('Password id').fill('81');
      await page.getByRole('button', { name: /^Run in/ }).click();
      await page.getByRole('button', { name: /^Show ?:/ }).click();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none while all is stopped, nor while an app works across customers', async () => {
      const { msp } = shown().fixture;
      const customers = ['fern-legal', 'denholm-construction'];
      const { page, faults } = await shown().open('/', { colorScheme });
      msp.change({
        stopped: { since: new Date().toISOString(), by: 'Amy Kowalski' },
        crosses: [fixtureCross(msp, { client: 'Cursor', customers, reason: 'Old firewalls', minutes: 42 })],
      });
      await page.getByRole('button', { name: 'Which customers' }).click();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none in opening work across customers, a checked call, and where a role includes no more', async () => {
      const { msp } = shown().fixture;
      const { page, faults } = await shown().open('/ai-tools', { colorScheme });
      await page.getByRole('button', { name: 'Work across customers' }).click();
      await page.getByRole('checkbox').first().check();
      await page.getByRole('button', { name: 'Open for 1 customer' }).click();
      await page.getByText('Choose at least two customers.').waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Try a tool' }).click();
      await page.getByRole('button', { name: 'List tickets' }).click();
      await page.getByRole('button', { name: 'Check only' }).click();
      await page.getByText('It would run.').waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      msp.change({ rights: [] });
      await page.goto(`${shown().fixture.url}#/ledger`);
      await page.getByRole('heading', { name: 'Your role does not include this' }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none in what opens over the ledger, nor while it is searched and verified', async () => {
      const { msp } = shown().fixture;
      msp.slow = { verify: 60_000, search: 60_000, page: 0 };
      const { page, faults } = await shown().open('/ledger', { colorScheme });
      await page.getByRole('progressbar', { name: 'Searching' }).waitFor();
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByRole('progressbar', { name: 'Verifying' }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('radio', { name: /bundle/ }).check();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.getByRole('button', { name: 'Close' }).last().click();
      await page.goto(`${shown().fixture.url}#/ledger/kept`);
      await page.getByRole('button', { name: /^Destroy its key.*Fern Legal/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Destroy the key of Fern Legal' }).click();
      await page.getByText('That is not FERN-2.').waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      expect(faults).toEqual([]);
    });

    it('breaks none in what opens over a screen', async () => {
      const { page, faults } = await shown().open('/ai-tools', { colorScheme });
      await page.keyboard.press('Control+k');
      await page.locator('[role=option]').first().waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add client app' }).click();
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      shown().fixture.msp.bind('fern-legal');
      await page.getByText('This form is for Meridian').waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      shown().fixture.msp.bind(null);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Customer', exact: true }).click();
      await page.getByRole('heading', { name: 'No customer is bound' }).waitFor();
      expect(await axe(page, colorScheme)).toEqual([]);
      shown().fixture.msp.bind('meridian-dental');
      expect(faults).toEqual([]);
    });
  });

  describe('the frame', () => {
    it('skips to the content, and moves focus to the heading of a new screen', async () => {
      const { page } = await shown().open();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
      await page.getByRole('link', { name: 'Ledger' }).click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Ledger');
    });
    it('has one link that skips, and links to screens that lead where they say, in sight or not', async () => {
      const { page } = await shown().open('/ledger', { viewport: { width: 320, height: 640 } });
      const hrefs = (of: string) => page.locator(of).evaluateAll((all) => all.map((each) => each.getAttribute('href')));
      expect(await hrefs('nav[aria-label="Main"] a')).toEqual(
        ['', 'activity', 'approvals', 'try', 'ai-tools', 'connectors', 'tools', 'ledger'].map(
          (screen) => `#/${screen}`,
        ),
      );
      expect(await hrefs('a:not([href^="#/"])')).toEqual(['#main']);
      expect(await axe(page, 'light')).toEqual([]);
    });
    it('needs no sideways scrolling at 320 pixels', async () => {
      const { msp } = shown().fixture;
      const customers = ['fern-legal', 'denholm-construction'];
      msp.setReviews(fixtureReviews());
      msp.change({
        stopped: { since: new Date().toISOString(), by: 'Amy Kowalski' },
        crosses: [fixtureCross(msp, { client: 'Cursor', customers, reason: 'Old firewalls', minutes: 42 })],
      });
      const { page } = await shown().open('/', { viewport: { width: 320, height: 640 } });
      for (const route of routes) {
        await page.goto(`${shown().fixture.url}#${route}`);
        expect([route, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([route, 320]);
      }
    });
  });
}
