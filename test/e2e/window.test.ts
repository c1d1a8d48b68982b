// The window of the real app, in a real browser: what a technician does on the first morning, by keyboard where it counts.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOptions } from '../chromium.ts';
import { mcpClient } from '../flows/mcp.ts';
import { type RunningApp, startApp } from '../flows/running-app.ts';

const pictures = join(import.meta.dirname, '../../test-results');

describe('the window', () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  let token = '';
  const faults: string[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    app = await startApp();
    browser = await chromium.launch(chromiumOptions);
    page = await (
      await browser.newContext({ viewport: { width: 1360, height: 820 }, reducedMotion: 'reduce' })
    ).newPage();
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(app.ready.windowUrl).origin)) faults.push(`request to ${request.url()}`);
    });
    await page.goto(app.ready.windowUrl);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.remove();
  });

  it('logs in by a one-time address that is gone from the address bar, and works once', async () => {
    expect(page.url()).not.toContain('t=');
    expect((await fetch(app.ready.windowUrl, { redirect: 'manual' })).status).toBe(403);
  });

  it('logs another browser in by the operator token, pasted into its own form', async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(new URL('/login', app.ready.windowUrl).href);
    await other.getByRole('textbox').or(other.locator('input[type=password]')).first().fill(app.operatorToken);
    await other.getByRole('button').click();
    await other.getByRole('heading', { name: 'No customer is bound' }).waitFor();
    await other.close();
  });

  it('says that nothing is bound and that every tool is blocked', async () => {
    await page.getByRole('heading', { name: 'No customer is bound' }).waitFor();
    await page.getByText('tools are blocked').first().waitFor();
    await picture('nothing-bound');
  });

  it('binds a customer by keyboard alone', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a customer' }).waitFor();
    await page.keyboard.type('dental merid');
    await page.getByRole('option', { name: /Meridian Dental Group/ }).waitFor();
    await picture('switcher');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Meridian Dental Group' }).waitFor();
    expect(await page.title()).toContain('Meridian Dental Group');
    expect((await app.operator.state(undefined)).binding?.customer.code).toBe('MERI-7');
  });

  it('adds a client app and shows its token once', async () => {
    await page.getByRole('link', { name: 'AI tools' }).click();
    await page.getByRole('button', { name: 'Add client app' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Claude Code');
    await page.getByRole('button', { name: 'Add and show its token' }).click();
    await page.getByRole('heading', { name: 'Claude Code is added' }).waitFor();
    token = /[0-9a-f]{64}/.exec((await page.getByRole('dialog').textContent()) ?? '')?.[0] ?? '';
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await expect.poll(() => page.content()).not.toContain(token);
    await page.getByText('Armed', { exact: true }).first().waitFor();
    await picture('ai-tools');
  });

  it('shows each call as it happens, with its gates, and a denial in words', async () => {
    await page.getByRole('link', { name: 'Activity' }).click();
    const mcp = mcpClient(app.ready.mcpUrl, token);
    await mcp.call('bulkhead_context');
    await mcp.call('ticket_list', { customer: 'MERI-7' });
    await mcp.call('asset_list', { customer: 'MERI-7' });
    await mcp.call('ticket_note_add', { customer: 'MERI-7', ticketId: 4883, note: 'Restarted the spooler.' });
    expect((await mcp.call('ticket_list', { customer: 'FERN-2' })).content).toMatchObject({
      code: 'CUSTOMER_MISMATCH',
    });
    await page.getByRole('img', { name: 'Stopped at gate 3 of 8, Customer' }).waitFor();
    await page.getByRole('row', { name: /FERN-2/ }).click();
    await page.getByText('The conversation is about another customer.').first().waitFor();
    await page
      .getByText(/Nothing was sent to HaloPSA/)
      .first()
      .waitFor();
    await picture('activity');
  });

  it('suspends the client app at a switch and arms it again with one click', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a customer' }).fill('FERN-2');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await app.operator.state(undefined)).binding?.customer.code).toBe('FERN-2');
    expect(
      (await mcpClient(app.ready.mcpUrl, token).call('ticket_list', { customer: 'FERN-2' })).content,
    ).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    await page.getByRole('button', { name: 'Arm in FERN-2' }).first().click();
    await expect
      .poll(async () => (await mcpClient(app.ready.mcpUrl, token).call('ticket_list', { customer: 'FERN-2' })).isError)
      .toBe(false);
  });

  it('tries a tool in the bound customer and shows the answer', async () => {
    await page.getByRole('link', { name: 'Try a tool' }).click();
    await page.getByText('List assets').click();
    await page.getByRole('button', { name: 'Run in Fernhill School' }).click();
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    await page.getByText('50 records').waitFor();
    await picture('try-a-tool');
  });

  it('tests a connector, and seals a credential for the broker that the vendor then accepts or not', async () => {
    await page.getByRole('link', { name: 'Connectors' }).click();
    await page.getByRole('button', { name: 'Test in FERN-2' }).click();
    await page.getByText('HaloPSA answered for FERN-2.').waitFor();
    await picture('connectors');
    await page.getByRole('button', { name: 'Replace credential' }).click();
    await page.getByLabel(/client id/i).fill('de300000-0000-4000-8000-000000000001');
    await page.getByLabel(/client secret/i).fill('not the secret');
    await page.getByRole('button', { name: /^Seal for/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Test in FERN-2' }).click();
    await page.getByText(/credential is missing, locked or no longer accepted/).waitFor();
  });

  it('verifies the ledger', async () => {
    await page.getByRole('link', { name: 'Ledger' }).click();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/entries verified/).waitFor();
    await picture('ledger');
  });

  it('has no accessibility violation on any screen, light or dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const screen of ['Customer', 'Activity', 'Try a tool', 'AI tools', 'Connectors', 'Ledger']) {
        await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
        await page.getByRole('heading', { level: 1 }).waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${screen} ${colorScheme}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      }
      await picture(`end-${colorScheme}`);
    }
  });

  it('broke no rule of its content security policy and asked nobody else for anything', () => {
    expect(faults).toEqual([]);
  });

  const picture = async (name: string): Promise<void> =>
    void (await page.screenshot({ path: join(pictures, `${name}.png`) }));
});
