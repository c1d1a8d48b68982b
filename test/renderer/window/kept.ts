/** What is kept of calls, and destroying a customer's key. Run by ../window.test.ts, in the one browser it starts. */
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src-shared/fault.ts';
import { axe, type WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

export function keptTests(shown: () => WindowInBrowser): void {
  const asked = (): unknown[] =>
    shown()
      .fixture.msp.asked.filter(({ name }) => name === 'destroyCustomerKey')
      .map(({ input }) => input);

  describe('what is kept', () => {
    it('is told on the customer: how much, since when, and how long', async () => {
      const { page } = await shown().open('/');
      const part = page.getByRole('region', { name: 'Records kept' });
      await expect
        .poll(() => part.innerText())
        .toMatch(
          /What [\d,]+ entries asked or answered is kept\. The oldest is of \d+ \w+ \d{4}\. It is removed after 365 days\./,
        );
      await part.getByRole('link', { name: 'All customers' }).click();
      await page.getByRole('heading', { level: 1, name: 'Records kept' }).waitFor();
      await page.getByRole('row', { name: /^Meridian Dental Group MERI-7 [\d,]+ .* 365 days bound now$/ }).waitFor();
      await page.getByRole('row', { name: /^Calls without a customer 212 2 Mar 2026 for good/ }).waitFor();
    });

    it('is destroyed with its key by whoever types the code, and by nobody else', async () => {
      const { page, faults } = await shown().open('/ledger/kept');
      await page.getByRole('button', { name: /^Destroy its key.*Fern Legal/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/^What [\d,]+ entr(y|ies) asked or answered can never be read again/).waitFor();
      await dialog.getByText('It is no longer mapped in any connector: its tools stop', { exact: false }).waitFor();
      expect(await dialog.innerText()).not.toContain('credential');
      await dialog.getByLabel('Type FERN-2 to destroy it').fill('FERN-3');
      await page.keyboard.press('Enter');
      await dialog.getByText('That is not FERN-2.').waitFor();
      expect(asked()).toEqual([]);
      await dialog.getByLabel('Type FERN-2 to destroy it').fill('FERN-2');
      await dialog.getByRole('button', { name: 'Destroy the key of Fern Legal' }).click();
      await page.getByText('The key of Fern Legal is destroyed.').waitFor();
      expect(asked()).toEqual([{ customer: 'FERN-2', code: 'FERN-2' }]);
      await expect.poll(() => page.getByRole('row', { name: /Fern Legal/ }).count()).toBe(0);
      expect(faults).toEqual([]);
    });

    it('is counted anew after destroying it failed half way', async () => {
      const { msp } = shown().fixture;
      const held = Promise.withResolvers<void>();
      msp.awaited.set('destroyCustomerKey', held.promise);
      const { page } = await shown().open('/ledger/kept');
      await page.getByRole('button', { name: /^Destroy its key.*Fern Legal/ }).click();
      await page.getByLabel('Type FERN-2 to destroy it').fill('FERN-2');
      await page.keyboard.press('Enter');
      await page.getByText('This is being done and cannot be called back.').waitFor();
      expect(await axe(page, 'light')).toEqual([]);
      msp.destroyed.add('FERN-2');
      held.reject(new Fault('KEYSTORE_UNAVAILABLE', 'A part of it is left.'));
      await page.getByRole('dialog').getByText('A part of it is left.').waitFor();
      await page.getByRole('button', { name: 'Keep the key' }).click();
      await expect.poll(() => page.getByRole('row', { name: /Fern Legal/ }).count()).toBe(0);
    });

    it('cannot be destroyed while the customer is bound, nor without the right', async () => {
      const { msp } = shown().fixture;
      const { page } = await shown().open('/ledger/kept');
      await page.getByRole('button', { name: /^Destroy its key.*Fern Legal/ }).click();
      msp.bind('fern-legal');
      await page.getByText('Fern Legal is bound. Release it first', { exact: false }).waitFor();
      expect(
        await page.getByRole('dialog').getByRole('button', { name: 'Destroy the key of Fern Legal' }).isDisabled(),
      ).toBe(true);
      await page.getByRole('button', { name: 'Keep the key' }).click();
      msp.bind('meridian-dental');
      msp.change({ rights: ['read-ledger'] });
      await expect.poll(() => page.getByRole('button', { name: /^Destroy/ }).count()).toBe(0);
    });
  });
}
