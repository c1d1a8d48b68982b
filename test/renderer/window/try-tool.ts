/** Trying a tool: every kind of argument, and answers that hold a secret. Run by ../window.test.ts. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { fixtureTools } from '../../e2e/window-fixture-data.ts';
import { fixtureSecret } from '../../e2e/window-fixture-handlers.ts';

export function tryToolTests(shown: () => WindowInBrowser): void {
  const asked = (): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === 'callTool')
      .map(({ input }) => input);
  const pick = async (tool: string): Promise<Page> => {
    const { page } = await shown().open('/try');
    await page.getByRole('button', { name: new RegExp(`^${tool}(?: ?,|$)`) }).click();
    return page;
  };
  const run = (page: Page) => page.getByRole('button', { name: /^Run in/ }).click();

  describe('trying a tool', () => {
    it('gives a long text room, and sends its lines', async () => {
      const page = await pick('Add a note to a ticket');
      await page.getByLabel('Ticket id').fill('48213');
      expect(await page.getByLabel('Note').evaluate((field) => field.tagName)).toBe('TEXTAREA');
      await page.getByLabel('Note').fill('Restarted the spooler.\nPrinted a test page.');
      await page.getByLabel('Hidden').selectOption('Yes');
      await run(page);
      await page.getByRole('heading', { name: 'Answer' }).waitFor();
      expect(asked()).toEqual([
        {
          tool: 'ticket_note_add',
          arguments: {
            customer: 'MERI-7',
            ticket_id: 48_213,
            note: 'Restarted the spooler.\nPrinted a test page.',
            hidden: true,
          },
        },
      ]);
    });

    it('takes a group line by line, and leads to the field that does not fit', async () => {
      const page = await pick('Order licences');
      const first = page.getByRole('group', { name: 'Line 1' });
      await first.getByLabel('Product').fill('P-100');
      await first.getByLabel('Quantity').fill('25');
      await page.getByRole('button', { name: 'Add line' }).click();
      const second = page.getByRole('group', { name: 'Line 2' });
      await expect
        .poll(() => second.getByLabel('Product').evaluate((field) => field === document.activeElement))
        .toBe(true);
      await page.keyboard.type('P-200');
      await second.getByLabel('Quantity').fill('301');
      await run(page);
      await second.getByText('A number from 1 to 300.').waitFor();
      await expect
        .poll(() => second.getByLabel('Quantity').evaluate((field) => field === document.activeElement))
        .toBe(true);
      expect(asked()).toEqual([]);
      await page.getByRole('button', { name: 'Remove Line 2' }).click();
      await run(page);
      await expect
        .poll(asked)
        .toEqual([
          { tool: 'order_create', arguments: { customer: 'MERI-7', lines: [{ product: 'P-100', quantity: 25 }] } },
        ]);
    });

    it('says why none of the tools would run, and where to look, and still shows each of them', async () => {
      const reason = 'The connector is not set up, not mapped to this customer, or not healthy.';
      const before = fixtureTools.map((tool) => ({ ...tool }));
      onTestFinished(() => before.forEach((tool, at) => Object.assign(fixtureTools[at]!, tool)));
      for (const tool of fixtureTools) Object.assign(tool, { isAllowed: false, reason });
      const { page, faults } = await shown().open('/try');
      await page.getByRole('heading', { name: 'No tool would run for Meridian Dental Group' }).waitFor();
      const why = page.getByRole('list', { name: 'Why not' });
      expect(await why.getByRole('listitem').allInnerTexts()).toEqual(
        ['HaloPSA', 'Hudu', 'Pax8'].map((name) => `${name}: ${reason}`),
      );
      await page.getByRole('button', { name: /^List tickets/ }).click();
      await page.getByRole('button', { name: /^Check/ }).waitFor();
      await page.getByRole('link', { name: 'Try a tool' }).click();
      await page.goto(`${shown().fixture.url}#/`);
      await page.goto(`${shown().fixture.url}#/try`);
      await page.locator('main').getByRole('link', { name: 'Open Connectors' }).click();
      await page.getByRole('heading', { level: 1, name: 'Connectors' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('hides a secret that is typed, and does not keep it once it is sent', async () => {
      const page = await pick('Store a password');
      await page.getByLabel('Name').fill('Firewall admin');
      await page.getByLabel('Password', { exact: true }).fill(' horse battery ');
      await page.getByLabel('Expires').fill('2027-01-31');
      expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('password');
      await run(page);
      await page.getByRole('heading', { name: 'Answer' }).waitFor();
      expect(asked()).toMatchObject([{ arguments: { password: ' horse battery ', expires: '2027-01-31' } }]);
      expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
      expect(await page.getByLabel('Name').inputValue()).toBe('Firewall admin');
    });

    it('shows a secret that is answered only when asked to, and drops it with the screen or the customer', async () => {
      const page = await pick('Read a password');
      const reveal = async (): Promise<void> => {
        await page.getByLabel('Password id').fill('81');
        await run(page);
        await page.getByRole('heading', { name: 'Answer' }).waitFor();
      };
      await reveal();
      await page.getByText('Firewall admin').waitFor();
      expect(await page.content()).not.toContain(fixtureSecret.password);
      await page.getByRole('button', { name: /^Show ?:/ }).click();
      await page.getByText(fixtureSecret.password).waitFor();
      await page.getByRole('button', { name: /^Hide/ }).click();
      expect(await page.content()).not.toContain(fixtureSecret.password);
      await page.getByRole('button', { name: /^Show ?:/ }).click();
      shown().fixture.msp.bind('fern-legal');
      await page.getByText('Another customer is bound by now, so the value was dropped.').waitFor();
      expect(await page.content()).not.toContain(fixtureSecret.password);
      shown().fixture.msp.bind('meridian-dental');
      await page.getByRole('link', { name: 'Ledger', exact: true }).click();
      await page.getByRole('link', { name: 'Try a tool' }).click();
      await page.getByRole('heading', { name: 'Pick a tool' }).waitFor();
      expect(await page.content()).not.toContain(fixtureSecret.password);
    });

    it('says what was taken out of a text, and what to look at', async () => {
      const page = await pick('List tickets');
      await run(page);
      await page.getByText('2 mentions of other customers were taken out of the text.').waitFor();
      await page.getByText('1 mention of what may be another customer is still in the text').waitFor();
    });

    it('shows many records fifty at a time', async () => {
      shown().fixture.msp.records = 120;
      const page = await pick('List tickets');
      await run(page);
      await page.getByText('The first 50 of 120 records are shown.').waitFor();
      await page.getByRole('button', { name: 'Show 50 more' }).click();
      await page.getByRole('button', { name: 'Show 20 more' }).click();
      expect(await page.locator('.records tbody tr').count()).toBe(120);
    });

    it('says of what needs a person that the button is their word', async () => {
      const page = await pick('Send a reply to the contact');
      await page
        .getByText('This leaves the organisation when you press the button. An AI cannot do it by itself.')
        .waitFor();
    });
  });
}
