/** Where the focus goes when what had it goes away. Run by ../window.test.ts, in the one browser it starts. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { fixtureCross } from '../../e2e/window-fixture-policy.ts';

export function focusTests(shown: () => WindowInBrowser): void {
  const msp = () => shown().fixture.msp;
  /** What has the focus: its id or its words. */
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ''));
  /** Once the button of the first app says Arm, and has for as long as it takes to read. */
  const settled = async (page: Page): Promise<void> => {
    const button = page.getByRole('button', { name: /^Arm in MERI-7.*Claude Desktop/ });
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe(null);
  };
  /** Who was armed, by name. */
  const armed = (): unknown[] =>
    msp()
      .asked.filter(({ name }) => name === 'armClient')
      .map(({ input }) => (input as { name: string }).name);

  describe('the focus, when its place goes away,', () => {
    it.each(['/ai-tools', '/'])('stays on the one button that suspends and arms, at %s', async (route) => {
      const { page } = await shown().open(route);
      await page.getByRole('button', { name: /^Suspend.*Claude Desktop/ }).press('Enter');
      await page.getByRole('button', { name: /^Arm in MERI-7.*Claude Desktop/ }).waitFor();
      expect(await focused(page)).toBe('Arm in MERI-7: Claude Desktop');
      await settled(page);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^Suspend.*Claude Desktop/ }).waitFor();
      expect(await focused(page)).toBe('Suspend: Claude Desktop');
    });

    it('is on a button that a second click of the same press does not turn round', async () => {
      const { page } = await shown().open('/ai-tools');
      const suspend = page.getByRole('button', { name: /^Suspend.*Claude Desktop/ });
      await suspend.dblclick({ delay: 40 });
      await page.getByRole('button', { name: /^Arm in MERI-7.*Claude Desktop/ }).waitFor();
      expect(msp().asked.filter(({ name }) => name === 'armClient')).toEqual([]);
    });

    it('is on a button that does not arm with a press begun when it said Suspend', async () => {
      const { page } = await shown().open('/ai-tools');
      await page.getByRole('button', { name: /^Suspend.*Claude Desktop/ }).hover();
      await page.mouse.down();
      msp().change({ clients: msp().state.clients.map((app) => ({ ...app, state: 'suspended' as const })) });
      await settled(page);
      await page.mouse.up();
      // Whatever that press did is done before what the next one does.
      await page.getByRole('button', { name: /^Arm in MERI-7.*Cursor/ }).click();
      await page.getByRole('button', { name: /^Suspend.*Cursor/ }).waitFor();
      expect(armed()).toEqual(['Cursor']);
      await page.getByRole('button', { name: /^Arm in MERI-7.*Claude Desktop/ }).click();
      await page.getByRole('button', { name: /^Suspend.*Claude Desktop/ }).waitFor();
    });

    it('is on a button that does not arm with a second press when it has only just turned', async () => {
      const { page } = await shown().open('/ai-tools');
      const suspend = page.getByRole('button', { name: /^Suspend.*Claude Desktop/ });
      // As soon as it says so, which no test outside the page is quick enough for.
      await suspend.evaluate((button: HTMLElement) => {
        const press = new MutationObserver(() => {
          if (!button.textContent.startsWith('Arm') || button.ariaBusy !== null) return;
          press.disconnect();
          button.click();
        });
        press.observe(button, { subtree: true, childList: true, characterData: true, attributes: true });
      });
      await suspend.press('Enter');
      await settled(page);
      await page.getByRole('button', { name: /^Suspend.*Cursor/ }).press('Enter');
      await page.getByRole('button', { name: /^Arm in MERI-7.*Cursor/ }).waitFor();
      expect(armed()).toEqual([]);
    });

    it('goes on by a key that is held, past a button that does not repeat', async () => {
      const { page } = await shown().open('/ai-tools');
      const suspend = page.getByRole('button', { name: /^Suspend.*Claude Desktop/ });
      await suspend.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.down('Tab');
      expect(await focused(page)).toBe('Suspend: Claude Desktop');
      await page.keyboard.down('Tab');
      await page.keyboard.up('Tab');
      expect(await focused(page)).toBe('Revoke: Claude Desktop');
    });

    it('stays in the row of an app that is suspended and cannot be armed', async () => {
      msp().bind(null);
      msp().change({ clients: msp().state.clients.map((app) => ({ ...app, state: 'armed' as const })) });
      const { page } = await shown().open('/ai-tools');
      await page.getByRole('button', { name: /^Suspend.*Cursor/ }).press('Enter');
      await page.getByRole('button', { name: /^Suspend.*Cursor/ }).waitFor({ state: 'detached' });
      await expect.poll(() => focused(page)).toBe('Revoke: Cursor');
    });

    it('goes to the list of AI tools from the one that was revoked', async () => {
      const { page } = await shown().open('/ai-tools');
      await page.getByRole('button', { name: /^Revoke.*Cursor/ }).press('Enter');
      await page.getByRole('button', { name: 'Revoke Cursor', exact: true }).press('Enter');
      await page.getByText('1 revoked client app').waitFor();
      await expect.poll(() => focused(page)).toBe('main');
    });

    it('goes to the content when the work across customers that it was in is ended', async () => {
      const customers = ['fern-legal', 'cafe-zurich'];
      const { page } = await shown().open('/ai-tools');
      for (const place of [0, 1]) {
        msp().change({
          crosses: [fixtureCross(msp(), { client: 'Cursor', customers, reason: 'Firewalls', minutes: 42 })],
        });
        await page
          .getByRole('button', { name: /^End it now.*CROSS-1/ })
          .nth(place)
          .press('Enter');
        await page
          .getByRole('button', { name: /^End it now.*CROSS-1/ })
          .first()
          .waitFor({ state: 'detached' });
        await expect.poll(() => focused(page)).toBe('main');
      }
    });

    it('goes to what became of it when many calls are denied at once', async () => {
      msp().desk.ask();
      msp().desk.ask();
      const { page } = await shown().open('/approvals');
      await page.getByRole('option').first().press('Control+a');
      await page.getByRole('button', { name: 'Deny 2…' }).press('Enter');
      await page.getByRole('button', { name: 'Deny 2 calls' }).press('Enter');
      await page.getByText('2 calls are denied.').waitFor();
      await expect.poll(() => focused(page)).toMatch(/^2 calls are denied\./);
    });
  });
}
