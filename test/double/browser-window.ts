import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page, Route } from 'playwright-core';
import { app } from './app.ts';
import { isolatedScript, pageScript, preloadWorld, toMainBinding } from './bridge.ts';
import { running } from './chromium.ts';
import { isPrevented } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import { serve, toApp, toHttps } from './protocol.ts';
import { record } from './record.ts';
import { session } from './session.ts';

interface Options {
  readonly title?: string;
  readonly webPreferences: { readonly preload: string };
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const windows = new Set<BrowserWindow>();

export class WebContents extends EventEmitter {
  readonly session = session.defaultSession;
  /** One object for the life of the window, so that identity can be compared. */
  readonly mainFrame: { readonly url: string; readonly origin: string };
  openHandler: OpenHandler = () => ({ action: 'allow' });
  #page: Page | undefined;
  #cdp: CDPSession | undefined;
  #preloadContext: number | undefined;
  /** The address that the application itself is loading: such a navigation asks nobody. */
  #loading: string | undefined;

  constructor() {
    super();
    const url = (): string => toApp(this.#page?.url() ?? 'about:blank');
    this.mainFrame = {
      get url() {
        return url();
      },
      get origin() {
        return /^app:\/\/[^/]*/.exec(url())?.[0] ?? new URL(url()).origin;
      },
    };
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#preloadContext === undefined) return;
    const expression = `__fromMain(${JSON.stringify(channel)}, ${JSON.stringify(structuredClone(args))})`;
    this.#cdp?.send('Runtime.evaluate', { contextId: this.#preloadContext, expression }).catch(() => {});
  }

  async load(url: string, preload: string): Promise<void> {
    this.#page ??= await this.#open(preload);
    this.#loading = toHttps(url);
    await this.#page.goto(this.#loading);
    this.#loading = undefined;
    this.emit('did-finish-load');
  }

  async close(): Promise<void> {
    await this.#page?.close().catch(() => {});
    this.emit('destroyed');
  }

  async #open(preload: string): Promise<Page> {
    const context = running();
    const page = await context.newPage();
    page.on('popup', (popup) => {
      const { action } = this.openHandler({ url: toApp(popup.url()) });
      record('window.open', { action });
      if (action === 'deny') void popup.close().catch(() => {});
    });
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }));
    await page.route('**/*', (route) => this.#answer(page, route));
    const cdp = await context.newCDPSession(page);
    this.#cdp = cdp;
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    cdp.on('Runtime.executionContextCreated', ({ context: made }) => {
      if (made.name === preloadWorld) this.#preloadContext = made.id;
    });
    await cdp.send('Runtime.addBinding', { name: toMainBinding, executionContextName: preloadWorld });
    cdp.on('Runtime.bindingCalled', ({ payload }) => {
      const { channel, args } = JSON.parse(payload) as { channel: string; args: unknown[] };
      ipcMain.emit(channel, { sender: this, senderFrame: this.mainFrame }, ...args);
    });
    const source = isolatedScript(readFileSync(preload, 'utf8'));
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript });
    return page;
  }

  async #answer(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    if (request.isNavigationRequest()) {
      const isMainFrame = request.frame() === page.mainFrame();
      const isAsked = isMainFrame && url !== this.#loading && url !== page.url();
      const details = { url: toApp(url), isMainFrame, isSameDocument: false };
      if (isAsked && isPrevented(this, 'will-navigate', details, details.url)) {
        record('will-navigate', { url: details.url, isPrevented: true });
        return route.fulfill({ status: 204 }); // Chromium stays on its page.
      }
      if (isMainFrame) this.emit('did-start-navigation', details);
    }
    const response = await serve(url, request.method());
    if (response === undefined) return route.abort();
    const headers = Object.fromEntries(response.headers);
    await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly #preload: string;
  #isDestroyed = false;

  constructor(options: Options) {
    super();
    this.#preload = options.webPreferences.preload;
    windows.add(this);
    record('BrowserWindow', { webPreferences: { ...options.webPreferences, preload: '' }, title: options.title });
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    record('loadURL', url);
    await this.webContents.load(url, this.#preload);
    this.emit('ready-to-show');
  }

  setTitle(title: string): void {
    record('setTitle', title);
  }

  show(): void {
    record('window.show');
  }

  focus(): void {
    record('window.focus');
  }

  flashFrame(isOn: boolean): void {
    record('window.flashFrame', isOn);
  }

  /** Nobody looks at a window of a test. */
  isFocused(): boolean {
    return false;
  }

  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    void this.end();
  }

  async end(): Promise<void> {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this);
    await this.webContents.close();
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

export const allWindows = (): BrowserWindow[] => [...windows];

export async function closeAll(): Promise<void> {
  await Promise.all(allWindows().map((window) => window.end()));
}
