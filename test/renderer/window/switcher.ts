/** The switcher, driven by keyboard. Run by ../window.test.ts, in the one browser it starts. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src-shared/fault.ts';
import { customerLooks } from '../../../src-shared/model/customer-look.ts';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

export function switcherTests(shown: () => WindowInBrowser): void {
  const asked = (name: string): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === name)
      .map(({ input }) => input);

  describe('the switcher', () => {
    it('switches by keyboard alone, offers the way back, and arms what the switch suspended', async () => {
      const { page, faults } = await shown().open();
      await page.keyboard.press('Control+k');
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.type('constr denh');
      await page.keyboard.press('Enter');
      await page.getByText('Now in Denholm').waitFor();
      expect(await page.title()).toMatch(/^Denholm .* - Bulkhead$/);
      await page.getByText('The switch suspended Claude Desktop, Cursor.').waitFor();
      await page
        .locator('.notice')
        .getByRole('button', { name: /^Arm in DENH/ })
        .click();
      await page.getByText('2 AI tools armed').waitFor();
      await page.keyboard.press('Control+`');
      await page.getByText('Now in Meridian Dental Group').waitFor();
      expect(asked('bindCustomer')).toEqual([{ customer: 'denholm-construction' }, { customer: 'meridian-dental' }]);
      expect(faults).toEqual([]);
    });

    it('offers on the way back to arm what was armed there, and arms nothing by itself', async () => {
      const { page } = await shown().open();
      await switchTo(page, 'constr denh');
      await page.getByText('Now in Denholm').waitFor();
      await page.keyboard.press('Control+`');
      await page.getByText('Now in Meridian Dental Group').waitFor();
      await page.getByText('Claude Desktop, Cursor: armed here before, suspended now.').waitFor();
      expect(asked('armClient')).toEqual([]);
      await page.locator('.notice').getByRole('button', { name: 'Arm in MERI-7' }).press('Enter');
      await page.getByText('2 AI tools armed').waitFor();
      expect(asked('armClient')).toEqual([
        { name: 'Claude Desktop', customer: 'MERI-7' },
        { name: 'Cursor', customer: 'MERI-7' },
      ]);
      await expect.poll(() => focused(page)).toBe('Dismiss');
    });

    it('keeps its notice on one line, however little there is to say', async () => {
      const { msp } = shown().fixture;
      msp.change({ clients: [] });
      const { page } = await shown().open();
      await switchTo(page, 'fern legal');
      await page.getByText('Now in Fern').waitFor();
      const places = await page
        .locator('.notice > *')
        .evaluateAll((all) =>
          all.map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2),
        );
      expect(Math.max(...places) - Math.min(...places), places.join()).toBeLessThan(2);
    });

    it('says which calls and approvals the switch ended', async () => {
      const { msp } = shown().fixture;
      const { desk } = msp;
      desk.reset();
      const waiting = [desk.ask(), desk.ask()];
      desk.stand();
      const { page } = await shown().open();
      await page.getByText('2 calls wait for you', { exact: true }).waitFor();
      let bind = (): void => {};
      msp.awaited.set('bindCustomer', new Promise((resolve) => (bind = resolve)));
      await switchTo(page, 'constr denh');
      await page.getByText('Binding Denholm').waitFor();
      for (const { id } of waiting) desk.end(id, 'withdrawn', 'The customer is not bound any more.');
      desk.standing = [];
      desk.tell();
      bind();
      await page.getByText('2 waiting calls withdrawn, 1 approval for a while ended.').waitFor();
    });

    it('shows by hue and pattern, in the bar as on the tile, which customer is bound', async () => {
      const { customers } = shown().fixture.msp;
      const looks = customerLooks(customers);
      const { page } = await shown().open();
      const worn: object[] = [];
      for (const id of ['fern-legal', 'denholm-construction']) {
        shown().fixture.msp.bind(id);
        const look = looks.get(id);
        await page.locator(`.scope[data-pattern=${look?.pattern}]`).waitFor();
        const hue = await page.evaluate(() => document.documentElement.style.getPropertyValue('--hue'));
        expect(Number(hue)).toBe(look?.hue);
        expect(await page.locator('.scope .tile').getAttribute('data-pattern')).toBe(look?.pattern);
        worn.push({ hue, pattern: look?.pattern });
      }
      expect(worn[0]).not.toEqual(worn[1]);
    });

    it('binds what is highlighted when a query is replaced and Enter follows at once', async () => {
      const { page } = await shown().open();
      for (const [query, id] of [
        ['fern-2', 'fern-legal'],
        ['cafe zurich', 'cafe-zurich'],
        ['alder dentistry', 'alder-dentistry'],
      ] as const) {
        await page.keyboard.press('Control+k');
        const input = page.getByRole('combobox', { name: 'Find a customer' });
        await input.fill('zzz');
        await input.fill(query);
        await page.keyboard.press('Enter');
        await expect.poll(() => shown().fixture.msp.state.binding?.customer.id).toBe(id);
        await input.waitFor({ state: 'detached' });
      }
    });

    it('ignores the Enter that ends an input method word', async () => {
      const { page } = await shown().open();
      await page.keyboard.press('Control+k');
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.type('fern');
      await page
        .getByRole('combobox', { name: 'Find a customer' })
        .dispatchEvent('keydown', { key: 'Enter', isComposing: true });
      await page.waitForTimeout(150);
      expect(asked('bindCustomer')).toEqual([]);
    });

    it('keeps the old customer when a switch fails, and says why', async () => {
      const { page } = await shown().open();
      shown().fixture.msp.nextBindFault = new Fault('GATEWAY_DOWN', 'The gateway is starting again.', 'Wait a moment.');
      await page.keyboard.press('Control+k');
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.type('fern legal');
      await page.keyboard.press('Enter');
      const alert = page.getByRole('dialog').getByRole('alert');
      await alert.waitFor();
      expect(await alert.innerText()).toMatch(
        /Could not switch to Fern Legal.* The gateway is starting again\. Wait a moment\. You are still in Meridian/,
      );
      expect(await page.title()).toBe('Meridian Dental Group - Bulkhead');
    });

    it('opens and draws a keystroke at once at 2,000 customers', async () => {
      const { page } = await shown().open();
      await page.keyboard.press('Control+k');
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[role=option]').first().waitFor({ state: 'detached' });
      // The machine is shared, so the best of five rounds is what the window itself takes.
      const rounds: { open: number; key: number }[] = [];
      for (let round = 0; round < 5; round++) {
        rounds.push(await page.evaluate(measureRound));
        await page.keyboard.press('Escape');
        await page.locator('[role=option]').first().waitFor({ state: 'detached' });
      }
      const open = Math.min(...rounds.map((round) => round.open));
      const key = Math.min(...rounds.map((round) => round.key));
      console.info(`palette opens in ${open.toFixed(0)} ms, a key takes ${key.toFixed(0)} ms (median of 8)`);
      expect(open).toBeLessThan(500);
      expect(key).toBeLessThan(200);
    });
  });
}

async function switchTo(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('[role=option]').first().waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** What has the focus, by its name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

/** Runs in the page: time until the palette is painted, and the median time until a typed letter is. */
async function measureRound(): Promise<{ open: number; key: number }> {
  const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const opening = performance.now();
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
  while (document.querySelector('[role=option]') === null) await painted();
  const open = performance.now() - opening;
  const input = document.querySelector<HTMLInputElement>('[role=combobox]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  const keys: number[] = [];
  for (const text of ['a', 'al', 'ald', 'alde', 'alder', 'alder d', 'alder de', 'alder den']) {
    const start = performance.now();
    set?.call(input, text);
    input?.dispatchEvent(new Event('input', { bubbles: true }));
    await painted();
    keys.push(performance.now() - start);
  }
  return { open, key: keys.toSorted((one, other) => one - other)[4] ?? 0 };
}
