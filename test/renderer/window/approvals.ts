/** Approvals: the card a person decides on. Run by ../window.test.ts, in the one browser it starts. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { customerLook } from '../../../src-shared/model/customer-look.ts';
import { Fault } from '../../../src-shared/fault.ts';
import type { WindowInBrowser } from '../../e2e/window-fixture-browser.ts';

const meridian = 'Meridian Dental Group';

export function approvalTests(shown: () => WindowInBrowser): void {
  const desk = () => shown().fixture.msp.desk;
  const asked = (name: string): unknown[] =>
    shown()
      .fixture.msp.asked.filter((call) => call.name === name)
      .map(({ input }) => input);
  const card = (page: Page) => page.getByRole('article', { name: /^Approval:/ });
  const approve = (page: Page) => page.getByRole('button', { name: /^Approve in/ });
  /** A card must have been on screen for a second before a key may approve it. */
  const settle = (page: Page) => expect.poll(() => approve(page).getAttribute('aria-disabled')).toBe(null);

  describe('an approval', () => {
    it('says who, what, where, why and how long, and approves exactly the one that was on screen', async () => {
      const one = desk().ask({
        client: 'Cursor',
        repeats: 3,
        because: [{ id: 'w', says: 'Changes need a person.' }],
        arguments: { customer: 'MERI-7', ticket_id: 48_213, note: 'Restarted it.' },
      });
      const { page, faults } = await shown().open('/approvals');
      await page.getByText('meridiandental.example, MERI-7').nth(1).waitFor();
      const text = await card(page).innerText();
      for (const words of [
        meridian,
        'meridiandental.example, MERI-7',
        'Cursor asks for Amy Kowalski',
        'The AI has called this 4 times.',
        'HaloPSA, ticket_note_add',
        'Changes need a person. Policy 41',
        'Restarted it.',
        'then it is denied',
        `${one.fingerprint.slice(0, 4)}·${one.fingerprint.slice(4, 8)}`,
      ])
        expect(text).toContain(words);
      await approve(page).click();
      await page.getByText('Approved by Amy Kowalski').waitFor();
      expect(asked('approve')).toEqual([{ id: one.id, fingerprint: one.fingerprint, identity: null, standing: null }]);
      expect(faults).toEqual([]);
    });

    it('wears the colours of its own customer, whoever is bound', async () => {
      desk().ask({ customer: 'fern-legal' });
      const { page } = await shown().open('/approvals');
      const hue = await card(page).evaluate((article) => getComputedStyle(article).getPropertyValue('--hue'));
      expect(Number(hue)).toBe(customerLook({ id: 'fern-legal', name: '' }, shown().fixture.msp.customers).hue);
      await page.getByText(`You are in ${meridian}. This is about another customer.`).waitFor();
      await page.getByRole('button', { name: 'Approve in Fern Legal' }).waitFor();
    });

    it('shows the words of the AI as words, and what cannot be seen as its code', async () => {
      const note = '<img src=x onerror=alert(1)><b>bold</b> safe\u202Egnp.exe';
      desk().ask({ arguments: { customer: 'MERI-7', note } });
      const { page, faults } = await shown().open('/approvals');
      const value = card(page).locator('.argument-rows dd').nth(1);
      expect(await value.innerText()).toBe('<img src=x onerror=alert(1)><b>bold</b> safeU+202Egnp.exe');
      expect(await value.locator('img, b').count()).toBe(0);
      await page.getByText('There are characters in it that nobody sees').waitFor();
      expect(faults).toEqual([]);
    });

    it('cannot be approved before long arguments were opened', async () => {
      desk().ask({ arguments: { customer: 'MERI-7', note: 'A long story. '.repeat(90) } });
      const { page } = await shown().open('/approvals');
      await page.getByText('Show all the arguments first.').waitFor();
      await page.waitForTimeout(1100);
      expect(await approve(page).getAttribute('aria-disabled')).toBe('true');
      await page.locator('.approval-title').focus();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: /^Show all .* characters/ }).click();
      await settle(page);
      expect(asked('approve')).toEqual([]);
      await approve(page).click();
      await expect.poll(() => asked('approve').length).toBe(1);
    });

    it('that destroys needs a tick before, and offers no while', async () => {
      desk().ask({ risk: 'destructive', title: 'Cancel a subscription' });
      const { page } = await shown().open('/approvals');
      await page.getByText('If you approve, this cannot be undone.').waitFor();
      expect(await page.getByRole('button', { name: 'Approve for a while…' }).count()).toBe(0);
      await page.waitForTimeout(1100);
      expect(await approve(page).getAttribute('aria-disabled')).toBe('true');
      await page.getByRole('checkbox', { name: `I have read what this does in ${meridian}.` }).check();
      await settle(page);
      await approve(page).click();
      await expect.poll(() => asked('approve').length).toBe(1);
    });

    it('is denied with one press, or with a reason', async () => {
      const [one, two] = [desk().ask({ askedAgo: 9 }), desk().ask({ askedAgo: 8 })];
      const { page } = await shown().open('/approvals');
      await page.getByRole('button', { name: 'Deny', exact: true }).click();
      await page.getByText('Denied by Amy Kowalski').waitFor();
      await page.getByRole('button', { name: /^Next/ }).click();
      await page.getByRole('button', { name: 'Deny with reason…' }).click();
      await page.getByRole('button', { name: `Deny in ${meridian}` }).click();
      await page.getByText('Write a reason, or use Deny.').waitFor();
      await page.getByRole('textbox', { name: 'Reason' }).fill('Not during office hours.');
      await page.getByRole('button', { name: `Deny in ${meridian}` }).click();
      await card(page).getByText('Not during office hours.').waitFor();
      expect(asked('deny')).toEqual([
        { id: one.id, fingerprint: one.fingerprint, identity: null, reason: '' },
        { id: two.id, fingerprint: two.fingerprint, identity: null, reason: 'Not during office hours.' },
      ]);
    });

    it('says that the very same call ran lately, and a yes to it can be taken back until it runs', async () => {
      const one = desk().ask({ ranAt: new Date().toISOString() });
      const { page } = await shown().open('/approvals');
      await card(page).getByText('Approved, it runs once more.').waitFor();
      await settle(page);
      await approve(page).click();
      await card(page).getByText('Unused, it expires.').waitFor();
      await page.getByRole('button', { name: 'Take it back' }).click();
      await card(page).getByText('Taken back by Amy Kowalski').waitFor();
      expect(asked('deny')).toEqual([{ id: one.id, fingerprint: one.fingerprint, identity: null, reason: '' }]);
      await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('outcome-panel denied');
      desk().change(one.id, { state: 'approved', isUsed: true });
      await card(page).getByText('It has run, once.').waitFor();
      expect(await page.getByRole('button', { name: 'Take it back' }).count()).toBe(0);
    });

    it('is approved by Ctrl Enter only from inside the card, after a second, and never from a no', async () => {
      desk().ask();
      const { page } = await shown().open('/approvals');
      let isEarly = await page.evaluate(pressTooEarly);
      for (let tries = 0; !isEarly && tries < 5; tries++) {
        await page.reload();
        isEarly = await page.evaluate(pressTooEarly);
      }
      expect(isEarly).toBe(true);
      await settle(page);
      await page.getByRole('option').first().focus();
      await page.keyboard.press('Control+Enter'); // In the list, where Enter opens.
      await page.getByRole('button', { name: 'Deny with reason…' }).focus();
      await page.keyboard.press('Control+Enter');
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Reason' }).press('Control+Enter'); // In a dialog over the card.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      expect([asked('approve'), asked('deny')]).toEqual([[], []]);
      await page.locator('.approval-title').focus();
      await page.keyboard.press('Control+Enter');
      await expect.poll(() => asked('approve').length).toBe(1);
      expect(asked('deny')).toEqual([]);
    });

    it('says what became of it when it ends under the eyes, and keeps the focus where it was', async () => {
      const one = desk().ask();
      const { page } = await shown().open('/approvals');
      await settle(page);
      await approve(page).focus();
      desk().end(one.id, 'withdrawn', 'Another customer was bound.');
      await card(page).getByText('Withdrawn: another customer was bound').waitFor();
      expect(await approve(page).count()).toBe(0);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.className))
        .toContain('outcome-panel withdrawn');
      await page.keyboard.press('Control+Enter');
      expect(asked('approve')).toEqual([]);
    });

    it('must be read anew when it is another one by now', async () => {
      const one = desk().ask();
      const { page } = await shown().open('/approvals');
      await settle(page);
      desk().change(one.id, {
        fingerprint: 'f'.repeat(64),
        arguments: { customer: 'MERI-7', note: 'Something else.' },
      });
      await page.getByText('This request changed while you were reading it.').waitFor();
      expect(await approve(page).count()).toBe(0);
      await page.getByRole('button', { name: 'Read it anew' }).click();
      await approve(page).click();
      await expect.poll(() => asked('approve')).toMatchObject([{ fingerprint: 'f'.repeat(64) }]);
    });

    it('says in plain words why an answer does not count, and what to do', async () => {
      desk().ask();
      const { page } = await shown().open('/approvals');
      desk().nextFault = new Fault('NOT_YOURS', 'raw');
      await approve(page).click();
      expect(await card(page).locator('.approval-acts p.bad').innerText()).toMatch(
        /^The policy does not let this person decide it\. Let someone who may/,
      );
    });

    it('says why the later of two answers does not count', async () => {
      desk().ask();
      const { page } = await shown().open('/approvals');
      const why = card(page).locator('.approval-acts p.bad');
      await settle(page);
      desk().nextFault = new Fault('NOT_YOURS', 'raw');
      await approve(page).click();
      await expect.poll(() => why.allInnerTexts()).toEqual([expect.stringMatching(/^The policy does not let/)]);
      desk().nextFault = new Fault('TRY_LATER', 'It could not be recorded.');
      await page.getByRole('button', { name: 'Deny', exact: true }).click();
      await expect.poll(() => why.allInnerTexts()).toEqual([expect.stringMatching(/^It could not be recorded\./)]);
      desk().nextFault = new Fault('NOT_YOURS', 'raw');
      await approve(page).click();
      await expect.poll(() => why.allInnerTexts()).toEqual([expect.stringMatching(/^The policy does not let/)]);
    });

    it('says its time each second and its last minute aloud, and can be given more', async () => {
      const one = desk().ask({ expiresIn: 90 });
      const { page } = await shown().open('/approvals');
      expect(await card(page).locator('.countdown [role=status]').textContent()).toBe(
        'Expires in 2 minutes, then it is denied.',
      );
      desk().change(one.id, { expiresAt: new Date(Date.now() + 63_000).toISOString() });
      await expect
        .poll(() => card(page).locator('.countdown [role=alert]').textContent())
        .toBe('Less than a minute is left. Then it is denied.');
      await page.getByRole('button', { name: 'Extend the time of this request' }).click();
      await page.getByText('extended 1 time').waitFor();
      expect(asked('extendApproval')).toEqual([{ id: one.id }]);
    });

    it('for a while names how long, how often and what stays as it is', async () => {
      const one = desk().ask();
      const { page } = await shown().open('/approvals');
      await settle(page);
      await page.getByRole('button', { name: 'Approve for a while…' }).click();
      await page.getByText('Only with these very arguments.').waitFor();
      await page.getByRole('radio', { name: '30 minutes' }).check();
      await page.getByLabel('At most how many more calls').fill('90');
      await page.getByRole('checkbox', { name: /^note/ }).uncheck();
      await page.getByRole('button', { name: `Approve for 30 minutes in ${meridian}` }).click();
      await page.getByText('A whole number from 1 to 50 is needed.').waitFor();
      await page.getByLabel('At most how many more calls').fill('3');
      await page.getByText('Free to change: note.').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Approved by Amy Kowalski').waitFor();
      expect(asked('approve')).toEqual([
        {
          id: one.id,
          fingerprint: one.fingerprint,
          identity: null,
          standing: { minutes: 30, uses: 3, fixed: ['customer', 'ticket_id', 'hidden'] },
        },
      ]);
      await page.getByRole('button', { name: /^For a while/ }).click();
      await page.getByText('3 uses left').waitFor();
      await page.getByRole('button', { name: `Withdraw: Add a note to a ticket in ${meridian}` }).click();
      await page.getByText('Nothing is approved for a while').waitFor();
    });

    it('for a while says on its card how many more it lets run, and a no takes all of it back', async () => {
      const one = desk().ask();
      const { page } = await shown().open('/approvals');
      desk().stand({ approval: one.id, expiresAt: new Date(2099, 0, 1, 14, 30).toISOString() });
      desk().end(one.id, 'approved');
      await card(page).getByText('and 4 more like it until 1 Jan, 14:30').waitFor();
      await page.getByRole('button', { name: 'Take all of it back' }).click();
      await card(page).getByText('Approved by Sam Ortiz, taken back by Amy Kowalski').waitFor();
      await card(page).getByText('Nothing approved for a while with it runs any more.').waitFor();
      await page.getByRole('button', { name: 'For a while 0' }).waitFor();
    });

    it('that ran while it was taken back says what of it was ended', async () => {
      const one = desk().ask();
      const { page } = await shown().open('/approvals');
      desk().end(one.id, 'approved');
      desk().nextFault = new Fault('STANDING_ENDED', 'raw');
      await page.getByRole('button', { name: 'Take it back' }).click();
      await card(page).getByText('It ran, or was over, before your answer reached it.').waitFor();
    });

    it('offers those who may approve it, and leaves a refusal in sight however small the window', async () => {
      const one = desk().ask();
      for (const viewport of [
        { width: 1360, height: 820 },
        { width: 680, height: 410 },
        { width: 320, height: 640 },
      ]) {
        const { page } = await shown().open(`/approvals/${one.id}`, { viewport });
        await page.getByRole('button', { name: 'Someone else approves…' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('radio', { name: /Sam Ortiz/ }).check();
        expect(await dialog.getByRole('radio').count()).toBe(2);
        desk().nextFault = new Fault('NOT_YOURS', 'raw');
        await dialog.getByRole('button', { name: /^Approve as Sam Ortiz/ }).click();
        const refusal = dialog.getByRole('alert');
        await refusal.waitFor();
        expect(await refusal.evaluate(isWholeInSight)).toBe(true);
      }
      expect(asked('colleagues')).toEqual([{ approval: one.id }, { approval: one.id }, { approval: one.id }]);
    });

    it('leaves a refusal in sight in each of its forms in a low window', async () => {
      const one = desk().ask();
      for (const [form, fill, answer] of [
        ['Deny with reason…', 'Reason', /^Deny in/],
        ['Approve for a while…', 'At most how many more calls', /^Approve for 15 minutes/],
      ] as const) {
        const { page } = await shown().open(`/approvals/${one.id}`, { viewport: { width: 680, height: 410 } });
        await settle(page);
        await page.getByRole('button', { name: form }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox', { name: fill }).fill('3');
        desk().nextFault = new Fault('NOT_YOURS', 'raw');
        await dialog.getByRole('button', { name: answer }).click();
        await dialog.getByRole('alert').waitFor();
        expect(await dialog.getByRole('alert').evaluate(isWholeInSight)).toBe(true);
      }
    });

    it('of two persons shows who was first, and takes another one for the second', async () => {
      const one = desk().ask({ needed: 2, risk: 'spend', title: 'Order licences' });
      const { page } = await shown().open('/approvals');
      await page.getByRole('button', { name: `Approve in ${meridian} (1 of 2)` }).click();
      const slots = card(page).locator('.two-persons li');
      await slots.first().getByText('Amy Kowalski').waitFor();
      expect(await slots.nth(1).innerText()).toContain('Must be someone else');
      expect(await approve(page).count()).toBe(0);
      await page.getByRole('button', { name: 'The second person approves…' }).click();
      await page.getByRole('button', { name: /^Approve with this identity/ }).click();
      await page.getByText('Choose who approves, or paste their identity.').waitFor();
      await page.getByLabel('Their signed identity').fill('eyJ.not.signed');
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: /^Approve with this identity/ }).click();
      await page.getByText('That identity is not valid here.').waitFor();
      await page.getByRole('radio', { name: /Sam Ortiz/ }).check();
      await page.getByRole('button', { name: `Approve as Sam Ortiz in ${meridian}` }).click();
      await page.getByText('Approved by Amy Kowalski and Sam Ortiz').waitFor();
      expect(asked('approve')).toMatchObject([
        { id: one.id, identity: null },
        { id: one.id, identity: 'eyJ.not.signed' },
        { id: one.id, identity: 'signed:sam' },
      ]);
    });
  });
}

/** Runs in the page: nothing it stands in cuts any of it off. */
function isWholeInSight(node: Element): boolean {
  const { top, bottom } = node.getBoundingClientRect();
  for (let around = node.parentElement; around !== null; around = around.parentElement) {
    const edge = around.getBoundingClientRect();
    if (getComputedStyle(around).overflowY !== 'visible' && (top < edge.top || bottom > edge.bottom)) return false;
  }
  return bottom <= innerHeight;
}

/** Runs in the page, so that nobody's slowness comes between the look and the press: false when the second is over. */
async function pressTooEarly(): Promise<boolean> {
  const find = () =>
    [...document.querySelectorAll('.acts-yes button')].find((button) => button.textContent?.startsWith('Approve in'));
  while (find() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
  if (find()?.getAttribute('aria-disabled') !== 'true') return false;
  const title = document.querySelector<HTMLElement>('.approval-title');
  title?.focus();
  return (
    title?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }),
    ) === false
  );
}
