/** Verifying and exporting the ledger, and reading an entry. Run by ../window.test.ts, in the one browser it starts. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../../src-cli/verify-ledger.ts';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import { Right } from '../../../src-shared/model/right.ts';

export function ledgerTests(shown: () => WindowInBrowser): void {
  const asked = (name: string): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === name)
      .map(({ input }) => input);
  const exported = async (page: Page): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    return download.path();
  };

  describe('verifying the ledger', () => {
    it('says which entry is broken, and that it is not an ordinary error', async () => {
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('entries verified.').waitFor();
      shown().fixture.msp.verdict = {
        ok: false,
        firstBad: { seq: 212, problem: 'Its leaf does not match its content.' },
      };
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByRole('alert').filter({ hasText: 'The ledger is broken at entry 212' }).waitFor();
    });

    it('keeps what it found wrong on every screen, and there alone, until it is found whole', async () => {
      const { msp } = shown().fixture;
      msp.verdict = { ok: false, firstBad: { seq: 212, problem: 'Its leaf does not match its content.' } };
      const { page } = await shown().open('/ledger');
      const told = page.getByText('The ledger is broken at entry 212').filter({ visible: true });
      await page.getByRole('button', { name: 'Verify' }).click();
      await told.waitFor();
      expect(await told.count()).toBe(1);
      await page.getByRole('link', { name: 'Activity' }).click();
      await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
      expect(await told.count()).toBe(1);
      await page.getByText(/^Ledger [\d,]+, broken$/).waitFor();
      await page.getByRole('link', { name: 'Ledger', exact: true }).click();
      await page.locator('.verdict-panel.broken').getByText('Its leaf does not match its content.').waitFor();
      expect(await told.count()).toBe(1);
      msp.verdict = { ok: true };
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('entries verified.').waitFor();
      expect(await told.count()).toBe(0);
    });

    it('asks for no export of a file that cannot be read', async () => {
      const firstBad = { seq: 0, problem: 'The file is damaged where it ends.' };
      shown().fixture.msp.verdict = { ok: false, firstBad, isUnreadable: true };
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Verify' }).click();
      const panel = page.locator('.verdict-panel.broken');
      await panel.getByText('The ledger does not prove itself').waitFor();
      await panel.getByText('Keep the file as it is, and tell the Bulkhead administrator.', { exact: false }).waitFor();
      expect(await panel.innerText()).not.toMatch(/export/i);
    });

    it('says once what keeps the ledger from recording', async () => {
      const { msp } = shown().fixture;
      const text = 'The disk is full: calls are refused, and only denials are still recorded.';
      const { page } = await shown().open('/ledger');
      msp.change({
        ledger: { ...msp.state.ledger, problem: text },
        problems: [{ id: 'ledger', severity: 'blocking', text, remedy: 'Free some space.' }],
      });
      await page.getByText('Free some space.').waitFor();
      expect(await page.getByText('The disk is full').count()).toBe(1);
      await page.getByText(/^Ledger [\d,]+, calls are refused$/).waitFor();
    });

    it('tells how far it is, and stops when told to', async () => {
      const { msp } = shown().fixture;
      msp.slow.verify = 30_000;
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText(/^[1-9]\d* of [\d,]+ entries$/).waitFor();
      await expect
        .poll(async () =>
          Number(await page.getByRole('progressbar', { name: 'Verifying' }).getAttribute('aria-valuenow')),
        )
        .toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Verifying was cancelled.', { exact: false }).waitFor();
      await expect.poll(() => asked('verifyLedger was cancelled').length).toBe(1);
      expect(await page.getByText('verified.').count()).toBe(0);
    });
  });

  describe('work on the ledger', () => {
    it('ends with the screen that can cancel it: verifying', async () => {
      shown().fixture.msp.slow.verify = 60_000;
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText(/^[1-9]\d* of [\d,]+ entries$/).waitFor();
      await page.getByRole('link', { name: 'Activity' }).click();
      await expect.poll(() => asked('verifyLedger was cancelled').length).toBe(1);
    });

    it('ends with the screen that can cancel it: exporting', async () => {
      const { msp } = shown().fixture;
      const { page } = await shown().open('/ledger');
      await page.locator('.rows .kind').first().waitFor();
      msp.slow.page = 60_000;
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
      const ofExport = expect.objectContaining({ limit: 500, filter: {} }) as unknown; // The list and the feed ask otherwise.
      await expect.poll(() => asked('entries waits')).toContainEqual(ofExport);
      await page.keyboard.press('Control+Shift+A');
      await page.getByRole('heading', { level: 1, name: 'Approvals' }).waitFor();
      await expect.poll(() => asked('entries was cancelled')).toContainEqual(ofExport);
    });
  });

  describe('exporting the ledger', () => {
    it('saves every entry in order, then the checkpoint, and says where the export is on record', async () => {
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Export' }).click();
      const file = await exported(page);
      const lines = (await readFile(file, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
      const { entries } = shown().fixture.msp;
      expect(lines.slice(0, -1)).toEqual(entries);
      expect(Object.keys(lines.at(-1) ?? {})).toEqual(['checkpoint']);
      await page.getByText(/^[\d,]+ entries are saved as bulkhead-ledger-.*\.jsonl\./).waitFor();
      await page.getByText('The export is entry', { exact: false }).waitFor();
      expect(await page.locator('.proven').count()).toBe(1);
      expect(asked('beginExport')).toEqual([{ format: 'jsonl', filter: {}, bodies: false }]);
      expect(await verifyEvidence(file, { key: undefined, checkpoint: undefined })).toMatchObject({ ok: true });
    });

    it('saves an evidence bundle of what the filter shows, with opened bodies, that a stranger can check', async () => {
      const { page } = await shown().open('/ledger?denied=true');
      await page.getByText(/^\d+ of [\d,]+ entries$/).waitFor();
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('radio', { name: /^Evidence bundle/ }).check();
      await page.getByRole('radio', { name: /^Only the \d+ entries/ }).check();
      await page.getByRole('checkbox', { name: /opened/ }).check();
      const file = await exported(page);
      expect(asked('beginExport')).toEqual([{ format: 'bundle', filter: { denied: true }, bodies: true }]);
      const text = await readFile(file, 'utf8');
      for (const name of ['entries.jsonl', 'proofs.jsonl', 'bodies.jsonl', 'manifest.json', 'checkpoint.txt'])
        expect(text).toContain(name);
      expect(await verifyEvidence(file, { key: undefined, checkpoint: undefined })).toMatchObject({
        ok: true,
        isComplete: false,
        isProven: true,
      });
    });

    it.each([
      ['JSON Lines', 'Nothing ties these entries to the checkpoint', 0],
      ['Table (CSV)', 'A table has no checkpoint', 0],
      ['Evidence bundle', 'Each is proven to be in the tree of checkpoint', 1],
    ] as const)('promises of a part as %s what the file can show', async (format, words, shields) => {
      const { page } = await shown().open('/ledger?denied=true');
      await page.getByText(/^\d+ of [\d,]+ entries$/).waitFor();
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('radio', { name: new RegExp(`^${format.replace(/[()]/g, '\\$&')}`) }).check();
      await page.getByRole('radio', { name: /^Only the \d+ entries/ }).check();
      const dialog = page.getByRole('dialog');
      expect(await dialog.innerText()).not.toContain('An auditor can check it alone');
      await dialog.getByText('with who, when and which entries', { exact: false }).waitFor();
      await exported(page);
      await dialog.getByRole('status').getByText(words, { exact: false }).waitFor();
      expect(await dialog.locator('.proven').count()).toBe(shields);
      expect(await dialog.locator('.why.plain').count()).toBe(1 - shields);
      expect(await dialog.getByRole('status').innerText()).not.toContain('covers');
    });

    it('speaks of proofs only where entries are left out', async () => {
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Export' }).click();
      expect(await page.getByRole('dialog').innerText()).not.toContain('proof');
    });

    it('tells how far it is, and saves nothing when it is cancelled', async () => {
      const { msp } = shown().fixture;
      const { page } = await shown().open('/ledger');
      msp.slow.page = 3000;
      await page.getByRole('button', { name: 'Export' }).click();
      let downloads = 0;
      page.on('download', () => downloads++);
      await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByText(/^[1-9]\d* % done$/).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('The export was cancelled. Nothing was saved; that it began is on record.').waitFor();
      msp.slow.page = 0; // What goes on all the same ends now.
      await page.waitForTimeout(1000);
      expect(downloads).toBe(0);
    });

    it('does not offer bodies to whom may not read them, nor an export to whom may not export', async () => {
      const { msp } = shown().fixture;
      msp.change({ rights: Right.options.filter((right) => right !== 'read-bodies') });
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('radio', { name: /^Evidence bundle/ }).check();
      expect(await page.getByRole('checkbox', { name: /opened/ }).isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      msp.change({ rights: ['read-ledger'] });
      await expect.poll(() => page.getByRole('button', { name: 'Export' }).count()).toBe(0);
    });
  });

  describe('the focus', () => {
    /** The words of what has the focus; nothing where it fell to the body. */
    const focused = (page: Page) =>
      page.evaluate(() => (document.activeElement === document.body ? '' : document.activeElement?.textContent));
    const detail = (page: Page) => page.getByRole('complementary', { name: 'Entry detail' });

    it('goes from the button that ended verifying to what came of it', async () => {
      shown().fixture.msp.slow.verify = 60_000;
      const { page } = await shown().open('/ledger');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByRole('button', { name: 'Cancel' }).press('Enter');
      await page.getByText('Verifying was cancelled.', { exact: false }).waitFor();
      await expect.poll(() => focused(page)).toContain('Verifying was cancelled.');
    });

    it('goes from the button that shows a body to the body', async () => {
      const { ref = 0 } = shown().fixture.msp.call('ticket_list', { params: { search: 'X-ray server' } });
      const { page } = await shown().open(`/ledger?entry=${ref}`);
      await page.getByRole('button', { name: 'Show what was asked' }).press('Enter');
      await detail(page).getByText('X-ray server').waitFor();
      await expect.poll(() => focused(page)).toContain('X-ray server');
    });

    it.each(['Escape', 'Enter'])('goes from a detail that %s closes to the list', async (key) => {
      const { seq } = shown().fixture.msp.call('ticket_list');
      const { page } = await shown().open(`/ledger?entry=${seq}`);
      await detail(page).getByRole('button', { name: 'Close' }).press(key);
      await detail(page).waitFor({ state: 'detached' });
      await expect.poll(() => page.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(true);
    });

    it('goes with a link to the heading of the entry it leads to', async () => {
      const { seq, ref = 0 } = shown().fixture.msp.call('ticket_list');
      const { page } = await shown().open(`/ledger?entry=${seq}`);
      await detail(page).locator('.facts .link').press('Enter');
      await expect.poll(() => focused(page)).toBe(`Entry ${ref.toLocaleString('en')}`);
    });
  });

  describe('the detail of an entry', () => {
    it('is proved by a checkpoint that was asked for with another entry', async () => {
      const { msp } = shown().fixture;
      const held = Promise.withResolvers<void>();
      msp.awaited.set('checkpoint', held.promise);
      const { seq, ref = 0 } = msp.call('ticket_list');
      const { page } = await shown().open(`/ledger?entry=${seq}`);
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByText('Asking').waitFor();
      await detail.locator('.facts .link').click();
      await detail.getByRole('heading', { name: 'Call started' }).waitFor();
      held.resolve();
      await detail.getByText(`Entry ${ref.toLocaleString('en')} is in the tree of checkpoint`).waitFor();
      expect(asked('checkpoint').length).toBe(1);
    });

    it('shows what was asked only when a person wants it, checked against what the entry commits to', async () => {
      const { msp } = shown().fixture;
      const { ref = 0 } = msp.call('ticket_list', { params: { search: 'X-ray server' } });
      const { page } = await shown().open(`/ledger?entry=${ref}`);
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByRole('button', { name: 'Show what was asked' }).click();
      await detail.getByText('X-ray server').waitFor();
      await detail.getByText(/^It is what entry [\d,]+ commits to, checked in this window\.$/).waitFor();
      const alert = msp.entries.at(-1);
      expect([alert?.kind, alert?.params?.['alert']]).toEqual(['alert', 'bodies-read']);
    });

    it.each([
      ['dropped', 'was kept as long as the policy says'],
      ['destroyed', 'The key of this customer was destroyed.'],
      ['lost', 'no entry says that somebody destroyed it'],
      ['locked', 'The key cannot be had right now.'],
      ['damaged', 'is not what was recorded'],
      ['none', 'Nothing was kept of what entry'],
    ] as const)('says why there is no body: %s', async (why, words) => {
      const { msp } = shown().fixture;
      const { ref = 0 } = msp.call('ticket_list');
      msp.unreadable.set(ref, why);
      const { page } = await shown().open(`/ledger?entry=${ref}`);
      await page.getByRole('button', { name: 'Show what was asked' }).click();
      const detail = page.getByRole('complementary');
      await detail.getByText(words, { exact: false }).waitFor();
      await detail.getByText('Nothing could be opened. That you tried to read it is in the ledger now.').waitFor();
    });

    it('says what a role does not include, in place of the proof and of the body', async () => {
      const { msp } = shown().fixture;
      const { ref = 0 } = msp.call('ticket_list');
      msp.change({ rights: ['read-ledger'] });
      const { page } = await shown().open(`/ledger?entry=${ref}`);
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByText('A proof needs the right to export the ledger', { exact: false }).waitFor();
      await detail.getByText('Reading it needs a right that your role does not include', { exact: false }).waitFor();
      expect([asked('prove'), asked('checkpoint'), asked('bodiesOf')]).toEqual([[], [], []]);
    });

    it('leads from the end of a call to its beginning, and shows every member as JSON', async () => {
      const { msp } = shown().fixture;
      const outcome = msp.call('ticket_list');
      const { page } = await shown().open(`/ledger?entry=${outcome.seq}`);
      const detail = page.getByRole('complementary', { name: 'Entry detail' });
      await detail.getByText('The whole entry as JSON').click();
      expect(JSON.parse(await detail.locator('details .code').innerText())).toEqual(outcome);
      await detail.locator('.facts .link').click();
      await detail.getByRole('heading', { name: 'Call started' }).waitFor();
      expect(page.url()).toContain(`entry=${outcome.ref}`);
    });

    it('says what the clock said, where that is not when the entry was recorded', async () => {
      const { msp } = shown().fixture;
      const clock = new Date(Date.now() - 2 * 86_400_000).toISOString();
      const { principal, seq: before } = msp.call('ticket_list');
      const { seq } = msp.record({ kind: 'app.started', principal, customer: null, clock });
      const { page, faults } = await shown().open(`/ledger?entry=${seq}`);
      const facts = page.getByRole('complementary', { name: 'Entry detail' }).locator('.facts');
      await facts.getByText('The clock said').waitFor();
      expect(await facts.innerText()).toContain(clock.slice(19, 23));
      expect(await facts.innerText()).toContain('It was ahead once, or was behind then.');
      await page.goto(page.url().replace(`entry=${seq}`, `entry=${before}`));
      await page.getByText(`Entry ${before.toLocaleString('en')}`, { exact: true }).waitFor();
      expect(await facts.getByText('The clock said').count()).toBe(0);
      expect(faults).toEqual([]);
    });

    it('says that there is no such entry', async () => {
      const { page } = await shown().open('/ledger?entry=99999999');
      await page.getByRole('heading', { name: 'There is no entry 99,999,999' }).waitFor();
    });
  });
}
