/** Forms that carry a customer, and the line to the application. Run by ../window.test.ts, in the one browser it starts. */
import { describe, expect, it } from 'vitest';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { fixtureToken } from '../../e2e/window-fixture-handlers.ts';
import { fixtureSeal } from '../../e2e/window-fixture-instances.ts';

export function formTests(shown: () => WindowInBrowser): void {
  const asked = (name: string): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === name)
      .map(({ input }) => input);

  describe('a form', () => {
    it('stays with the customer it was opened for, says so, and cannot be sent', async () => {
      const { page } = await shown().open('/try');
      await page.getByRole('button', { name: 'List assets' }).click();
      const run = page.getByRole('button', { name: 'Run in Meridian Dental Group' });
      expect(await run.isEnabled()).toBe(true);
      shown().fixture.msp.bind('fern-legal');
      await page.getByText('This form is for Meridian Dental Group.').waitFor();
      expect(await run.isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Start again in Fern Legal' }).click();
      await page.getByRole('button', { name: 'Run in Fern Legal' }).click();
      await page.getByRole('heading', { name: 'Answer' }).waitFor();
      expect(asked('callTool')).toEqual([{ tool: 'asset_list', arguments: { customer: 'FERN-2' } }]);
    });

    it('shows a token once and never again', async () => {
      const { page } = await shown().open('/ai-tools');
      await page.getByRole('button', { name: 'Add client app' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('LM Studio');
      await page.getByRole('checkbox', { name: /Pin to Meridian/ }).check();
      await page.keyboard.press('Enter');
      expect(await page.getByTestId('token').innerText()).toBe(fixtureToken);
      await page.getByRole('button', { name: 'I have stored it' }).click();
      await page.getByText('Pinned to MERI-7', { exact: false }).waitFor();
      expect(await page.content()).not.toContain(fixtureToken);
      expect(asked('addClient')).toEqual([{ name: 'LM Studio', pin: 'MERI-7' }]);
    });

    it('seals a credential so that only the broker can read it', async () => {
      const { page } = await shown().open('/connectors');
      await page.getByRole('button', { name: /credential.*HaloPSA/ }).click();
      await page.getByRole('textbox', { name: 'Client id' }).fill('the-id');
      await page.getByLabel('Client secret').fill('the-secret');
      await page.getByRole('button', { name: 'Seal for HaloPSA' }).click();
      await expect.poll(() => asked('setCredential').length).toBe(1);
      const sent = asked('setCredential')[0] as { box: Parameters<typeof fixtureSeal.open>[0] };
      expect(JSON.stringify(sent)).not.toContain('the-secret');
      expect(JSON.parse(await fixtureSeal.open(sent.box, 'northway/halopsa-main'))).toEqual({
        clientId: 'the-id',
        clientSecret: 'the-secret',
      });
    });
  });

  describe('the line to the application', () => {
    it('says when it is lost and comes back by itself', async () => {
      const { page } = await shown().open();
      shown().fixture.dropConnections();
      await page.getByText('Disconnected from Bulkhead.').waitFor();
      await expect.poll(() => page.getByText('Disconnected from Bulkhead.').count()).toBe(0);
    });
    it('says that the window is signed out, and how to get back', async () => {
      const { page } = await shown().open();
      shown().fixture.setSignedIn(false);
      shown().fixture.dropConnections();
      await page.getByRole('heading', { name: 'This window is signed out' }).waitFor();
      expect(await page.getByRole('link').getAttribute('href')).toBe('/login');
      shown().fixture.setSignedIn(true);
    });
  });
}
