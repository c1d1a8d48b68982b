/** A built window in Chromium for tests: every page under watch for policy violations and requests to anywhere else. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import react from '@vitejs/plugin-react';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { chromiumOptions } from '../chromium.ts';
import { startWindowFixture, type WindowFixture } from './window-fixture.ts';

export interface WindowInBrowser {
  readonly fixture: WindowFixture;
  /** Opens a fresh window and closes the one before it. `faults` fills with what a window must never do. */
  open(route?: string, options?: BrowserContextOptions): Promise<{ readonly page: Page; readonly faults: string[] }>;
  /** Ends what is open, which would go on asking and see what is changed for the next one. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** Builds the window into a folder of its own and starts fixture and browser. */
export async function startWindowInBrowser(customers = 2000): Promise<WindowInBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-window-'));
  await buildWindow(folder);
  const fixture = await startWindowFixture(folder, customers);
  const browser = await chromium.launch(chromiumOptions);
  const closePages = async (): Promise<void> => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  };
  return {
    fixture,
    closePages,
    open: async (route = '/', options = {}) => {
      await closePages();
      const context = await browser.newContext({
        viewport: { width: 1360, height: 820 },
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000); // Before the test's own: it says what it waited for.
      const faults: string[] = [];
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`CSP ${violatedDirective} ${blockedURI}`),
        );
      });
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(fixture.url) && !url.startsWith('blob:')) faults.push(`request to ${url}`);
      });
      await page.goto(`${fixture.url}#${route}`);
      await page.locator('#main h1').waitFor();
      return { page, faults };
    },
    close: async () => {
      await browser.close();
      await fixture.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** As it is shipped: under vitest's NODE_ENV the build would hold React's development half, which is several times slower. */
async function buildWindow(folder: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      configFile: false,
      root: join(import.meta.dirname, '../../src-renderer'),
      plugins: [react()],
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: false,
        target: 'chrome150',
        chunkSizeWarningLimit: 2000,
      },
    });
  } finally {
    process.env['NODE_ENV'] = before;
  }
}

/** Broken accessibility rules on the page as it stands; in the dark only those that colours can break. */
export async function axe(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode().exclude('.entry-table .rows .entry-row:nth-child(n+9)'); // Rows are alike.
  const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const chosen =
    colorScheme === 'light' ? builder.withTags(all) : builder.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await chosen.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
