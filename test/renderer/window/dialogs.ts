/** Dialogs while what was asked in them is done. Run by ../window.test.ts, in the one browser it starts. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src-shared/fault.ts';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

/** One dialog: where it is, how it is opened and sent, which call that makes, and the words of its way out. */
interface Case {
  readonly title: string;
  readonly route: string;
  readonly call: string;
  readonly keep: string;
  readonly send: (page: Page) => Promise<void>;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const submit = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name }).click();
const choose = async (page: Page, deed: string): Promise<void> => {
  await press(page, 'More for HaloPSA');
  await page.getByRole('button', { name: deed, exact: true }).click();
};

const cases: readonly Case[] = [
  {
    title: 'Destroy the key',
    route: '/ledger/kept',
    call: 'destroyCustomerKey',
    keep: 'Keep the key',
    send: async (page) => {
      await press(page, /^Destroy its key.*Fern Legal/);
      await page.getByLabel('Type FERN-2 to destroy it').fill('FERN-2');
      await page.keyboard.press('Enter');
    },
  },
  {
    title: 'Revoke a credential',
    route: '/connectors',
    call: 'revokeCredential',
    keep: 'Keep it',
    send: async (page) => {
      await choose(page, 'Revoke credential');
      await submit(page, 'Revoke the credential');
    },
  },
  {
    title: 'Change an instance',
    route: '/connectors',
    call: 'changeInstance',
    keep: 'Cancel',
    send: async (page) => {
      await choose(page, 'Change');
      await submit(page, 'Save HaloPSA');
    },
  },
  {
    title: 'Add an instance',
    route: '/connectors',
    call: 'addInstance',
    keep: 'Cancel',
    send: async (page) => {
      await press(page, 'Add instance');
      await page.getByLabel('Base URL').fill('https://northway.huducloud.com');
      await page.keyboard.press('Enter');
    },
  },
  {
    title: 'Set a credential',
    route: '/connectors',
    call: 'setCredential',
    keep: 'Cancel',
    send: async (page) => {
      await press(page, /credential.*HaloPSA/);
      await page.getByRole('textbox', { name: 'Client id' }).fill('the-id');
      await page.getByLabel('Client secret').fill('the-secret');
      await page.keyboard.press('Enter');
    },
  },
  {
    title: 'Add a client app',
    route: '/ai-tools',
    call: 'addClient',
    keep: 'Cancel',
    send: async (page) => {
      await press(page, 'Add client app');
      await page.getByRole('textbox', { name: 'Name' }).fill('LM Studio');
      await page.keyboard.press('Enter');
    },
  },
  {
    title: 'Revoke a client app',
    route: '/ai-tools',
    call: 'revokeClient',
    keep: 'Keep it',
    send: async (page) => {
      await press(page, /^Revoke ?: Cursor/);
      await submit(page, 'Revoke Cursor');
    },
  },
  {
    title: 'Work across customers',
    route: '/ai-tools',
    call: 'openCross',
    keep: 'Cancel',
    send: async (page) => {
      await press(page, 'Work across customers');
      await page.getByRole('checkbox').nth(0).check();
      await page.getByRole('checkbox').nth(1).check();
      await page.getByRole('textbox', { name: 'Reason' }).fill('Old firewalls');
      await submit(page, 'Open for 2 customers');
    },
  },
  {
    title: 'Deny with a reason',
    route: '/approvals',
    call: 'deny',
    keep: 'Decide later',
    send: async (page) => {
      await press(page, 'Deny with reason…');
      await page.getByRole('textbox', { name: 'Reason' }).fill('Not now.');
      await submit(page, /^Deny in/);
    },
  },
  {
    title: 'Approve for a while',
    route: '/approvals',
    call: 'approve',
    keep: 'Cancel',
    send: async (page) => {
      await press(page, 'Approve for a while…');
      await submit(page, /^Approve for 15 minutes in/);
    },
  },
  {
    title: 'Someone else approves',
    route: '/approvals',
    call: 'colleagueIdentity',
    keep: 'Cancel',
    send: async (page) => {
      await press(page, 'Someone else approves…');
      await page.getByRole('radio', { name: /Sam Ortiz/ }).check();
      await submit(page, /^Approve as Sam Ortiz/);
    },
  },
];

export function dialogTests(shown: () => WindowInBrowser): void {
  /** Holds a call up until the test settles it. */
  const hold = (call: string): PromiseWithResolvers<void> => {
    const held = Promise.withResolvers<void>();
    shown().fixture.msp.awaited.set(call, held.promise);
    return held;
  };

  describe('a dialog', () => {
    it.each(cases)('stays while its deed runs, and says what came of it: $title', async (each) => {
      if (each.route === '/approvals') shown().fixture.msp.desk.ask();
      const held = hold(each.call);
      const { page, faults } = await shown().open(each.route);
      await each.send(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByText('This is being done and cannot be called back.').waitFor();
      const ways = [dialog.getByRole('button', { name: each.keep }), dialog.getByRole('button', { name: 'Close' })];
      for (const way of ways) {
        expect(await way.getAttribute('aria-disabled')).toBe('true');
        expect(await way.evaluate(descriptionOf)).toContain('This is being done');
        await way.click({ force: true });
      }
      await page.keyboard.press('Escape');
      expect(await dialog.count()).toBe(1);
      held.reject(new Fault('TRY_LATER', 'It could not be done now.', 'Try again.'));
      await dialog.getByText('It could not be done now.').waitFor();
      await dialog.getByRole('button', { name: each.keep }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(faults).toEqual([]);
    });

    it('does not close another one when its deed ends late', async () => {
      const { msp } = shown().fixture;
      const held = hold('removeInstance');
      const { page } = await shown().open('/connectors');
      await choose(page, 'Remove');
      await submit(page, 'Remove HaloPSA');
      await page.locator('[aria-busy=true]').waitFor();
      msp.change({ instances: msp.state.instances.filter(({ id }) => id !== 'halopsa-main') });
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await press(page, 'Add instance');
      await page.getByRole('dialog', { name: 'Add an instance' }).waitFor();
      held.resolve();
      await expect.poll(() => msp.asked.some(({ name }) => name === 'removeInstance')).toBe(true);
      msp.bind('fern-legal'); // Comes after the answer, on the same line.
      await expect.poll(() => page.title()).toContain('Fern Legal');
      expect(await page.getByRole('dialog', { name: 'Add an instance' }).count()).toBe(1);
    });
  });
}

/** Runs in the page: what an element is described by, in words. */
function descriptionOf(element: Element): string {
  const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
}
