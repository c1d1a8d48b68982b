/** What a window offers to whom, by role, and what it says is wrong. Run by ../window.test.ts, in the one browser it starts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerView } from '../../../src-shared/contract/ui.ts';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

export function roleTests(shown: () => WindowInBrowser): void {
  const msp = () => shown().fixture.msp;

  describe('whom the policy gives no customer', () => {
    const before = new Map<CustomerView, Pick<CustomerView, 'mayBind' | 'mayCross'>>();
    beforeEach(() => {
      for (const each of msp().customers) {
        before.set(each, { mayBind: each.mayBind, mayCross: each.mayCross });
        Object.assign(each, { mayBind: false, mayCross: false });
      }
      msp().bind(null);
      msp().change({ rights: ['read-ledger', 'export-ledger'], clients: [] });
    });
    afterEach(() => {
      before.forEach((rights, each) => Object.assign(each, rights));
      msp().change({ processes: [] });
    });
    const gateway = { name: 'gateway', pid: null, restarts: 1, state: 'starting' as const };

    it('lands where the work of the role is, once', async () => {
      const { page, faults } = await shown().open();
      await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
      await page.getByRole('link', { name: 'Customer' }).click();
      await page.getByRole('heading', { level: 1, name: 'No customer is yours' }).waitFor();
      await page.getByText('Your roles: technician.', { exact: false }).waitFor();
      await page.getByRole('link', { name: 'Open the ledger' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('is not led to trying a tool, which they have no customer for, and is again when they get one', async () => {
      const { page } = await shown().open();
      await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
      const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Try a tool' });
      await expect.poll(() => link.count()).toBe(0);
      before.forEach((rights, each) => Object.assign(each, rights));
      msp().bind('meridian-dental');
      await link.waitFor();
    });

    it('is not said of anybody while the gateway is away and cannot tell', async () => {
      msp().change({ rights: [], processes: [gateway] });
      const { page } = await shown().open();
      await page.getByRole('button', { name: /^Choose a customer/ }).waitFor();
      msp().change({ rights: ['read-ledger'], processes: [{ ...gateway, pid: 7, state: 'up' }] });
      await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    });

    it('is asked anew once the gateway can tell, also where nothing else is another', async () => {
      msp().change({ rights: [], processes: [gateway] });
      const { page } = await shown().open();
      await page.getByRole('button', { name: /^Choose a customer/ }).waitFor();
      before.forEach((rights, each) => Object.assign(each, rights));
      msp().change({ processes: [{ ...gateway, pid: 7, state: 'up' }] });
      await page.keyboard.press('Control+k');
      await page.locator('[role=option]:not([aria-disabled=true])').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Choose a customer/ }).waitFor();
    });

    it.each(['/', '/try', '/ai-tools', '/connectors'])(
      'is offered nothing at %s that would be refused',
      async (route) => {
        msp().change({ rights: [] });
        const { page } = await shown().open(route);
        const rest = route === '/' || route === '/try' ? 'No customer is yours' : /can add one|Suspended|Healthy/;
        await page.locator('main').getByText(rest).first().waitFor();
        for (const name of [/Choose a customer/, /Add client app/, /^Test/, /^Arm/, /across customers/, /Copy/])
          expect(await page.locator('main').getByRole('button', { name }).count(), String(name)).toBe(0);
        for (const words of [/Add one for each/, /Add a client app/, /Connect your LLM tool/])
          expect(await page.locator('main').getByText(words).count(), String(words)).toBe(0);
      },
    );
  });

  describe('testing a connector', () => {
    it('is offered to whom it is not refused: who sets connectors up, or has a customer bound that it serves', async () => {
      msp().change({ rights: [] });
      const { page } = await shown().open('/connectors');
      const tests = page.getByRole('button', { name: /^Test/ });
      await page.getByRole('button', { name: /^Test ?: HaloPSA/ }).waitFor();
      msp().bind(null);
      await expect.poll(() => tests.count()).toBe(0);
      msp().change({ rights: ['manage-connectors'] });
      await expect.poll(() => tests.count()).toBe(msp().state.instances.length);
    });
  });

  describe('a problem', () => {
    it('is told in words that a window writes', async () => {
      const remedy = 'If this stays, run `bulkhead doctor`.';
      msp().change({ problems: [{ id: 'checkpoint', severity: 'warning', text: 'It is not signed.', remedy }] });
      const { page } = await shown().open();
      expect(await page.locator('.strip').innerText()).toBe('It is not signed. If this stays, run “bulkhead doctor”.');
    });
  });
}
