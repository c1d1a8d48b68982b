/** The activity list and the ledger. Run by ../window.test.ts, in the one browser it starts. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

export function activityTests(shown: () => WindowInBrowser): void {
  describe('the activity list', () => {
    it('shows a running call, then how it ended, in one row', async () => {
      const { page, faults } = await shown().open('/activity');
      const intent = shown().fixture.msp.intent('asset_list');
      const row = page.getByRole('row').nth(1);
      await row.getByText('Running', { exact: true }).waitFor();
      shown().fixture.msp.record({
        principal: intent.principal,
        customer: intent.customer,
        tool: 'asset_list',
        connector: 'halopsa',
        risk: 'read',
        kind: 'call.outcome',
        ref: intent.seq,
        result: { status: 'ok', records: 7, dropped: 1, redacted: 0, bytes: 10, ms: 99 },
      });
      await row.getByText('7 records, 1 record not provably theirs removed').waitFor();
      expect(await row.getByRole('img').getAttribute('aria-label')).toBe('Passed all 8 gates');
      expect(faults).toEqual([]);
    });

    it('says why a call was denied and that nothing was sent', async () => {
      const { page } = await shown().open('/activity');
      shown().fixture.msp.call('ticket_list', { code: 'CUSTOMER_MISMATCH', params: { customer: 'FERN-2' } });
      await page.getByRole('row').nth(1).getByText('asked for FERN-2').waitFor();
      await page.getByRole('row').nth(1).click();
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      expect(await detail.locator('.why').innerText()).toBe(
        'The conversation is about another customer. Claude Desktop asked for FERN-2 while this app is bound to Meridian Dental Group. Nothing was sent to HaloPSA.',
      );
      expect(await detail.locator('.gate-list li').allInnerTexts()).toHaveLength(8);
    });

    it('tells which rules decided, and whose word a call rests on', async () => {
      const { page } = await shown().open('/activity');
      const { msp } = shown().fixture;
      const about = { customer: 'MERI-7', tool: 'ticket_note_add', connector: 'halopsa', risk: 'write' } as const;
      const ap = 'ap-00000000000000aa';
      const ask = { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' } as const;
      msp.record({ ...about, kind: 'approval.asked', principal: ask, params: { approval: ap, needed: 1, have: 0 } });
      msp.record({
        ...about,
        kind: 'approval.decided',
        principal: { ...ask, id: 'sam', name: 'Sam Ortiz', client: 'operator' },
        params: { approval: ap, outcome: 'approved', reason: '', needed: 1, have: 1 },
      });
      const decision = { policies: ['writes-need-a-person'], approval: ap };
      const intent = msp.record({ ...about, kind: 'call.intent', principal: ask, decision });
      msp.record({
        ...about,
        kind: 'call.outcome',
        principal: ask,
        ref: intent.seq,
        decision,
        result: { status: 'ok', records: 1, dropped: 0, redacted: 0, bytes: 10, ms: 99 },
      });
      await page.getByRole('row').nth(1).getByText('1 record').waitFor();
      await page.getByRole('row').nth(1).click();
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      await detail.getByText('writes-need-a-person').waitFor();
      expect((await detail.locator('.trail-step').allInnerTexts()).map((step) => step.replace(/ [\d:]+$/, ''))).toEqual(
        ['A person was asked', 'Approved by Sam Ortiz'],
      );
      await page.getByRole('link', { name: 'Ledger' }).click();
      await page.getByRole('cell', { name: 'Approved by a person' }).first().waitFor();
    });

    it('pauses at a key press, counts what comes, drops nothing, and moves by keys', async () => {
      const { page } = await shown().open('/activity');
      await page.getByRole('row').nth(1).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('button', { name: 'Resume' }).waitFor();
      for (let place = 0; place < 3; place++) shown().fixture.msp.call('asset_list');
      await page.getByRole('button', { name: '3 new calls. Jump to latest' }).waitFor();
      const place = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
      expect(await place()).toBe('3');
      await page.keyboard.press('End');
      await expect.poll(async () => Number(await place())).toBeGreaterThan(200);
      expect(await page.getByRole('row').count()).toBeLessThan(70);
      await page.keyboard.press('Home');
      await expect.poll(place).toBe('2');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'Call detail' }).waitFor();
      await page.getByRole('button', { name: '3 new calls. Jump to latest' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
    });

    it('filters by verdict and by text', async () => {
      const { page } = await shown().open('/activity');
      await page.getByRole('button', { name: /^Denied/ }).click();
      await page.getByRole('searchbox', { name: 'Find in activity' }).fill('policy');
      await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain('Reveal a password');
      await page.getByRole('searchbox', { name: 'Find in activity' }).fill('no such thing');
      await page.getByText('No calls match').waitFor();
    });

    it('does not show the calls of another customer', async () => {
      const { msp } = shown().fixture;
      msp.bind('cafe-zurich');
      const { page } = await shown().open('/activity');
      await expect.poll(() => page.getByText('No calls yet').count()).toBe(1);
      msp.bind('meridian-dental');
      await page.getByRole('row').nth(20).waitFor();
    });
  });

  describe('the ledger', () => {
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

    it('exports every entry in order, then the checkpoint', async () => {
      const { page } = await shown().open('/ledger');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export' }).click(),
      ]);
      const lines = (await readFile(await download.path(), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
      const { entries } = shown().fixture.msp;
      expect(lines.slice(0, -1)).toEqual(entries);
      expect(Object.keys(lines.at(-1) ?? {})).toEqual(['checkpoint']);
    });
  });
}
