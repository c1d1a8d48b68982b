/** Connectors: what an instance lacks, the path that sets one up, and what ends one. Run by ../window.test.ts. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

export function connectorTests(shown: () => WindowInBrowser): void {
  const asked = (name: string): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === name)
      .map(({ input }) => input);
  const row = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
  const menu = async (page: Page, name: string, deed: string): Promise<void> => {
    await page.getByRole('button', { name: `More for ${name}` }).click();
    await page.getByRole('button', { name: deed, exact: true }).click();
  };

  describe('the connectors', () => {
    it('say how each instance stands and what it needs next', async () => {
      const { page } = await shown().open('/connectors');
      expect(await row(page, 'HaloPSA').innerText()).toMatch(
        /Healthy\s+Last used 3 minutes ago\s+1,940 of 2,000 customers mapped\s+Credential set 3 days ago/,
      );
      expect(await row(page, 'HaloPSA').getByRole('status').innerText()).toContain('60 customers are not mapped.');
      expect(await row(page, 'Hudu').getByRole('status').innerText()).toContain('Hudu refuses the API key. Checked');
      expect(await row(page, 'Pax8').innerText()).toContain('No credential');
      expect(await row(page, 'Pax8').getByRole('status').innerText()).toContain('Next: set the credential.');
      expect(await row(page, 'Pax8').getByRole('button', { name: /^Test/ }).isDisabled()).toBe(true);
    });

    it('test one without moving the others, and keep the result until something changes', async () => {
      const { page } = await shown().open('/connectors');
      const below = async () => (await row(page, 'Pax8').boundingBox())?.y;
      const before = await below();
      await row(page, 'HaloPSA').getByRole('button', { name: /^Test/ }).click();
      await page.getByText('It answered in 182 ms.').waitFor();
      expect(await below()).toBe(before);
      await page.getByRole('link', { name: 'Ledger' }).click();
      await page.getByRole('link', { name: 'Connectors' }).click();
      await page.getByText('It answered in 182 ms.').waitFor();
      shown().fixture.msp.bind('fern-legal');
      await page.getByText('It answered in 182 ms.').waitFor({ state: 'detached' });
    });

    it('add an instance by keyboard alone: account, credential, test, customers', async () => {
      const { page, faults } = await shown().open('/connectors');
      await page.getByRole('button', { name: 'Add instance' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: 'HaloPSA' }).waitFor();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Hudu 2');
      await page.keyboard.type('Hudu of the new branch');
      await page.keyboard.press('Enter');
      await page.getByText('This must be a whole address, such as https://yourname.huducloud.com').waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('url');
      await page.keyboard.type('https://branch.huducloud.com');
      await page.keyboard.press('Enter');
      await page.getByLabel('API key').waitFor();
      await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
      await page.keyboard.type('the-key');
      await page.keyboard.press('Enter');
      await page.getByText('It answered in 182 ms.').first().waitFor();
      const onward = page.getByRole('dialog').getByRole('link', { name: 'Map customers' });
      await expect.poll(() => onward.evaluate((link) => link === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Map customers in Hudu of the new branch' }).waitFor();
      expect(asked('addInstance')).toEqual([
        { connector: 'hudu', name: 'Hudu of the new branch', baseUrl: 'https://branch.huducloud.com', settings: {} },
      ]);
      expect(asked('setCredential')).toMatchObject([{ instance: 'hudu-4' }]);
      expect(asked('surveyInstance')).toEqual([{ instance: 'hudu-4' }]);
      expect(faults).toEqual([]);
    });

    it('show a fault where it happened and keep what was typed', async () => {
      const { page } = await shown().open('/connectors');
      await page.getByRole('button', { name: 'Add instance' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Hudu');
      await page.getByLabel('Base URL').fill('https://northway.huducloud.com');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('dialog').getByRole('alert').innerText()).toBe(
        'Another instance has this name. Choose another name.',
      );
      expect(await page.getByLabel('Base URL').inputValue()).toBe('https://northway.huducloud.com');
    });

    it('send the settings of the chosen connector only, switches and lines as they are', async () => {
      const { page } = await shown().open('/connectors');
      await page.getByRole('button', { name: 'Add instance' }).click();
      await page.getByLabel('Tenant name').fill('northway');
      await page.getByRole('radio', { name: 'Hudu' }).check();
      await page.getByLabel('Base URL').fill('https://docs.northway.example');
      await page.getByText('Network and limits').click();
      await page.getByRole('checkbox', { name: /own network/ }).check();
      await page.getByLabel('Certificate authority').fill('line one\nline two\n');
      await page.getByRole('button', { name: 'Add and set the credential' }).click();
      await expect.poll(() => asked('addInstance').length).toBe(1);
      expect(asked('addInstance')).toMatchObject([
        { settings: { isOnPremises: 'true', caCertificate: 'line one\nline two' } },
      ]);
    });

    it('say that another host costs the credential, and only that does', async () => {
      const { page } = await shown().open('/connectors');
      await menu(page, 'HaloPSA', 'Change');
      await page.getByLabel('Name', { exact: true }).fill('HaloPSA Europe');
      expect(await page.getByRole('button', { name: 'Save HaloPSA' }).isVisible()).toBe(true);
      await page.getByLabel('Base URL').fill('https://northway.halopsa.com');
      await page.getByText('The stored credential was entered for 127.0.0.1:4801').waitFor();
      await page.getByRole('button', { name: 'Save and revoke the credential' }).click();
      await page.getByRole('heading', { name: 'Credential for HaloPSA Europe' }).waitFor();
      expect(asked('changeInstance')).toEqual([
        {
          instance: 'halopsa-main',
          name: 'HaloPSA Europe',
          baseUrl: 'https://northway.halopsa.com',
          settings: {},
        },
      ]);
      await page.keyboard.press('Escape');
      expect(await row(page, 'HaloPSA Europe').innerText()).toContain('No credential');
    });

    it('say what removing and revoking do before they do it, and offer the harmless answer first', async () => {
      const { page } = await shown().open('/connectors');
      await menu(page, 'Hudu', 'Revoke credential');
      await page.getByText('The vendor is not told').waitFor();
      await page.keyboard.press('Enter');
      expect(asked('revokeCredential')).toEqual([]);
      await menu(page, 'Hudu', 'Revoke credential');
      await page.getByRole('button', { name: 'Revoke the credential' }).click();
      await row(page, 'Hudu').getByText('No credential').waitFor();
      await menu(page, 'Hudu', 'Remove');
      await page.getByText('its mapping of 1,240 customers is forgotten').waitFor();
      await page.getByRole('button', { name: 'Remove Hudu' }).click();
      await expect.poll(() => asked('removeInstance')).toEqual([{ instance: 'hudu-main' }]);
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await expect.poll(() => row(page, 'Hudu').count()).toBe(0);
    });

    it('say how to begin when there is none', async () => {
      shown().fixture.msp.change({ instances: [] });
      const { page } = await shown().open('/connectors');
      await page.getByText('No connectors are set up').waitFor();
      await page.getByRole('button', { name: 'Add instance' }).click();
      await page.getByRole('dialog', { name: 'Add an instance' }).waitFor();
    });

    it('call a connector by its title where it has no account, or several', async () => {
      const { msp } = shown().fixture;
      msp.change({ instances: msp.state.instances.filter(({ connector }) => connector === 'halopsa') });
      const { page } = await shown().open('/try');
      await page.getByRole('region', { name: 'Pax8' }).waitFor();
    });
  });
}
