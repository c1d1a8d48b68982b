// An approval in the real app, from an AI's call to the answer it gets: the window is where a person says yes or no, and only
// the gateway lets the call run.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOptions } from '../chromium.ts';
import { mcpClient } from '../flows/mcp.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

const pictures = join(import.meta.dirname, '../../test-results');

describe('an approval in the window', () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  let mcp: ReturnType<typeof mcpClient>;
  const faults: string[] = [];
  let id = 0;
  let name: unknown;
  const reveal = (part: 'password' | 'both') => mcp.call('credential_reveal', { customer: 'FERN-2', id, part });

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    app = await startApp();
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    const { token } = await app.operator.addClient({ name: 'Claude Code', pin: null });
    mcp = mcpClient(app.ready.mcpUrl, token);
    const found = await app.operator.callTool({ tool: 'credential_find', arguments: {} });
    const [credential] = 'records' in found ? found.records : [];
    id = Number(credential?.['id']);
    name = credential?.['name'];
    browser = await chromium.launch(chromiumOptions);
    page = await (
      await browser.newContext({ viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' })
    ).newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(app.ready.windowUrl);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.remove();
  });

  it('is told of on whatever screen is open, and reached by one chord', async () => {
    expect((await reveal('password')).content).toMatchObject({ denied: true, code: 'APPROVAL_PENDING' });
    await page.getByText('1 call waits for you', { exact: true }).waitFor();
    expect(await page.title()).toMatch(/^\(1\) /);
    await page.keyboard.press('Control+Shift+A');
    await page.getByRole('article', { name: /^Approval:/ }).waitFor();
    await page.getByText('It stays in that conversation', { exact: false }).waitFor();
    await page.getByText(`(Hudu credential ${id})`).waitFor();
    expect(await page.locator('.acts-on b').innerText()).toBe(name);
    await picture('approval');
  });

  it('denied in the window is denied for the AI, however often it calls', async () => {
    await page.getByRole('button', { name: 'Deny', exact: true }).click();
    await page.getByText(/^Denied by /).waitFor();
    for (let again = 0; again < 2; again++)
      expect((await reveal('password')).content).toMatchObject({ code: 'APPROVAL_DENIED' });
  });

  it('approved in the window runs once, and with these arguments only', async () => {
    expect((await reveal('both')).content).toMatchObject({ code: 'APPROVAL_PENDING' });
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByRole('button', { name: /^Approve in/ }).click();
    await page.getByText(/^Approved by /).waitFor();
    expect((await reveal('password')).content).toMatchObject({ code: 'APPROVAL_DENIED' });
    expect((await reveal('both')).isError).toBe(false);
    expect((await reveal('both')).content).toMatchObject({ code: 'APPROVAL_PENDING' });
  });

  it('withdrawn by a switch says so, and cannot be approved any more', async () => {
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByRole('button', { name: /^Approve in/ }).waitFor();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    await page.getByText(/^Withdrawn: /).waitFor();
    expect(await page.getByRole('button', { name: /^Approve in/ }).count()).toBe(0);
    await picture('approval-withdrawn');
  });

  it('is told in Activity by the rules and the person it rested on', async () => {
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click();
    await page
      .getByRole('row', { name: /Allowed/ })
      .filter({ hasText: 'Reveal a credential' })
      .first()
      .click();
    await page.getByText(/^Approved by /).waitFor();
    await page.getByText('with-a-person').first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Looked up for an approval' }).first().click();
    await page.getByText('For a call of').waitFor();
    expect(await page.locator('.detail').innerText()).toContain('credential_reveal');
    expect(await page.getByRole('region', { name: 'Arguments' }).count()).toBe(0);
  });

  it('breaks no accessibility rule, light or dark, and no security policy', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.getByRole('link', { name: /^Approvals/ }).click();
      await page.getByRole('button', { name: /^Decided/ }).click();
      await page.getByRole('article').waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      await picture(`approvals-decided-${colorScheme}`);
    }
    expect(faults).toEqual([]);
  });

  const picture = async (name: string): Promise<void> =>
    void (await page.screenshot({ path: join(pictures, `${name}.png`) }));
});
