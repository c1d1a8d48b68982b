// The window of the real app, in a real browser: what a technician does on the first morning, by keyboard where it counts.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../src-cli/verify-ledger.ts';
import { chromiumOptions } from '../chromium.ts';
import { openRow } from '../open-row.ts';
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
    page.setDefaultTimeout(15_000);
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

  it('says in a few sentences what the AI may do, and by which rules', async () => {
    await go('Customer');
    const runs = page.locator('.may-do-row.runs');
    await runs.getByText(/^Reads tickets, /).waitFor();
    await page
      .locator('.may-do-row.asks')
      .getByText(/^Before it may /)
      .waitFor();
    await page
      .locator('.may-do-row.denied')
      .getByText(/No rule allows it\.$/)
      .waitFor();
    await picture('may-do');
    await runs.locator('summary').click();
    await runs.getByText('“Everyone who works for customers may look things up', { exact: false }).waitFor();
    await picture('may-do-rules');
  });

  it('checks a call as the client app, without running it or asking anybody', async () => {
    await page.getByRole('button', { name: 'Dismiss' }).click(); // The notice of the switch.
    await tool('Reply to the contact');
    await page.getByLabel('Ticket id').fill('4883');
    await page.getByLabel('To', { exact: true }).fill('someone@meridiandental.example');
    await page.getByLabel('Text', { exact: true }).fill('It is done.');
    await page.getByLabel('Check as').selectOption('Claude Code');
    const { ledger } = await app.operator.state(undefined);
    await page.getByRole('button', { name: 'Check only' }).click();
    await page.getByText('It would wait for one person.').waitFor();
    await picture('check-only');
    const after = await app.operator.state(undefined);
    expect([after.ledger.entries, after.pendingApprovals]).toEqual([ledger.entries, 0]);
  });

  it('stops all AI work by one chord, and lets it go on by one button', async () => {
    await page.keyboard.press('Control+Shift+X');
    await page.locator('.banner.stopped').waitFor();
    const mcp = mcpClient(app.ready.mcpUrl, token);
    expect((await mcp.call('ticket_list', { customer: 'MERI-7' })).content).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    await picture('stopped');
    await page.getByRole('button', { name: 'Let AI work go on' }).click();
    await page.locator('.banner.stopped').waitFor({ state: 'detached' });
    expect((await app.operator.state(undefined)).stopped).toBeNull();
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
    await page.getByRole('img', { name: 'Stopped at gate 3 of 8, Customer' }).first().waitFor();
    await openRow(page, page.getByRole('row', { name: /did not name the bound customer/ }));
    await page.getByText('The call did not name the bound customer.').first().waitFor();
    await page
      .getByText(/Nothing was sent to HaloPSA/)
      .first()
      .waitFor();
    await picture('activity');
  });

  it('suspends the client app at a switch and arms it again with one click', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a customer' }).fill('FERN-2');
    await page.locator('[role=option]').first().waitFor();
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
    await page.getByRole('searchbox', { name: 'Find a tool' }).fill('assets');
    await page.getByRole('button', { name: 'List assets' }).click();
    await page.getByRole('button', { name: 'Run in Fernhill School' }).click();
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    await page.locator('b', { hasText: '50 records' }).waitFor();
    await picture('try-a-tool');
  });

  it('reveals a credential to a person only when asked to, and keeps it nowhere', async () => {
    const offered = (await app.operator.tools(undefined)).find(
      ({ definition }) => definition.name === 'credential_find',
    );
    const found = await app.operator.callTool({ tool: 'credential_find', arguments: {} });
    if (offered === undefined || 'denied' in found) return expect.fail('the demo offers no credentials');
    const [first] = found.records;
    await tool('Reveal a credential');
    await page.getByLabel('Id', { exact: true }).fill(String(first?.['id']));
    await page.getByRole('button', { name: 'Run in Fernhill School' }).click();
    await page.getByText('Hidden until you show it.', { exact: false }).waitFor();
    const { secret } = await revealed(Number(first?.['id']));
    expect(await page.content()).not.toContain(secret);
    await picture('credential-hidden');
    await page.getByRole('button', { name: /^Show ?: Password/ }).click();
    await page.getByText(secret).waitFor();
    await go('Connectors');
    expect(await page.content()).not.toContain(secret);
  });

  it('shows how each connector stands, and tests one', async () => {
    await go('Connectors');
    await instance('Pax8').getByText('37 of 40 customers mapped').waitFor();
    await instance('HaloPSA').getByRole('button', { name: /^Test/ }).click();
    await page.getByText('HaloPSA answered for FERN-2.').waitFor();
    await picture('connectors');
  });

  it('maps the customers that are left: suggestions in one go, the ambiguous by hand, and saves', async () => {
    await go('Connectors');
    await instance('Hudu')
      .getByRole('link', { name: /^Map customers/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Map customers in Hudu' }).waitFor();
    await page.getByText('36 of 40 mapped, 4 unmapped').waitFor();
    await page.getByRole('button', { name: 'Accept all suggestions (4)' }).click();
    await page.getByText('4 changes not saved').waitFor();
    await picture('mapping');
    await page.keyboard.press('Control+s');
    await page.getByText('4 changes saved.').waitFor();
    await page.getByText('40 of 40 mapped, 0 unmapped').waitFor();

    await go('Connectors');
    await instance('Pax8')
      .getByRole('link', { name: /^Map customers/ })
      .click();
    await page.getByRole('button', { name: /^To choose/ }).click();
    await page.getByRole('row', { name: 'Tarn Outdoor' }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('option', { name: /^Tarn Outdoor.*possible/ })
      .first()
      .waitFor();
    await picture('mapping-chooser');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Save 1 change/ }).click();
    await page.getByText('1 change saved.').waitFor();
    await page.getByText('38 of 40 mapped, 2 unmapped').waitFor();
    const { instances } = await app.operator.state(undefined);
    expect(instances.map(({ name, mapped }) => [name, mapped])).toEqual([
      ['HaloPSA', 40],
      ['Hudu', 40],
      ['Pax8', 38],
    ]);
  });

  it('adds another instance: account, credential, test, and says why its address may not be used', async () => {
    await go('Connectors');
    const { instances } = await app.operator.state(undefined);
    const hudu = instances.find(({ connector }) => connector === 'hudu');
    await page.getByRole('button', { name: 'Add instance' }).click();
    await page.getByRole('radio', { name: 'Hudu' }).check();
    await page.getByLabel('Name', { exact: true }).fill('Hudu archive');
    await page.getByLabel('Base URL').fill(hudu?.baseUrl ?? '');
    await page.getByText('Network and limits').click();
    await page.getByRole('checkbox', { name: /On premises/ }).check();
    await picture('add-instance');
    await page.getByRole('button', { name: 'Add and set the credential' }).click();
    await page.getByLabel('API key').fill('demo-hudu-key-000000000001');
    await page.keyboard.press('Enter');
    // The demo's own vendors may be on this machine; an instance that a person adds may not.
    await page.getByRole('dialog').getByText('This base URL may not be used.').waitFor();
    await picture('add-instance-tested');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('heading', { name: 'Change Hudu archive' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await instance('Hudu archive').getByText('0 of 40 customers mapped').waitFor();
    await page.getByRole('button', { name: 'More for Hudu archive' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove Hudu archive' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => instance('Hudu archive').count()).toBe(0);
    expect((await app.operator.state(undefined)).instances.length).toBe(3);
  });

  it('seals a credential for the broker that the vendor then accepts or not', async () => {
    await go('Connectors');
    await instance('HaloPSA')
      .getByRole('button', { name: /^Replace credential/ })
      .click();
    await page.getByLabel(/client id/i).fill('de300000-0000-4000-8000-000000000001');
    await page.getByLabel(/client secret/i).fill('not the secret');
    await page.getByRole('button', { name: /^Seal for/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await instance('HaloPSA').getByRole('button', { name: /^Test/ }).click();
    await page.getByText(/does not accept the stored credential|no longer accepted/).waitFor();
  });

  it('verifies the ledger', async () => {
    await go('Ledger');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/entries verified/).waitFor();
    await picture('ledger');
  });

  it('proves an entry in the window, and shows what a call asked to nobody whose role does not include it', async () => {
    await go('Ledger');
    await openRow(page, page.getByRole('row').filter({ hasText: 'Call started' }).first());
    const detail = page.getByRole('complementary', { name: 'Entry detail' });
    await detail.getByText(/^Entry [\d,]+ is in the tree of checkpoint [\d,]+\.$/).waitFor();
    await detail.getByText('signed by this device, checked here', { exact: false }).waitFor();
    await detail.getByText('Reading it needs a right that your role does not include', { exact: false }).waitFor();
    await picture('ledger-entry');
  });

  it('finds the denied calls, and takes them along as evidence that verifies without the app', async () => {
    await go('Ledger');
    await page.getByRole('button', { name: 'Denied or asked' }).click();
    await page.getByText(/^\d+ of [\d,]+ entries$/).waitFor();
    await page.getByRole('listbox', { name: /^Entries over time/ }).waitFor();
    await picture('ledger-denied');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('radio', { name: /^Evidence bundle/ }).check();
    await page.getByRole('radio', { name: /^Only the \d+ entries/ }).check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    await page.getByText(/entries are saved as bulkhead-ledger-/).waitFor();
    const verdict = await verifyEvidence(await download.path(), { key: undefined, checkpoint: undefined });
    expect(verdict).toMatchObject({ ok: true, isComplete: false, isProven: true });
  });

  it('says what is kept of each customer', async () => {
    await go('Ledger');
    await page.getByRole('link', { name: 'Records kept' }).click();
    await page.getByRole('heading', { level: 1, name: 'Records kept' }).waitFor();
    await page.getByRole('row', { name: /^Fernhill School FERN-2/ }).waitFor();
    await picture('records-kept');
  });

  it('has no accessibility violation on any screen, light or dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const screen of [
        'Customer',
        'Activity',
        'Try a tool',
        'AI tools',
        'Connectors',
        'Changed tools',
        'Ledger',
      ]) {
        await go(screen);
        expect(await broken(`${screen} ${colorScheme}`)).toEqual([]);
      }
      await go('Connectors');
      await page.getByRole('button', { name: 'Add instance' }).click();
      await page.getByRole('radio', { name: 'Pax8' }).check();
      expect(await broken(`Add instance ${colorScheme}`)).toEqual([]);
      await page.keyboard.press('Escape');
      await instance('Pax8')
        .getByRole('link', { name: /^Map customers/ })
        .click();
      await page.getByRole('button', { name: /^Accept all/ }).click();
      expect(await broken(`Mapping ${colorScheme}`)).toEqual([]);
      await picture(`mapping-${colorScheme}`);
      await page.getByRole('button', { name: 'Discard' }).click();
      await picture(`end-${colorScheme}`);
    }
  }, 120_000);

  it('broke no rule of its content security policy and asked nobody else for anything', () => {
    expect(faults).toEqual([]);
  });

  const instance = (name: string) => page.getByRole('listitem', { name, exact: true });

  /** Another screen, whatever is open over this one. */
  const go = async (screen: string): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  const tool = async (title: string): Promise<void> => {
    await go('Try a tool');
    await page.getByRole('searchbox', { name: 'Find a tool' }).fill(title);
    await page.getByRole('button', { name: title, exact: true }).click();
  };

  /** What the operator's own call reveals, to compare the page with. */
  const revealed = async (id: number): Promise<{ secret: string }> => {
    const answer = await app.operator.callTool({ tool: 'credential_reveal', arguments: { id } });
    if ('denied' in answer) throw new Error(answer.reason);
    return { secret: String(answer.records[0]?.['password']) };
  };

  /** Broken accessibility rules on the page as it stands. */
  const broken = async (where: string): Promise<string[]> => {
    const builder = new AxeBuilder({ page }).exclude('.entry-table .rows .entry-row:nth-child(n+9)'); // Rows are alike.
    const { violations } = await builder.analyze();
    return violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`);
  };

  const picture = async (name: string): Promise<void> =>
    void (await page.screenshot({ path: join(pictures, `${name}.png`) }));
});
