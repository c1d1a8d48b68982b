/** The activity list. Run by ../window.test.ts, in the one browser it starts. */
import { describe, expect, it } from 'vitest';
import { openRow } from '../../open-row.ts';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';
import type { FixtureMsp } from '../../e2e/window-fixture-msp.ts';
import { fixtureCross } from '../../e2e/window-fixture-policy.ts';
import { gateNames } from '../../../src-shared/model/denial.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';

/** A list read of two customers at once, as the gateway records the whole of it. */
const recordAcross = (msp: FixtureMsp): Entry =>
  msp.record({
    kind: 'call.outcome',
    principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' },
    customer: null,
    cross: 'CROSS-1',
    tool: 'ticket_list',
    connector: 'halopsa',
    risk: 'read',
    policyVersion: 41,
    gates: (['principal', 'tenant', 'customer', 'audit'] as const).map((gate) => ({ gate, ok: true, ms: 0.1 })),
    result: { status: 'ok', records: 4, dropped: 0, redacted: 0, bytes: 10, ms: 99 },
  });

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
        gates: gateNames.map((gate) => ({ gate, ok: true, ms: 0.1 })),
        result: { status: 'ok', records: 7, dropped: 1, redacted: 0, bytes: 10, ms: 99 },
      });
      await row.getByText('7 records, 1 record not provably theirs removed').waitFor();
      expect(await row.getByRole('img').getAttribute('aria-label')).toBe('Passed all 8 gates');
      expect(faults).toEqual([]);
    });

    it('says of one of Bulkhead’s own tools that it needs no other gates', async () => {
      const { page } = await shown().open('/activity');
      shown().fixture.msp.record({
        kind: 'call.outcome',
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' },
        customer: 'MERI-7',
        tool: 'bulkhead_context',
        gates: (['principal', 'tenant', 'audit'] as const).map((gate) => ({ gate, ok: true, ms: 0.1 })),
        result: { status: 'ok', records: 0, dropped: 0, redacted: 0, bytes: 10, ms: 1 },
      });
      const row = page.getByRole('row').nth(1);
      await row.getByText('Bulkhead context').waitFor();
      await openRow(page, row);
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      expect(await detail.locator('.gate-list li.unrecorded span').allInnerTexts()).toEqual(
        Array.from({ length: 5 }, () => 'not needed here'),
      );
    });

    it('says what became of a call that a person was asked about, in the row and in the detail', async () => {
      const { page } = await shown().open('/activity');
      const { msp } = shown().fixture;
      const id = 'ap-00000000000000ee';
      const principal = { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' } as const;
      const about = { customer: 'MERI-7', tool: 'ticket_note_add', connector: 'halopsa', risk: 'write' } as const;
      const row = page.getByRole('row').nth(1);
      await row.waitFor(); // Before that the calls are not counted yet.
      const before = Number(
        await page
          .getByRole('button', { name: /^Asked/ })
          .locator('b')
          .innerText(),
      );
      msp.record({ ...about, principal, kind: 'approval.asked', params: { approval: id, needed: 1, have: 0 } });
      const asked = msp.record({
        ...about,
        principal,
        kind: 'call.denied',
        gates: [{ gate: 'policy', ok: false, code: 'APPROVAL_PENDING', ms: 0.1 }],
        decision: { policies: [], approval: id },
        result: { status: 'APPROVAL_PENDING', records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 1 },
      });
      await expect.poll(() => row.locator('.what').innerText()).toMatch(/ asked a person$/);
      msp.record({
        ...about,
        principal: { ...principal, id: 'sam', name: 'Sam Ortiz', client: 'operator' },
        kind: 'approval.decided',
        params: { approval: id, outcome: 'denied', reason: '', needed: 1, have: 0 },
      });
      await row.getByText('asked a person. Denied by Sam Ortiz').waitFor();
      await page.getByRole('button', { name: `Asked ${before + 1}` }).click();
      await openRow(page, row);
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      expect(await detail.locator('.why').innerText()).toBe(
        'A person was asked about this call. It did not run then. Denied by Sam Ortiz.',
      );
      await page.goto(`${shown().fixture.url}#/ledger?denied=true&entry=${asked.seq}`);
      await page.getByRole('heading', { name: 'Asked a person' }).waitFor();
      await page.locator('.rows .kind.asked').filter({ hasText: 'Asked a person' }).first().waitFor();
      await page.getByRole('button', { name: 'Denied or asked', pressed: true }).waitFor();
    });

    it('says why a call was denied and that nothing was sent', async () => {
      const { page } = await shown().open('/activity');
      shown().fixture.msp.call('ticket_list', { code: 'CUSTOMER_MISMATCH', params: { customer: 'FERN-2' } });
      await page.getByRole('row').nth(1).getByText('did not name the bound customer').waitFor();
      await openRow(page, page.getByRole('row').nth(1));
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      expect(await detail.locator('.why').innerText()).toBe(
        'The call did not name the bound customer. Claude Desktop named another customer, or none. If its conversation is about another, start a new one there. Nothing was sent to HaloPSA.',
      );
      expect(await detail.locator('.gate-list li').allInnerTexts()).toHaveLength(8);
    });

    it.each(['Escape', 'Enter'])('gives the focus back to the list when %s closes a call', async (key) => {
      const { page } = await shown().open('/activity');
      shown().fixture.msp.call('ticket_list');
      await openRow(page, page.getByRole('row').nth(1));
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      await detail.getByRole('button', { name: 'Close' }).press(key);
      await detail.waitFor({ state: 'detached' });
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('row');
    });

    it('shows what a call asked only to whom asks for it, and what came of it, with the reading on record', async () => {
      const { page } = await shown().open('/activity');
      const { msp } = shown().fixture;
      const outcome = msp.call('ticket_list', { params: { search: 'X-ray server' }, records: 3 });
      await page.getByRole('row').nth(1).getByText('3 records').waitFor();
      await openRow(page, page.getByRole('row').nth(1));
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      await detail.getByText('Reading it is recorded in your name.', { exact: false }).waitFor();
      expect(await page.content()).not.toContain('X-ray server');
      await detail.getByRole('button', { name: 'Show what was asked' }).click();
      await detail.getByText('X-ray server').waitFor();
      expect(await detail.locator('.code li').allInnerTexts()).toEqual(['id 48201', 'id 48202', 'id 48203']);
      await detail.getByText('That you read it is in the ledger now.').waitFor();
      expect(await page.content()).not.toContain('blind');
      const { input } = msp.asked.find(({ name }) => name === 'bodiesOf') ?? {};
      expect(input).toEqual({ seqs: [outcome.ref, outcome.seq] });
    });

    it('still shows what entries from before bodies say in the clear', async () => {
      const { page } = await shown().open('/activity');
      shown().fixture.msp.record({
        kind: 'call.denied',
        principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' },
        customer: 'MERI-7',
        tool: 'ticket_list',
        connector: 'halopsa',
        params: { customer: 'FERN-2' },
        gates: [{ gate: 'customer', ok: false, code: 'CUSTOMER_MISMATCH', ms: 0.1 }],
      });
      const row = page.getByRole('row').nth(1).filter({ hasText: 'Cursor' });
      await row.getByText('did not name the bound customer').waitFor();
      await openRow(page, row);
      await page.getByRole('region', { name: 'Arguments' }).getByText('"FERN-2"').waitFor();
      expect(await page.getByRole('button', { name: 'Show what was asked' }).count()).toBe(0);
    });

    it('names the technician of a call that Bulkhead itself recorded the end of', async () => {
      const { page } = await shown().open('/activity');
      const { msp } = shown().fixture;
      const intent = msp.intent('asset_list');
      msp.record({
        kind: 'call.outcome',
        principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'bulkhead' },
        customer: 'MERI-7',
        tool: 'asset_list',
        ref: intent.seq,
        result: { status: 'interrupted', records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 0 },
      });
      const row = page.getByRole('row').nth(1);
      await row.getByText('Cut short', { exact: true }).waitFor();
      expect(await row.locator('.client').innerText()).toBe('Cursor');
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
      await openRow(page, page.getByRole('row').nth(1));
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      await detail.getByText('writes-need-a-person').waitFor();
      expect((await detail.locator('.trail-step').allInnerTexts()).map((step) => step.replace(/ [\d:]+$/, ''))).toEqual(
        ['A person was asked', 'Approved by Sam Ortiz'],
      );
      await page.getByRole('link', { name: 'Ledger', exact: true }).click();
      await page.getByRole('gridcell', { name: 'Approved by a person' }).first().waitFor();
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

    // From here on this call is in the list, whoever is bound.
    it('says of a call of several customers which scope it was made in, and shows no gate as passed that is not on record', async () => {
      const { page, faults } = await shown().open('/activity');
      const whole = recordAcross(shown().fixture.msp);
      const row = page.getByRole('row').nth(1);
      await row.getByText('CROSS-1').waitFor();
      expect(await row.getByRole('img').getAttribute('aria-label')).toBe('4 of 8 gates recorded as passed');
      await openRow(page, row);
      const detail = page.getByRole('complementary', { name: 'Call detail' });
      await detail.getByText('CROSS-1, several customers').waitFor();
      await detail.getByText('Several. Each one’s own call', { exact: false }).waitFor();
      const cells = await detail.locator('.gate-list li').all();
      expect(await Promise.all(cells.map((cell) => cell.getAttribute('class')))).toEqual([
        'passed',
        'passed',
        'passed',
        'unrecorded',
        'unrecorded',
        'unrecorded',
        'unrecorded',
        'passed',
      ]);
      expect(await detail.locator('.gate-list li.unrecorded').allInnerTexts()).toEqual(
        ['Entitlement', 'Policy', 'Quota', 'Execution'].map((name) => `${name}\njudged for each customer`),
      );
      await detail.getByRole('link', { name: `Ledger entry ${whole.seq.toLocaleString('en')}` }).click();
      const entry = page.getByRole('complementary', { name: 'Entry detail' });
      await entry.getByText('Several. Each one’s own call', { exact: false }).waitFor();
      expect(await entry.locator('.gate-list li.unrecorded').count()).toBe(4);
      await page.locator('.rows .entry-row .customer').filter({ hasText: 'CROSS-1' }).waitFor();
      expect(faults).toEqual([]);
    });
  });

  describe('the customer’s screen', () => {
    it('says which tools are not held to the bound customer', async () => {
      const { msp } = shown().fixture;
      const { page } = await shown().open('/');
      const lead = page.locator('.page-head p');
      await lead.getByText(/Every call of an AI tool is held to this customer\.$/).waitFor();
      const customers = ['fern-legal', 'denholm-construction'];
      msp.change({
        crosses: [fixtureCross(msp, { client: 'Cursor', customers, reason: 'Old firewalls', minutes: 42 })],
      });
      await lead.getByText('customer, but for Cursor, which works across customers in CROSS-1.').waitFor();
      msp.change({
        crosses: [],
        clients: msp.state.clients.map((app) => (app.name === 'Cursor' ? { ...app, pin: 'FERN-2' } : app)),
      });
      await lead.getByText('customer, but for Cursor, which is pinned to FERN-2.').waitFor();
      msp.bind(null);
      await lead.getByText('until you choose one, but for Cursor, which is pinned to FERN-2.').waitFor();
    });
  });
}
